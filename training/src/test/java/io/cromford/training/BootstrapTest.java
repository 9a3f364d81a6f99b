package io.cromford.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.cromford.core.Cases;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class BootstrapTest {
  private static final Costs COSTS = new Costs(5, new Costs.Missed.Fixed(40), "EUR");
  private static final List<Metric> METRICS =
      List.of(
          new Metric.RocAuc(),
          new Metric.AveragePrecision(),
          new Metric.CardPrecision(3),
          new Metric.LogLoss(),
          new Metric.Brier(),
          new Metric.CalibrationError(),
          new Metric.Precision(new Threshold.Fixed(0.5)),
          new Metric.Recall(new Threshold.Fixed(0.5)),
          new Metric.MoneySaved(COSTS, new Threshold.Fixed(0.5)));

  @Test
  void countsACardAsOftenAsItWasDrawn() {
    Cases.check(
        150,
        random -> {
          Scored rows = ScoredCases.draw(random, 60);
          EntityNumbers cards = EntityNumbers.of(List.of(rows));
          int[] times = random.ints(cards.size(), 0, 3).toArray();
          Scored repeated = ScoredCases.repeated(rows, card -> times[cards.numberOf(card)]);
          for (Metric metric : METRICS) {
            double weighted = MetricPreparation.of(metric, rows, cards).value(times);
            double expected = metric.of(repeated);
            assertThat(weighted)
                .as(metric.key())
                .satisfies(value -> {
                  boolean absentDays =
                      metric instanceof Metric.CardPrecision && days(repeated) < days(rows);
                  if (Double.isNaN(expected)) {
                    assertThat(Double.isNaN(value) || absentDays).isTrue();
                  } else if (!absentDays) {
                    assertThat(value).isCloseTo(expected, within(1e-6));
                  }
                });
          }
        });
  }

  @Test
  void drawsTheSameFromTheSameSeed() {
    Scored rows = ScoredCases.draw(new SplittableRandom(5), 400);
    Metric metric = new Metric.AveragePrecision();
    Interval first = Bootstrap.of(List.of(rows), 7, 200).estimate(metric).interval(0.95);
    assertThat(Bootstrap.of(List.of(rows), 7, 200).estimate(metric).interval(0.95))
        .isEqualTo(first);
    assertThat(Bootstrap.of(List.of(rows), 8, 200).estimate(metric).interval(0.95))
        .isNotEqualTo(first);
  }

  @Test
  void coversTheTruthAboutAsOftenAsItSays() {
    // The Brier score of a coin's constant half is 0.25 with certainty; of skewed scores it varies
    // by card.
    int covered = 0;
    int rounds = 200;
    for (int round = 0; round < rounds; round++) {
      SplittableRandom random = new SplittableRandom(round);
      Scored rows = clustered(random);
      Interval interval =
          Bootstrap.of(List.of(rows), round, 400).estimate(new Metric.Brier()).interval(0.95);
      covered += interval.contains(0.5 * 0.04 + 0.5 * 0.64) ? 1 : 0;
    }
    assertThat(covered / (double) rounds).isBetween(0.90, 0.985);
  }

  @Test
  void seesADifferenceThatBothShare() {
    SplittableRandom random = new SplittableRandom(3);
    int size = 4000;
    float[] good = new float[size];
    float[] poor = new float[size];
    boolean[] positives = new boolean[size];
    long[] cards = new long[size];
    for (int row = 0; row < size; row++) {
      positives[row] = random.nextInt(20) == 0;
      cards[row] = random.nextInt(400);
      float signal = (float) (random.nextGaussian() + (positives[row] ? 2 : 0));
      good[row] = signal;
      poor[row] = (float) (signal + random.nextGaussian());
    }
    Scored first = Scored.of(good, positives, cards, new long[size], new float[size]);
    PairedBootstrap.Comparison comparison =
        PairedBootstrap.averagePrecision(
            new PairedBootstrap.Pair(first, first.withScores(poor)), 1, 500);
    Estimate difference = comparison.difference();
    assertThat(difference.value())
        .isCloseTo(comparison.first().value() - comparison.second().value(), within(1e-12));
    assertThat(difference.lowerBound(0.95)).isPositive();
    assertThat(difference.lowerBound(0.95)).isLessThan(difference.value());
    assertThat(difference.upperBound(0.95)).isGreaterThan(difference.value());
  }

  @Test
  void givesZeroForTheSameScores() {
    Scored rows = ScoredCases.draw(new SplittableRandom(9), 400);
    Estimate difference =
        PairedBootstrap.meanAveragePrecision(List.of(new PairedBootstrap.Pair(rows, rows)), 1, 100)
            .difference();
    assertThat(difference.value()).isZero();
    assertThat(difference.interval(0.95)).isEqualTo(new Interval(0, 0));
  }

  @Test
  void averagesOverTheWeeksOnWhichTheMetricIsDefined() {
    Scored one = Scored.of(new float[] {1, 2}, new boolean[] {true, false});
    Scored none = Scored.of(new float[] {1, 2}, new boolean[] {false, false});
    Estimate estimate =
        Bootstrap.of(List.of(one, none), 1, 50).estimate(new Metric.AveragePrecision());
    assertThat(estimate.value()).isEqualTo(0.5);
    assertThat(estimate.replicates()).isBetween(20, 49);
  }

  private static Scored clustered(SplittableRandom random) {
    int cards = 150;
    int each = 5;
    float[] scores = new float[cards * each];
    boolean[] positives = new boolean[cards * each];
    long[] entities = new long[cards * each];
    for (int row = 0; row < scores.length; row++) {
      entities[row] = row / each;
      scores[row] = 0.2f;
      positives[row] = row % each == 0 ? random.nextBoolean() : positives[row - 1];
    }
    return Scored.of(
        scores, positives, entities, new long[scores.length], new float[scores.length]);
  }

  private static long days(Scored rows) {
    return java.util.stream.IntStream.range(0, rows.size()).mapToLong(rows::day).distinct().count();
  }
}
