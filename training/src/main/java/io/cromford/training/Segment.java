package io.cromford.training;

import java.util.List;

/// A part of the rows that is looked at by itself.
///
/// @param number the bit that marks its rows, from 0 to 31
/// @param name its name
/// @param condition which rows belong to it, as a person wrote it
public record Segment(int number, String name, String condition) {
  /// The most segments there can be.
  public static final int MOST = 32;

  /// Checks the number.
  public Segment {
    if (number < 0 || number >= MOST) {
      throw new IllegalArgumentException("a segment of number " + number);
    }
  }

  /// The rows of a scored set that belong to it.
  ///
  /// @param rows the set that was scored
  public Scored of(TrainingSet rows, Scored scored) {
    return scored.select(row -> rows.isIn(row, number));
  }

  /// How a model does on it.
  ///
  /// @param segment which part
  /// @param rows how many rows, over all folds
  /// @param positives how many of them are positive
  /// @param averagePrecision the mean over the folds in which it has positives; NaN where in none
  public record Result(Segment segment, int rows, int positives, MetricResult averagePrecision) {
    /// How a model does on a segment.
    ///
    /// @param scored each fold's rows of the segment
    /// @param baseline the same rows scored by the constant model
    static Result of(Segment segment, List<Scored> scored, List<Scored> baseline, long seed) {
      Scored all = Scored.concat(scored);
      return new Result(
          segment,
          all.size(),
          all.positives(),
          MetricResult.of(
              new Metric.AveragePrecision(),
              Bootstrap.of(scored, seed, EvaluationReport.REPLICATES),
              Bootstrap.of(baseline, seed, EvaluationReport.REPLICATES)));
    }
  }
}
