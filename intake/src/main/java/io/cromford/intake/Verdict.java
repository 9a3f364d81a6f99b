package io.cromford.intake;

/// What came of parsing one value.
enum Verdict {
  /// It is one, exactly or rounded as declared.
  OK,
  /// The text is not of the type.
  NOT_OF_TYPE,
  /// A number beyond the type.
  TOO_LARGE,
  /// Finer than the type, and no rounding is declared.
  TOO_FINE,
  /// A local time that its zone skips.
  SKIPPED_TIME
}
