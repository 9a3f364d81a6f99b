package io.cromford.flywheel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.cromford.training.Costs;
import io.cromford.training.Scored;
import java.util.Random;
import org.junit.jupiter.api.Test;

class WeekEstimateTest {
  private static final int DECISIONS = 40_000;

  private final WeeklyLedger ledger =
      new WeeklyLedger(0, 100, new Costs(5, new Costs.Missed.Amount(), "EUR"));
  private final Random random = new Random(7);
  private long ordinal;

  /// A week of cards that pay once a day. A score is the root of the probability that it should be:
  /// a good ranking, and far too high.
  ///
  /// @param lying how often a positive has the score of a genuine payment
  private void week(int week, double lying) {
    long first = ordinal;
    boolean[] positive = new boolean[DECISIONS];
    for (int i = 0; i < DECISIONS; i++) {
      double probability = random.nextInt(100) == 0 ? random.nextDouble() : 0.001;
      positive[i] = random.nextDouble() < probability;
      double score =
          positive[i] && random.nextDouble() < lying ? Math.sqrt(0.001) : Math.sqrt(probability);
      long at = (week - 1) * WeeklyLedger.WEEK.toMillis() + i * 15_000L;
      LiveDecision.Verdict verdict =
          score > 0.6 ? LiveDecision.Verdict.ALERTED : LiveDecision.Verdict.PASSED;
      ledger.decided(
          new LiveDecision(
              ordinal, at, ordinal, 1, new LiveDecision.Scores(score, 0), verdict, verdict),
          "v1");
      ordinal++;
    }
    for (int i = 0; i < DECISIONS; i++) {
      ledger.outcome(first + i, Truth.of(positive[i], true));
    }
  }

  private WeekSummary truth(int week) {
    ledger.close(week * 7L * Scored.DAY_MILLIS);
    return ledger.weeks().get(week - 1);
  }

  @Test
  void isNearTheTruthOnceAWeekIsMature() {
    week(1, 0);
    assertThat(ledger.estimate(1).orElseThrow().weeks()).isZero();
    assertThat(ledger.estimate(1).orElseThrow().positives())
        .as("scores as they are are far too high")
        .isGreaterThan(2.0 * truth(1).counts().positives());
    assertThat(ledger.estimate(1)).isEmpty();
    week(2, 0);
    WeekEstimate estimate = ledger.estimate(2).orElseThrow();
    WeekSummary truth = truth(2);
    assertThat(estimate.weeks()).isEqualTo(1);
    assertThat(estimate.positives()).isCloseTo(truth.counts().positives(), within(40.0));
    assertThat(estimate.recall()).isCloseTo(truth.ranking().recall(), within(0.08));
    assertThat(estimate.alertPrecision()).isCloseTo(truth.counts().precision(), within(0.06));
    assertThat(estimate.averagePrecision())
        .isCloseTo(truth.ranking().averagePrecision(), within(0.08));
  }

  @Test
  void cannotKnowOfANewWayOfFraud() {
    week(1, 0);
    truth(1);
    week(2, 0.5);
    WeekEstimate estimate = ledger.estimate(2).orElseThrow();
    assertThat(estimate.averagePrecision())
        .isGreaterThan(1.2 * truth(2).ranking().averagePrecision());
  }
}
