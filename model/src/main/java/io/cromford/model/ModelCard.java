package io.cromford.model;

/// What a person must know before they use a model.
///
/// @param purpose what it decides, and what not
/// @param data what it was trained on
/// @param segments how it does on parts of the data
/// @param limits where it must not be used, and what it does not see
/// @param owner who answers for it
/// @see <a href="https://arxiv.org/abs/1810.03993">Mitchell et al. 2019: Model Cards for Model
///   Reporting</a>
public record ModelCard(String purpose, String data, String segments, String limits, String owner) {
  /// The card as Markdown, one section each.
  public String toMarkdown() {
    return """
    # Model card

    ## Purpose
    %s

    ## Data
    %s

    ## Segments
    %s

    ## Limits
    %s

    ## Owner
    %s
    """
        .formatted(purpose.strip(), data.strip(), segments.strip(), limits.strip(), owner.strip());
  }
}
