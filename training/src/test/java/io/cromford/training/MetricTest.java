package io.cromford.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.cromford.core.Cases;
import java.util.List;
import org.junit.jupiter.api.Test;

final class MetricTest {
  private static final double EXACT = 1e-12;
  private static final Costs FIVE_EUROS = new Costs(5, new Costs.Missed.Amount(), "EUR");

  @Test
  void ranksByHand() {
    // scikit-learn 1.x: roc_auc_score 0.75, average_precision_score 0.8333…
    Scored rows =
        Scored.of(new float[] {0.1f, 0.4f, 0.35f, 0.8f}, new boolean[] {false, false, true, true});
    assertThat(new Metric.RocAuc().of(rows)).isEqualTo(0.75);
    assertThat(new Metric.AveragePrecision().of(rows)).isCloseTo(5.0 / 6, within(EXACT));
  }

  @Test
  void groupsTies() {
    // One group of all rows: precision is the share of positives, and every pair a tie.
    Scored rows = Scored.of(new float[] {1, 1, 1, 1}, new boolean[] {true, false, false, false});
    assertThat(new Metric.RocAuc().of(rows)).isEqualTo(0.5);
    assertThat(new Metric.AveragePrecision().of(rows)).isEqualTo(0.25);
  }

  @Test
  void treatsBothZerosAsOneScore() {
    Scored rows = Scored.of(new float[] {0f, -0f}, new boolean[] {true, false});
    assertThat(new Metric.RocAuc().of(rows)).isEqualTo(0.5);
  }

  @Test
  void ordersNegativeScores() {
    Scored rows = Scored.of(new float[] {-1f, -3f, 2f}, new boolean[] {false, false, true});
    assertThat(new Metric.RocAuc().of(rows)).isEqualTo(1);
  }

  @Test
  void isNotDefinedWithoutPositives() {
    Scored rows = Scored.of(new float[] {1, 2}, new boolean[] {false, false});
    assertThat(new Metric.RocAuc().of(rows)).isNaN();
    assertThat(new Metric.AveragePrecision().of(rows)).isNaN();
    assertThat(new Metric.Recall(new Threshold.Fixed(0)).of(rows)).isNaN();
  }

  @Test
  void agreesWithTheNaiveDefinitions() {
    Cases.check(
        300,
        random -> {
          Scored rows = ScoredCases.draw(random, 80);
          int k = 1 + random.nextInt(8);
          assertSame(new Metric.RocAuc().of(rows), NaiveMetrics.rocAuc(rows));
          assertSame(new Metric.AveragePrecision().of(rows), NaiveMetrics.averagePrecision(rows));
          assertThat(new Metric.CardPrecision(k).of(rows))
              .isCloseTo(NaiveMetrics.cardPrecision(rows, k), within(EXACT));
          assertThat(new Metric.CalibrationError().of(rows))
              .isCloseTo(Calibration.of(rows).expectedError(), within(1e-6));
        });
  }

  @Test
  void leavesFoundCardsOutOfLaterDays() {
    // Day 0: card 1 (fraud) before card 2. Day 1: card 1 is out, so card 2 (fraud) comes first.
    Scored rows =
        Scored.of(
            new float[] {.9f, .8f, .9f, .8f, .1f},
            new boolean[] {true, false, true, true, true},
            new long[] {1, 2, 1, 2, 3},
            new long[] {0, 1, Scored.DAY_MILLIS, Scored.DAY_MILLIS, Scored.DAY_MILLIS},
            new float[5]);
    assertThat(new Metric.CardPrecision(1).of(rows)).isEqualTo(1);
    assertThat(new Metric.CardPrecision(2).of(rows)).isEqualTo((0.5 + 1) / 2);
  }

  @Test
  void measuresProbabilitiesByHand() {
    Scored rows = Scored.of(new float[] {0.25f, 0.5f}, new boolean[] {false, true});
    assertThat(new Metric.LogLoss().of(rows))
        .isCloseTo(-(Math.log(0.75) + Math.log(0.5)) / 2, within(EXACT));
    assertThat(new Metric.Brier().of(rows)).isEqualTo((0.0625 + 0.25) / 2);
    assertThat(new Metric.CalibrationError().of(rows)).isEqualTo((0.25 + 0.5) / 2);
  }

  @Test
  void keepsLogLossFinite() {
    Scored rows = Scored.of(new float[] {0, 1}, new boolean[] {true, false});
    assertThat(new Metric.LogLoss().of(rows)).isBetween(15.0, 17.0);
  }

  @Test
  void countsAtAThreshold() {
    Scored rows =
        Scored.of(new float[] {.9f, .5f, .5f, .1f}, new boolean[] {true, false, true, true});
    assertThat(new Metric.Precision(new Threshold.Fixed(0.5)).of(rows)).isEqualTo(2.0 / 3);
    assertThat(new Metric.Recall(new Threshold.Fixed(0.5)).of(rows)).isEqualTo(2.0 / 3);
    assertThat(new Metric.Precision(new Threshold.Fixed(0.95)).of(rows)).isNaN();
  }

  @Test
  void paysOneInvestigationForACardAndDay() {
    // Card 1 is flagged three times on day 0 and once on day 1; card 2 only for a genuine payment.
    Scored rows =
        Scored.of(
            new float[] {.9f, .9f, .9f, .9f, .9f, .1f},
            new boolean[] {true, true, false, true, false, true},
            new long[] {1, 1, 1, 1, 2, 3},
            new long[] {0, 1, 2, Scored.DAY_MILLIS, 0, 0},
            new float[] {100, 50, 30, 20, 70, 1000});
    double saved = new Metric.MoneySaved(FIVE_EUROS, new Threshold.Fixed(0.5)).of(rows);
    assertThat(saved).isEqualTo(100 + 50 + 20 - 3 * 5);
  }

  @Test
  void refusesScoresThatAreNotNumbers() {
    assertThatThrownBy(() -> Scored.of(new float[] {1, Float.NaN}, new boolean[2]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("the score of row 1 is NaN");
  }

  @Test
  void findsTheThresholdOfSoManyCardsADay() {
    // Day 0: cards at .9, .7, .2; day 1: .5 only, so its lowest counts.
    Scored rows =
        Scored.of(
            new float[] {.9f, .7f, .3f, .2f, .5f},
            new boolean[5],
            new long[] {1, 2, 2, 3, 1},
            new long[] {0, 0, 0, 0, Scored.DAY_MILLIS},
            new float[5]);
    assertThat(CardDays.of(rows).thresholdFor(2)).isCloseTo(((double) .7f + .5f) / 2, within(1e-9));
    assertThat(CardDays.of(Scored.of(new float[0], new boolean[0])).thresholdFor(2)).isInfinite();
  }

  @Test
  void thinsCurvesButKeepsTheirEnds() {
    Cases.check(
        20,
        random -> {
          float[] scores = new float[3000];
          boolean[] positives = new boolean[3000];
          for (int row = 0; row < scores.length; row++) {
            scores[row] = random.nextFloat();
            positives[row] = random.nextInt(3) == 0;
          }
          positives[0] = true;
          Scored rows = Scored.of(scores, positives);
          for (Curve curve : List.of(Curve.roc(rows), Curve.precisionRecall(rows))) {
            assertThat(curve.points()).hasSizeLessThanOrEqualTo(Curve.MAX_POINTS);
            assertThat(curve.points().getLast().x()).isEqualTo(1);
          }
          assertThat(Curve.roc(rows).points().getLast().y()).isEqualTo(1);
          assertThat(Curve.roc(rows).points().getFirst().x()).isEqualTo(0);
        });
  }

  @Test
  void boundsAShareByWilson() {
    // Wilson's interval for 5 of 50 at 95 %: 0.0435 to 0.2136.
    Interval interval = new Calibration.Bin(0, 1, 50, 0.1, 5).interval();
    assertThat(interval.low()).isCloseTo(0.0435, within(5e-5));
    assertThat(interval.high()).isCloseTo(0.2136, within(5e-5));
    assertThat(Interval.ofShare(0, 0).low()).isNaN();
  }

  private static void assertSame(double value, double expected) {
    if (Double.isNaN(expected)) {
      assertThat(value).isNaN();
    } else {
      assertThat(value).isCloseTo(expected, within(EXACT));
    }
  }
}
