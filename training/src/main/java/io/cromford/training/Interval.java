package io.cromford.training;

/// A confidence interval; both ends `NaN` where there is none.
///
/// @param low the lower end
/// @param high the upper end
public record Interval(double low, double high) {
  /// The normal quantile of a two-sided 95 % interval.
  private static final double Z = 1.959963984540054;

  /// The 95 % interval of a share, by Wilson's score.
  ///
  /// @param hits how many there were, 0 to `of`
  /// @param of out of how many; of none there is no interval
  /// @see <a href="https://doi.org/10.1080/01621459.1927.10502953">Wilson 1927</a>
  public static Interval ofShare(long hits, long of) {
    if (of == 0) {
      return new Interval(Double.NaN, Double.NaN);
    }
    double n = of;
    double share = hits / n;
    double z2 = Z * Z;
    double centre = (share + z2 / (2 * n)) / (1 + z2 / n);
    double half = Z / (1 + z2 / n) * Math.sqrt(share * (1 - share) / n + z2 / (4 * n * n));
    return new Interval(Math.max(0, centre - half), Math.min(1, centre + half));
  }

  /// Whether a value lies within, ends included.
  public boolean contains(double value) {
    return low <= value && value <= high;
  }
}
