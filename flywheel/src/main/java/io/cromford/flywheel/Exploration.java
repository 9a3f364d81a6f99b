package io.cromford.flywheel;

/// How often each row counts where a share of what would have been stopped was let through at
/// random: what is stopped often has no outcome, and a fit or a metric that took it as negative, or
/// left it out, would see another world than the one that is decided on.
///
/// The rows that were let through stand for those that were stopped and have no outcome: each by
/// the inverse of its propensity, as far as the stopped ones have none (inverse propensity
/// weighting within the stopped; Horvitz and Thompson 1952). Rows count whole times, so that any
/// learner and any metric can take them. Where nothing was let through, each row counts once.
///
/// @param explored rows that were let through
/// @param stopped rows that were not
/// @param unknown of those, the ones without an outcome
/// @param oneIn the inverse of the propensity of being let through, at least 1
public record Exploration(int explored, int stopped, int unknown, int oneIn) {
  /// Nothing was let through.
  public static final Exploration NONE = new Exploration(0, 0, 0, 1);

  /// Checks the numbers.
  public Exploration {
    if (explored < 0 || stopped < 0 || unknown < 0 || unknown > stopped || oneIn < 1) {
      throw new IllegalArgumentException(
          "%d let through, %d stopped, %d of them unknown, one in %d"
              .formatted(explored, stopped, unknown, oneIn));
    }
  }

  /// Whether anything was let through.
  public boolean isEmpty() {
    return explored == 0;
  }

  /// How often a row that was let through at random counts, at least once.
  public int timesExplored() {
    double share = stopped == 0 ? 1 : (double) unknown / stopped;
    return 1 + (int) Math.round(share * (oneIn - 1));
  }

  /// How often a row that was stopped counts.
  ///
  /// @param isKnown whether it has an outcome
  public int timesStopped(boolean isKnown) {
    return isEmpty() || isKnown ? 1 : 0;
  }
}
