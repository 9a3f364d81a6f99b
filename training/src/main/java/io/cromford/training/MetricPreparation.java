package io.cromford.training;

import java.util.HashSet;
import java.util.Set;

/// Makes a metric ready on some rows: sums by card where the metric is a sum or a ratio of sums, an
/// order where it is a ranking's.
final class MetricPreparation {
  private final Scored rows;
  private final int[] cardOfRow;
  private final int cards;

  private MetricPreparation(Scored rows, EntityNumbers numbers) {
    this.rows = rows;
    this.cardOfRow = numbers.numbersOf(rows);
    this.cards = numbers.size();
  }

  static Prepared of(Metric metric, Scored rows, EntityNumbers numbers) {
    MetricPreparation on = new MetricPreparation(rows, numbers);
    return switch (metric) {
      case Metric.RocAuc() -> PreparedRocAuc.of(rows, on.cardOfRow);
      case Metric.AveragePrecision() -> PreparedAveragePrecision.of(rows, on.cardOfRow);
      case Metric.CardPrecision(int k) -> PreparedCardPrecision.of(rows, numbers, k);
      case Metric.LogLoss() -> on.mean(on::logLoss);
      case Metric.Brier() -> on.mean(on::squaredError);
      case Metric.CalibrationError() -> new PreparedCalibrationError(rows, on.cardOfRow);
      case Metric.Precision(Threshold threshold) -> on.precision(threshold.on(rows));
      case Metric.Recall(Threshold threshold) -> on.recall(threshold.on(rows));
      case Metric.MoneySaved(Costs costs, Threshold threshold) ->
          on.moneySaved(costs, threshold.on(rows));
    };
  }

  private Prepared mean(RowValue value) {
    return new PreparedRatio(byCard(value), byCard(_ -> 1));
  }

  private Prepared precision(double threshold) {
    return new PreparedRatio(
        byCard(row -> flagged(row, threshold) && rows.positive(row) ? 1 : 0),
        byCard(row -> flagged(row, threshold) ? 1 : 0));
  }

  private Prepared recall(double threshold) {
    return new PreparedRatio(
        byCard(row -> flagged(row, threshold) && rows.positive(row) ? 1 : 0),
        byCard(row -> rows.positive(row) ? 1 : 0));
  }

  private Prepared moneySaved(Costs costs, double threshold) {
    Set<CardAndDay> alerted = new HashSet<>();
    return new PreparedSum(byCard(row -> saved(row, costs, threshold, alerted)));
  }

  private double saved(int row, Costs costs, double threshold, Set<CardAndDay> alerted) {
    if (!flagged(row, threshold)) {
      return 0;
    }
    double stopped = rows.positive(row) ? costs.ofMissing(rows.amount(row)) : 0;
    boolean first = alerted.add(new CardAndDay(rows.entity(row), rows.day(row)));
    return first ? stopped - costs.investigation() : stopped;
  }

  private boolean flagged(int row, double threshold) {
    return rows.score(row) >= threshold;
  }

  private double logLoss(int row) {
    double unit = Math.ulp(1f);
    double score = Math.clamp(rows.score(row), unit, 1 - unit);
    return -StrictMath.log(rows.positive(row) ? score : 1 - score);
  }

  private double squaredError(int row) {
    double error = rows.score(row) - (rows.positive(row) ? 1.0 : 0.0);
    return error * error;
  }

  private double[] byCard(RowValue value) {
    double[] sums = new double[cards];
    for (int row = 0; row < rows.size(); row++) {
      sums[cardOfRow[row]] += value.of(row);
    }
    return sums;
  }

  @FunctionalInterface
  private interface RowValue {
    double of(int row);
  }

  private record CardAndDay(long card, long day) {}
}
