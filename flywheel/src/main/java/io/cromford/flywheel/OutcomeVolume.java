package io.cromford.flywheel;

/// Whether a number of outcomes is what a source usually sends.
///
/// The expected number is the source's own past rate times the observations. Outcomes count as
/// complete if there are at least four fifths of it, or if the shortfall is within four deviations
/// of a Poisson count; so a source with 85 frauds a day may have 48, and one that labels all 9,500
/// payments may miss a fifth of them. Where a shortfall of everything would be within chance (fewer
/// than 16 expected) the number says nothing.
final class OutcomeVolume {
  private static final double ENOUGH_SHARE = 0.8;
  private static final double DEVIATIONS = 4;

  private OutcomeVolume() {}

  /// Whether so few could be told from none at all.
  static boolean speaks(double expected) {
    return expected >= DEVIATIONS * DEVIATIONS;
  }

  /// Whether a number that says something is less than what counts as complete, be it by chance.
  static boolean isLess(long seen, double expected) {
    return speaks(expected) && seen < ENOUGH_SHARE * expected;
  }

  /// Whether a number is too low to be chance.
  static boolean isShort(long seen, double expected) {
    return isLess(seen, expected) && seen <= expected - DEVIATIONS * Math.sqrt(expected);
  }
}
