package io.cromford.training;

import java.util.Arrays;

/// A value and how it would vary had other cards been seen: the sorted values of the bootstrap's
/// replicates.
public final class Estimate {
  private final double value;
  private final double[] sorted;

  private Estimate(double value, double[] sorted) {
    this.value = value;
    this.sorted = sorted;
  }

  /// An estimate from the replicates of a bootstrap; those that are NaN are left out.
  static Estimate of(double value, double[] draws) {
    double[] sorted = Arrays.stream(draws).filter(draw -> !Double.isNaN(draw)).sorted().toArray();
    return new Estimate(value, sorted);
  }

  /// The value on the rows as they are; NaN where the metric is not defined.
  public double value() {
    return value;
  }

  /// The number of replicates on which the metric was defined.
  public int replicates() {
    return sorted.length;
  }

  /// The two-sided percentile interval.
  ///
  /// @param confidence in (0, 1), such as 0.95
  public Interval interval(double confidence) {
    double tail = (1 - requireConfidence(confidence)) / 2;
    return new Interval(quantile(tail), quantile(1 - tail));
  }

  /// The one-sided lower bound: with this confidence the value is above it.
  ///
  /// @param confidence in (0, 1), such as 0.95
  public double lowerBound(double confidence) {
    return quantile(1 - requireConfidence(confidence));
  }

  /// The one-sided upper bound: with this confidence the value is below it.
  ///
  /// @param confidence in (0, 1), such as 0.95
  public double upperBound(double confidence) {
    return quantile(requireConfidence(confidence));
  }

  /// The smallest loss that a test would see: so far below zero the value has to be for the upper
  /// bound to lie below zero in so many of all samples. Half of how far apart the 16th and the 84th
  /// percentile lie is taken for a standard deviation.
  ///
  /// @param confidence of the bound, in (0, 1)
  /// @param power the share of samples, in (0, 1)
  /// @return ≥ 0; NaN where the metric is not defined
  public double detectable(double confidence, double power) {
    double deviation = (quantile(0.8413) - quantile(0.1587)) / 2;
    return deviation
        * (Normal.quantile(requireConfidence(confidence))
            + Normal.quantile(requireConfidence(power)));
  }

  /// The quantile by linear interpolation between order statistics (type 7 of Hyndman and Fan).
  private double quantile(double share) {
    if (sorted.length == 0) {
      return Double.NaN;
    }
    double at = share * (sorted.length - 1);
    int below = (int) Math.floor(at);
    int above = Math.min(below + 1, sorted.length - 1);
    return sorted[below] + (at - below) * (sorted[above] - sorted[below]);
  }

  private static double requireConfidence(double confidence) {
    if (!(confidence > 0 && confidence < 1)) {
      throw new IllegalArgumentException("confidence is " + confidence + ", not between 0 and 1");
    }
    return confidence;
  }
}
