package io.cromford.training;

/// A metric made ready on one set of rows, so that it can be computed for many resamples of its
/// cards.
@FunctionalInterface
interface Prepared {
  /// The metric where each card's rows count as often as the card was drawn.
  ///
  /// @param multiplicities by the card's number
  /// @return NaN where the metric is not defined, as with no positive row
  double value(int[] multiplicities);
}
