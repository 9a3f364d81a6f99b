package io.cromford.flywheel;

import io.cromford.training.CardSums;
import io.cromford.training.Costs;
import io.cromford.training.Estimate;
import io.cromford.training.Interval;
import io.cromford.training.PairedBootstrap;
import io.cromford.training.Scored;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.function.ToDoubleFunction;

/// What a closed week came to for the models that served and for the first one, frozen, each number
/// with the 95 % interval of a bootstrap by card.
///
/// Both are reckoned on the same draws of cards, so the difference is known far better than either.
///
/// @param averagePrecision of the scores, over all payments
/// @param precision the share of alerts that were right: on a card with a positive that day
/// @param recall the share of positives that were stopped
/// @param saved money against doing nothing, in units of the currency
/// @param frozenAlerts how many alerts the first model would have made
public record WeekFigures(
    Compared averagePrecision,
    Compared precision,
    Compared recall,
    Compared saved,
    int frozenAlerts) {
  private static final double CONFIDENCE = 0.95;

  /// One number for both.
  ///
  /// @param difference the first less the second
  public record Compared(Ranged learning, Ranged frozen, Ranged difference) {}

  /// A number and its 95 % interval; NaN where it is not defined.
  public record Ranged(double value, Interval interval) {
    static Ranged of(Estimate estimate) {
      return new Ranged(estimate.value(), estimate.interval(CONFIDENCE));
    }
  }

  private static final int ALERTS = 0;
  private static final int RIGHT = 1;
  private static final int STOPPED = 2;
  private static final int SAVED = 3;
  private static final int FROZEN = 4;
  private static final int POSITIVES = 8;
  private static final int COLUMNS = 9;

  static WeekFigures of(WeekSample week, long seed, int replicates) {
    List<ToDoubleFunction<double[]>> numbers = new ArrayList<>();
    numbers.addAll(both(side -> sums -> sums[side + RIGHT] / sums[side + ALERTS]));
    numbers.addAll(both(side -> sums -> sums[side + STOPPED] / sums[POSITIVES]));
    numbers.addAll(both(side -> sums -> sums[side + SAVED]));
    List<Estimate> all = sums(week).estimates(numbers, seed, replicates);
    return new WeekFigures(
        averagePrecision(week, seed, replicates),
        compared(all.subList(0, 3)),
        compared(all.subList(3, 6)),
        compared(all.subList(6, 9)),
        frozenAlerts(week));
  }

  static WeekRanges ranges(WeekSample week, long seed, int replicates) {
    List<Estimate> both =
        sums(week).estimates(List.of(sums -> sums[ALERTS], sums -> sums[SAVED]), seed, replicates);
    return new WeekRanges(both.get(0).interval(CONFIDENCE), both.get(1).interval(CONFIDENCE));
  }

  private static Compared averagePrecision(WeekSample week, long seed, int replicates) {
    if (week.size() == 0) {
      Ranged none = new Ranged(Double.NaN, new Interval(Double.NaN, Double.NaN));
      return new Compared(none, none, none);
    }
    return of(PairedBootstrap.averagePrecision(week.weighed(), seed, replicates));
  }

  /// The mean weekly average precision over closed weeks.
  ///
  /// @param weeks at least one with a decision
  public static Compared meanAveragePrecision(List<WeekSample> weeks, long seed, int replicates) {
    return of(
        PairedBootstrap.meanAveragePrecision(
            weeks.stream().map(WeekSample::weighed).toList(), seed, replicates));
  }

  private static Compared of(PairedBootstrap.Comparison comparison) {
    return compared(List.of(comparison.first(), comparison.second(), comparison.difference()));
  }

  static Compared compared(List<Estimate> three) {
    return new Compared(Ranged.of(three.get(0)), Ranged.of(three.get(1)), Ranged.of(three.get(2)));
  }

  /// A number of the models that served, of the first one, and the difference.
  private static List<ToDoubleFunction<double[]>> both(
      IntFunction<ToDoubleFunction<double[]>> number) {
    ToDoubleFunction<double[]> learning = number.apply(0);
    ToDoubleFunction<double[]> frozen = number.apply(FROZEN);
    return List.of(
        learning, frozen, sums -> learning.applyAsDouble(sums) - frozen.applyAsDouble(sums));
  }

  private static int frozenAlerts(WeekSample week) {
    int alerts = 0;
    for (int row = 0; row < week.size(); row++) {
      alerts += week.marks().frozenAlert(row) ? 1 : 0;
    }
    return alerts;
  }

  private static CardSums sums(WeekSample week) {
    Scored rows = week.scored().first();
    WeekMarks marks = week.marks();
    Costs costs = week.reckoning().costs();
    Set<CardAndDay> frauds = WeekReckoning.frauds(rows);
    return CardSums.of(
        rows,
        COLUMNS,
        (row, into) -> {
          boolean isPositive = rows.positive(row);
          boolean isAlert = marks.alert(row) || marks.frozenAlert(row);
          boolean isRight = isAlert && frauds.contains(CardAndDay.of(rows, row));
          double missing = isPositive ? costs.ofMissing(rows.amount(row)) : 0;
          into[POSITIVES] = isPositive ? 1 : 0;
          if (marks.stopped(row)) {
            into[STOPPED] = into[POSITIVES];
            into[SAVED] = missing;
          }
          if (marks.alert(row)) {
            into[ALERTS] = 1;
            into[RIGHT] = isRight ? 1 : 0;
            into[SAVED] -= costs.investigation();
          }
          if (marks.frozenStopped(row)) {
            into[FROZEN + STOPPED] = into[POSITIVES];
            into[FROZEN + SAVED] = missing;
          }
          if (marks.frozenAlert(row)) {
            into[FROZEN + ALERTS] = 1;
            into[FROZEN + RIGHT] = isRight ? 1 : 0;
            into[FROZEN + SAVED] -= costs.investigation();
          }
        });
  }
}
