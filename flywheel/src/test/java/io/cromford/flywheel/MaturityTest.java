package io.cromford.flywheel;

import static org.assertj.core.api.Assertions.assertThat;

import io.cromford.training.Folds.Span;
import io.cromford.training.Scored;
import java.time.Duration;
import java.util.SplittableRandom;
import java.util.function.IntPredicate;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

final class MaturityTest {
  private static final long DAY = Scored.DAY_MILLIS;
  private static final int PAYMENTS = 1000;
  private final Maturity maturity = new Maturity(Duration.ofDays(7));

  @Test
  void waitsForTheLabelsMaturity() {
    days(0, 30, _ -> true, _ -> true);
    assertThat(maturity.judge(30 * DAY).matureDays())
        .containsExactlyElementsOf(LongStream.range(0, 23).boxed().toList());
    assertThat(maturity.judge(30 * DAY - 1).matureDays()).hasSize(22);
    assertThat(maturity.judge(30 * DAY).alarm()).isEmpty();
    assertThat(maturity.judge(30 * DAY).isMature(22 * DAY + 5)).isTrue();
    assertThat(maturity.judge(30 * DAY).isMature(23 * DAY)).isFalse();
  }

  @Test
  void findsALostDayOfASourceThatLabelsEverything() {
    days(0, 30, day -> day != 20, day -> day != 20);
    Maturity.Verdict verdict = maturity.judge(37 * DAY);
    assertThat(verdict.incompleteDays()).containsExactly(20L);
    assertThat(verdict.matureDays()).hasSize(29);
    assertThat(verdict.isComplete(new Span(14 * DAY, 20 * DAY))).isTrue();
    assertThat(verdict.isComplete(new Span(14 * DAY, 20 * DAY + 1))).isFalse();
    assertThat(verdict.isComplete(new Span(21 * DAY, 28 * DAY))).isTrue();
    assertThat(verdict.alarm().orElseThrow().message())
        .startsWith("1 day from 1970-01-21 on: 0 positive outcomes, where 20 are usual.\nMaybe ");
  }

  @Test
  void takesALostDayUpAgainWhenItsOutcomesArrive() {
    days(0, 30, day -> day != 20, day -> day != 20);
    assertThat(maturity.judge(37 * DAY).incompleteDays()).containsExactly(20L);
    outcomesOf(20, true, true, 36 * DAY);
    assertThat(maturity.judge(37 * DAY).incompleteDays()).isEmpty();
  }

  @Test
  void trustsAFileOfPositivesOnlyByItsOwnPast() {
    days(0, 40, _ -> false, _ -> true);
    Maturity.Verdict verdict = maturity.judge(47 * DAY);
    assertThat(verdict.matureDays()).hasSize(40);
    assertThat(verdict.alarm()).isEmpty();
  }

  @Test
  void findsALostWeekOfAFileOfPositivesOnly() {
    days(0, 40, _ -> false, day -> day < 25 || day > 31);
    Maturity.Verdict verdict = maturity.judge(47 * DAY);
    assertThat(verdict.incompleteDays())
        .as("those behind it are not held back")
        .containsExactly(25L, 26L, 27L, 28L, 29L, 30L, 31L);
    assertThat(verdict.alarm().orElseThrow()).isInstanceOf(Maturity.Alarm.Shortfall.class);
  }

  @Test
  void takesNoDayBehindALostWeekForCompleteWithoutEnoughOutcomes() {
    for (int day = 0; day < 60; day++) {
      observe(maturity, day);
      for (int i = 0; i < (day < 25 ? 40 : day < 32 ? 0 : day < 40 ? 20 : 40); i++) {
        maturity.outcome(day * DAY + i, true, (day + 7) * DAY + i);
      }
    }
    assertThat(maturity.judge(67 * DAY).incompleteDays())
        .startsWith(25L, 26L, 27L, 28L, 29L, 30L, 31L, 32L, 33L, 34L, 35L, 36L, 37L, 38L, 39L)
        .doesNotContain(54L);
  }

  @Test
  void tellsASourceThatStoppedSendingNegativesFromOneThatNeverDid() {
    days(0, 40, day -> day < 30, _ -> true);
    Maturity.Verdict verdict = maturity.judge(47 * DAY);
    assertThat(verdict.incompleteDays()).hasSize(10);
    assertThat(verdict.alarm().orElseThrow().message())
        .contains(
            "10 days from 1970-01-31 on: only positive outcomes, where 980 negative ones are usual");
  }

  @Test
  void missesFraudsAmongManyNegatives() {
    days(0, 40, _ -> true, day -> day < 30);
    assertThat(maturity.judge(47 * DAY).incompleteDays()).contains(30L, 39L);
  }

  @Test
  void raisesAnAlarmAfterTwoWeeksOfSilence() {
    days(0, 40, _ -> true, day -> day < 20);
    Maturity quiet = new Maturity(Duration.ofDays(7));
    for (int day = 0; day < 40; day++) {
      observe(quiet, day);
      if (day < 20) {
        quiet.outcome(day * DAY, true, (day + 7) * DAY);
      }
    }
    long lastArrival = 26 * DAY;
    assertThat(quiet.judge(lastArrival + 14 * DAY - 1).alarm()).isEmpty();
    Maturity.Verdict verdict = quiet.judge(lastArrival + 14 * DAY);
    assertThat(verdict.alarm().orElseThrow()).isInstanceOf(Maturity.Alarm.Silence.class);
    assertThat(verdict.alarm().orElseThrow().message())
        .startsWith("no outcome has arrived since 1970-01-27, 14 days ago.\nMaybe the source");
    assertThat(verdict.matureDays()).doesNotContain(20L, 25L, 32L);
    assertThat(verdict.matureDays()).contains(18L);
  }

  @Test
  void isSilentIfNoOutcomeEverCame() {
    for (int day = 0; day < 30; day++) {
      observe(maturity, day);
    }
    Maturity.Verdict verdict = maturity.judge(30 * DAY);
    assertThat(verdict.matureDays()).isEmpty();
    assertThat(verdict.alarm()).isPresent();
  }

  @Test
  void doubtsADayOnWhichTheOutcomesContradictNearlyAllAlerts() {
    days(0, 30, _ -> true, _ -> true);
    for (int day = 5; day < 30; day++) {
      for (int alert = 0; alert < 40; alert++) {
        maturity.alerted(day * DAY);
        if (alert < (day == 25 ? 3 : day == 26 ? 16 : 24)) {
          maturity.alertedRightly(day * DAY);
        }
      }
    }
    Maturity.Verdict verdict = maturity.judge(37 * DAY);
    assertThat(verdict.incompleteDays()).as("16 of 40 may be chance").containsExactly(25L);
    assertThat(verdict.alarm().orElseThrow().message())
        .startsWith("1 day from 1970-01-26 on: 3 of 40 alerts were right, where 24 are usual: ");
    maturity.declareComplete(26 * DAY);
    assertThat(maturity.judge(37 * DAY).incompleteDays()).isEmpty();
  }

  /// Corrections that call nearly all alerts of a day wrong are doubted like outcomes that do.
  @Test
  void doubtsADayOnWhichCorrectionsContradictNearlyAllAlerts() {
    days(0, 30, _ -> true, _ -> true);
    for (int day = 5; day < 30; day++) {
      for (int alert = 0; alert < 40; alert++) {
        maturity.alerted(day * DAY);
        maturity.alertedRightly(day * DAY);
      }
    }
    assertThat(maturity.judge(37 * DAY).incompleteDays()).isEmpty();
    for (int alert = 0; alert < 35; alert++) {
      maturity.notAlertedRightly(25 * DAY);
    }
    assertThat(maturity.judge(37 * DAY).incompleteDays()).containsExactly(25L);
    for (int alert = 0; alert < 35; alert++) {
      maturity.alertedRightly(25 * DAY);
    }
    assertThat(maturity.judge(37 * DAY).incompleteDays()).isEmpty();
  }

  @Test
  void believesASourceThatSaysItIsComplete() {
    days(0, 30, day -> day != 20, day -> day != 20);
    maturity.declareComplete(21 * DAY);
    assertThat(maturity.judge(37 * DAY).incompleteDays()).isEmpty();
  }

  @Test
  void allowsForChance() {
    SplittableRandom random = new SplittableRandom(5);
    for (int day = 0; day < 200; day++) {
      int payments = 900 + random.nextInt(200);
      for (int i = 0; i < payments; i++) {
        maturity.observed(day * DAY + i);
        if (random.nextInt(40) == 0) {
          maturity.outcome(day * DAY + i, true, (day + 7) * DAY + i);
        }
      }
    }
    assertThat(maturity.judge(210 * DAY).incompleteDays()).isEmpty();
  }

  /// Days of 1,000 payments, 20 of them frauds, whose outcomes arrive after 7 days where they are
  /// sent.
  private void days(int from, int until, IntPredicate negativesSent, IntPredicate positivesSent) {
    for (int day = from; day < until; day++) {
      observe(maturity, day);
      outcomesOf(day, negativesSent.test(day), positivesSent.test(day), (day + 7) * DAY);
    }
  }

  private static void observe(Maturity maturity, int day) {
    for (int i = 0; i < PAYMENTS; i++) {
      maturity.observed(day * DAY + i);
    }
  }

  private void outcomesOf(int day, boolean negatives, boolean positives, long arrival) {
    for (int i = 0; i < PAYMENTS; i++) {
      boolean positive = i % 50 == 0;
      if (positive ? positives : negatives) {
        maturity.outcome(day * DAY + i, positive, arrival + i);
      }
    }
  }
}
