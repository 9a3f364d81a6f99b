package io.cromford.serving;

/// What a person says who wants to change who serves.
///
/// @param reason why, in words
/// @param by who says so
/// @param seen the [ModelsView#revision] that they had before them; empty if they take it as it is
public record Wish(String reason, String by, String seen) {
  /// Of a person who takes the factory as it is.
  public Wish(String reason, String by) {
    this(reason, by, "");
  }
}
