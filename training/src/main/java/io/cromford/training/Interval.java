package io.cromford.training;

/// A confidence interval; both ends `NaN` where there is none.
///
/// @param low the lower end
/// @param high the upper end
public record Interval(double low, double high) {
  /// Whether a value lies within, ends included.
  public boolean contains(double value) {
    return low <= value && value <= high;
  }
}
