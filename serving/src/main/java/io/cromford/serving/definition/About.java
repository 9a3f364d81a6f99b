package io.cromford.serving.definition;

import java.util.List;

/// What a factory is for and who answers for it: the first lines of every model card.
///
/// @param name the factory's name: small letters, digits and dashes
/// @param purpose what its decisions are used for; empty if the file does not say
/// @param owner who answers for it; empty if the file does not say
/// @param limits what it must not be used for, or is not good at
/// @param governance what model-risk people keep of it
public record About(
    String name, String purpose, String owner, List<String> limits, Governance governance) {
  /// Copies the limits.
  public About {
    limits = List.copyOf(limits);
  }

  /// What model-risk people keep of a factory's models.
  ///
  /// @param tier how much depends on them, in the organisation's own words; empty if not said
  /// @param nextReview when they are looked at again, as `2019-01-31`; empty if not said
  /// @param validations independent validations: what, when, by whom
  public record Governance(String tier, String nextReview, List<String> validations) {
    /// Copies the list.
    public Governance {
      validations = List.copyOf(validations);
    }
  }
}
