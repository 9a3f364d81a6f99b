package io.cromford.training;

import java.util.List;

/// One recipe tried on the validation folds.
///
/// @param number from 0, in the order in which trials were planned
/// @param parameters what was tried
/// @param values the metric on each fold, newest fold first
public record Trial(int number, Parameters parameters, List<Double> values) {
  /// Copies the values.
  public Trial {
    values = List.copyOf(values);
  }

  /// The mean over the folds on which the metric is defined; NaN if it is on none.
  public double mean() {
    return values.stream()
        .filter(value -> !value.isNaN())
        .mapToDouble(Double::doubleValue)
        .average()
        .orElse(Double.NaN);
  }

  /// The population standard deviation over those folds.
  public double deviation() {
    double mean = mean();
    double variance =
        values.stream()
            .filter(value -> !value.isNaN())
            .mapToDouble(value -> (value - mean) * (value - mean))
            .average()
            .orElse(Double.NaN);
    return Math.sqrt(variance);
  }
}
