package io.cromford.flywheel.monitor;

/// How many false alarms all monitors of a factory may raise together.
///
/// Each monitor that is judged on a day gets an equal share (Bonferroni: the sum of the chances
/// bounds the expected number, however the monitors hang together). Deviations are taken to have
/// the tails of a Student t with five degrees of freedom: heavier than normal ones, as days of real
/// data have, and as the spread itself is an estimate. So the limit grows slowly with the monitors:
/// 4.5 deviations for ten, 7.5 for a hundred.
///
/// @param aMonth false alarms in a month of 30.4 days, above 0
/// @see <a href="https://doi.org/10.2307/2282330">Dunn 1961</a>
public record AlarmBudget(double aMonth) {
  private static final double DAYS_A_MONTH = 365.25 / 12;
  private static final double MOST_CHANCE = 0.05;
  private static final int BISECTIONS = 60;
  private static final double FARTHEST = 1e6;

  /// Checks the number.
  public AlarmBudget {
    if (!(aMonth > 0)) {
      throw new IllegalArgumentException("false alarms a month: " + aMonth + ", not above 0");
    }
  }

  /// How many deviations from the usual are too many on a day.
  ///
  /// @param oneSided where a deviation in one direction alone counts
  /// @param twoSided where either counts
  record Limits(double oneSided, double twoSided) {}

  /// The limits of a day.
  ///
  /// @param monitors that are judged that day
  Limits limits(int monitors) {
    double chance = Math.min(MOST_CHANCE, aMonth / (DAYS_A_MONTH * Math.max(1, monitors)));
    return new Limits(quantile(chance), quantile(chance / 2));
  }

  /// Beyond what a Student t with five degrees of freedom lies with a chance.
  static double quantile(double chance) {
    double low = 0;
    double high = FARTHEST;
    for (int i = 0; i < BISECTIONS; i++) {
      double middle = low > 1 ? Math.sqrt(low * high) : (low + high) / 2;
      if (beyond(middle) > chance) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return high;
  }

  /// The chance of a larger t: the closed form for an odd number of degrees of freedom.
  ///
  /// @see <a href="https://personal.math.ubc.ca/~cbm/aands/page_948.htm">Abramowitz and Stegun,
  ///   26.7.3</a>
  private static double beyond(double t) {
    double angle = StrictMath.atan(Math.sqrt(5) / t);
    double cosine = StrictMath.sin(angle);
    double sine = StrictMath.cos(angle);
    double within = sine * (cosine + 2 * cosine * cosine * cosine / 3);
    return (angle - within) / Math.PI;
  }
}
