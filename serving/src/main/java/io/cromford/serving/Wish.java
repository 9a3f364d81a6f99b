package io.cromford.serving;

/// What a person says who wants to change something that others may be changing too.
///
/// @param reason why, in words
/// @param by who says so
/// @param seen the revision of it that they had before them, as of [ModelsView], [PoliciesView] or
///   [FactoryOverview]; empty if they take it as it is
public record Wish(String reason, String by, String seen) {
  /// Of a person who takes the factory as it is.
  public Wish(String reason, String by) {
    this(reason, by, "");
  }
}
