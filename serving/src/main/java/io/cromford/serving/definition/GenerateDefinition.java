package io.cromford.serving.definition;

import java.nio.file.Path;

/// What makes the data where none was given.
///
/// @param kind what is made
/// @param size how much of it
/// @param seed another seed gives other data
/// @param file where it goes; the variable `data` of the factory file stands for it
public record GenerateDefinition(Kind kind, Size size, long seed, Path file) {
  /// What can be made.
  public enum Kind {
    /// Payments by card, some of them frauds, with their outcomes in the same file.
    CARD_PAYMENTS
  }

  /// How much is made.
  public enum Size {
    /// As much as the published data has: 1.8 million payments.
    FULL,
    /// A tenth, for a first look.
    SMALL
  }
}
