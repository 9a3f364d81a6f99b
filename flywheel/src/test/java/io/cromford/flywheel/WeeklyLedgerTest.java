package io.cromford.flywheel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.cromford.training.Costs;
import java.time.Duration;
import org.junit.jupiter.api.Test;

final class WeeklyLedgerTest {
  private static final long DAY = Duration.ofDays(1).toMillis();
  private static final long GO_LIVE = 1000 * DAY;
  static final Costs COSTS = new Costs(5, new Costs.Missed.Amount(), "EUR");

  private final WeeklyLedger ledger = new WeeklyLedger(GO_LIVE, 2, COSTS);
  private long ordinal = 100;

  @Test
  void sumsUpAWeek() {
    long right = decide(0, 1, 100, 0.9, true, true);
    long again = decide(1, 1, 50, 0.8, true, false);
    long wrong = decide(2, 2, 10, 0.7, true, true);
    long missed = decide(3, 3, 30, 0.1, false, false);
    ledger.outcome(right, Truth.POSITIVE);
    ledger.outcome(again, Truth.POSITIVE);
    ledger.outcome(wrong, Truth.NEGATIVE);
    ledger.outcome(missed, Truth.POSITIVE);
    ledger.close(GO_LIVE + 7 * DAY - 1);
    assertThat(ledger.weeks()).isEmpty();
    WeekSummary week = closedFirst();
    assertThat(week.counts()).isEqualTo(new WeekSummary.Counts(4, 4, 3, 2, 1, 0));
    assertThat(week.counts().precision()).isEqualTo(0.5);
    assertThat(week.saved().serving()).isEqualTo(100 + 50 - 2 * 5);
    assertThat(week.saved().frozen())
        .as("the frozen model alerts on what was passed, here a fraud of 30")
        .isEqualTo(30 - 5);
    assertThat(week.ranking().averagePrecision()).isCloseTo((1 + 1 + 0.75) / 3, within(1e-12));
    assertThat(week.ranking().frozen()).isCloseTo(frozen(), within(1e-12));
    assertThat(week.champion()).isEqualTo("v1");
    assertThat(week.counted()).isTrue();
    assertThat(ledger.compared()).hasSize(1);
  }

  @Test
  void takesAlertsAsRightIfTheirCardHadAFraudThatDay() {
    long alerted = decide(0, 1, 10, 0.9, true, true);
    long later = decide(5, 1, 99, 0.2, false, false);
    ledger.outcome(alerted, Truth.NEGATIVE);
    ledger.outcome(later, Truth.POSITIVE);
    WeekSummary week = closedFirst();
    assertThat(week.counts().rightAlerts()).isEqualTo(1);
    assertThat(week.saved().serving()).isEqualTo(-5);
  }

  @Test
  void takesTheLastOutcomeAndSumsAClosedWeekUpAgain() {
    long first = decide(0, 1, 10, 0.9, true, true);
    ledger.outcome(first, Truth.POSITIVE);
    ledger.outcome(first, Truth.NEGATIVE);
    WeekSummary closed = closedFirst();
    assertThat(closed.counts()).isEqualTo(new WeekSummary.Counts(1, 1, 0, 1, 0, 0));
    assertThat(closed.saved().serving()).isEqualTo(-5);
    ledger.outcome(first, Truth.POSITIVE);
    ledger.outcome(first, Truth.POSITIVE);
    ledger.outcome(55, Truth.POSITIVE);
    WeekSummary now = ledger.weeks().getFirst();
    assertThat(now.counts()).isEqualTo(new WeekSummary.Counts(1, 1, 1, 1, 1, 1));
    assertThat(now.saved().serving()).isEqualTo(10 - 5);
    assertThat(ledger.compared().getFirst().second().positives()).isEqualTo(1);
    assertThat(ledger.last()).as("as it was closed").contains(closed);
    ledger.outcome(first, Truth.UNKNOWN);
    assertThat(ledger.weeks().getFirst().counts())
        .isEqualTo(new WeekSummary.Counts(1, 0, 0, 1, 0, 2));
    assertThat(ledger.lateOutcomes()).isEqualTo(2);
  }

  @Test
  void saysOfAnOpenWeekWhatIsKnownAndBoundsTheRest() {
    long right = decide(0, 1, 10, 0.9, true, true);
    long wrong = decide(1, 2, 10, 0.9, true, true);
    decide(2, 3, 10, 0.9, true, true);
    long missed = decide(3, 4, 10, 0.1, false, false);
    decide(4, 5, 10, 0.1, false, false);
    decide(2 * DAY, 6, 10, 0.1, false, false);
    ledger.outcome(right, Truth.PROVISIONALLY_POSITIVE);
    ledger.outcome(wrong, Truth.NEGATIVE);
    ledger.outcome(missed, Truth.POSITIVE);
    OpenWeek week = ledger.standing(GO_LIVE).getFirst();
    assertThat(week.payments()).isEqualTo(new OpenWeek.Payments(6, 2, 1, 0, 3, 2));
    assertThat(week.alerts())
        .isEqualTo(new OpenWeek.Alerts(3, 2, 1, io.cromford.training.Interval.ofShare(1, 2)));
    assertThat(week.recall())
        .as("the open alert may be a fraud, and so may the two that passed")
        .isEqualTo(new OpenWeek.Recall(1, 1.0 / 4, 2.0 / 3));
    assertThat(week.saved())
        .as("10 stopped for three alerts of 5, and as much where the open alert is right too")
        .isEqualTo(new OpenWeek.Saved(-5, 5));
    assertThat(ledger.standing(GO_LIVE + DAY).getFirst().payments())
        .as("what is mature without an outcome is no longer open")
        .isEqualTo(new OpenWeek.Payments(6, 2, 1, 2, 1, 2));
  }

  @Test
  void listsWeeksThatAreNotFullButDoesNotCountThem() {
    decide(0, 1, 10, 0.9, true, true);
    decide(7 * DAY, 1, 10, 0.9, true, true);
    ledger.close(GO_LIVE + 8 * DAY);
    assertThat(ledger.weeks()).extracting(WeekSummary::number).containsExactly(1);
    assertThat(ledger.openWeeks()).extracting(WeekSummary::number).containsExactly(2);
    assertThat(ledger.openWeeks()).allMatch(week -> !week.counted());
    assertThat(ledger.compared()).hasSize(1);
  }

  @Test
  void goesOnAcrossAWeekWithoutDecisions() {
    decide(0, 1, 10, 0.9, true, true);
    decide(15 * DAY, 1, 10, 0.9, true, true);
    ledger.close(GO_LIVE + 22 * DAY);
    assertThat(ledger.weeks()).extracting(WeekSummary::number).containsExactly(1, 2, 3);
    assertThat(ledger.weeks().get(1).counts().decisions()).isZero();
    assertThat(ledger.weeks().get(1).counts().precision()).isNaN();
  }

  @Test
  void refusesWhatIsOutOfOrder() {
    decide(0, 1, 10, 0.9, true, true);
    ordinal -= 5;
    assertThatThrownBy(() -> decide(1, 1, 10, 0.9, true, true)).hasMessageContaining("after 100");
    assertThatThrownBy(() -> decide(-1, 1, 10, 0.9, true, true))
        .hasMessageContaining("before go-live");
    ledger.close(GO_LIVE + 7 * DAY);
    assertThatThrownBy(() -> decide(2, 1, 10, 0.9, true, true)).hasMessageContaining("closed");
  }

  private WeekSummary closedFirst() {
    ledger.close(GO_LIVE + 7 * DAY);
    return ledger.weeks().getFirst();
  }

  /// The frozen model scores the other way round, so its ranking is missed, wrong, again, right.
  private static double frozen() {
    return (1 + 2 / 3.0 + 3 / 4.0) / 3;
  }

  private long decide(
      long after, long card, double amount, double score, boolean stopped, boolean alert) {
    long number = ordinal++;
    ledger.decided(
        new LiveDecision(
            number,
            GO_LIVE + after,
            card,
            amount,
            new LiveDecision.Scores(score, 1 - score),
            alert
                ? LiveDecision.Verdict.ALERTED
                : stopped ? LiveDecision.Verdict.STOPPED : LiveDecision.Verdict.PASSED,
            stopped ? LiveDecision.Verdict.PASSED : LiveDecision.Verdict.ALERTED),
        "v1");
    return number;
  }
}
