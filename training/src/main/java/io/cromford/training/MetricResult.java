package io.cromford.training;

/// A metric with its 95 % interval, beside the baseline's.
///
/// @param metric what was measured
/// @param value the mean over the parts
/// @param interval by bootstrap over cards
/// @param baseline the constant model's value on the same rows
/// @param baselineInterval its interval
public record MetricResult(
    Metric metric, double value, Interval interval, double baseline, Interval baselineInterval) {
  /// Measures a model and the constant one.
  static MetricResult of(Metric metric, Bootstrap ours, Bootstrap baseline) {
    Estimate own = ours.estimate(metric);
    Estimate other = baseline.estimate(metric);
    return new MetricResult(
        metric,
        own.value(),
        own.interval(EvaluationReport.CONFIDENCE),
        other.value(),
        other.interval(EvaluationReport.CONFIDENCE));
  }
}
