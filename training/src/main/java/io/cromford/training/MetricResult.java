package io.cromford.training;

/// A metric with its 95 % interval, beside the baseline's.
///
/// @param metric what was measured
/// @param value the mean over the parts
/// @param interval by bootstrap over cards
/// @param baseline the constant model's value on the same rows
/// @param baselineInterval its interval
public record MetricResult(
    Metric metric, double value, Interval interval, double baseline, Interval baselineInterval) {}
