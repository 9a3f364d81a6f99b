package io.cromford.flywheel;

/// What is known of an observation: whether it was positive, and whether that is the last word.
///
/// Outcomes come in kinds, and some are trusted more: a chargeback is definitive, an analyst's
/// verdict provisional. The truth is that of the most trusted kind that has spoken.
public enum Truth {
  /// Nobody has said anything, or what was said was taken back.
  UNKNOWN,
  /// Called negative by a kind of outcome that another may overrule.
  PROVISIONALLY_NEGATIVE,
  /// Called positive by a kind of outcome that another may overrule.
  PROVISIONALLY_POSITIVE,
  /// Negative, by the label itself.
  NEGATIVE,
  /// Positive, by the label itself.
  POSITIVE;

  /// What a kind of outcome says.
  ///
  /// @param isDefinitive whether it is the label itself
  public static Truth of(boolean isPositive, boolean isDefinitive) {
    if (isDefinitive) {
      return isPositive ? POSITIVE : NEGATIVE;
    }
    return isPositive ? PROVISIONALLY_POSITIVE : PROVISIONALLY_NEGATIVE;
  }

  /// Whether anything is known.
  public boolean isKnown() {
    return this != UNKNOWN;
  }

  /// Whether it was positive, as far as is known.
  public boolean isPositive() {
    return this == POSITIVE || this == PROVISIONALLY_POSITIVE;
  }

  /// Whether no other kind of outcome can overrule it.
  public boolean isDefinitive() {
    return this == POSITIVE || this == NEGATIVE;
  }
}
