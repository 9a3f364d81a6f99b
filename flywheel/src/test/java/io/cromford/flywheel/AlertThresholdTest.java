package io.cromford.flywheel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.cromford.training.CardDays;
import io.cromford.training.Scored;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class AlertThresholdTest {
  private static final long DAY = Scored.DAY_MILLIS;

  @Test
  void alertsNobodyBeforeADayIsKnown() {
    AlertThreshold threshold = new AlertThreshold(2);
    threshold.advance(0);
    threshold.decided(1, 0.9, false);
    assertThat(threshold.value()).isInfinite();
    threshold.advance(DAY);
    assertThat(threshold.value()).as("the lowest of fewer than k").isEqualTo(0.9);
  }

  @Test
  void averagesTheLastSevenDays() {
    AlertThreshold threshold = new AlertThreshold(1);
    for (int day = 0; day < 10; day++) {
      threshold.advance(day * DAY);
      threshold.decided(1, day / 100.0, false);
      threshold.decided(2, 0, false);
    }
    threshold.advance(10 * DAY);
    assertThat(threshold.value()).isCloseTo((3 + 4 + 5 + 6 + 7 + 8 + 9) / 700.0, within(1e-12));
  }

  @Test
  void leavesOutADayThatBeganLateAndDaysWithoutPayments() {
    AlertThreshold threshold = new AlertThreshold(1);
    threshold.advance(DAY / 2);
    threshold.decided(1, 0.9, false);
    threshold.advance(DAY);
    assertThat(threshold.value()).isInfinite();
    threshold.decided(1, 0.3, false);
    threshold.advance(5 * DAY);
    assertThat(threshold.value()).isEqualTo(0.3);
    threshold.advance(4 * DAY);
    assertThat(threshold.value()).as("days do not go back").isEqualTo(0.3);
  }

  @Test
  void givesAnEntityOneAlertADay() {
    AlertThreshold threshold = new AlertThreshold(1);
    threshold.advance(0);
    threshold.decided(1, 0.5, true);
    threshold.decided(1, 0.4, false);
    assertThat(threshold.hadAlert(1)).isTrue();
    assertThat(threshold.hadAlert(2)).isFalse();
    threshold.advance(DAY);
    assertThat(threshold.hadAlert(1)).isFalse();
  }

  @Test
  void closesTheDayUnderTheOldModelWhenTheSwapIsAtMidnight() {
    AlertThreshold threshold = new AlertThreshold(1);
    threshold.advance(0);
    threshold.decided(1, 0.9, false);
    threshold.swap(DAY, List.of(0.1, 0.3));
    assertThat(threshold.value()).as("only the new model's scores").isCloseTo(0.2, within(1e-12));
    threshold.decided(1, 0.4, false);
    threshold.advance(2 * DAY);
    assertThat(threshold.value()).isCloseTo(0.8 / 3, within(1e-12));
  }

  @Test
  void leavesOutTheDayOnWhichTheModelChanged() {
    AlertThreshold threshold = new AlertThreshold(1);
    threshold.advance(0);
    threshold.decided(1, 0.9, true);
    threshold.swap(DAY / 2, List.of(0.1));
    assertThat(threshold.hadAlert(1)).isTrue();
    threshold.decided(2, 0.7, false);
    threshold.advance(DAY);
    assertThat(threshold.value()).isEqualTo(0.1);
  }

  @Test
  void doesNotJumpWhenAModelWithOtherScoresTakesOver() {
    SplittableRandom random = new SplittableRandom(1);
    AlertThreshold threshold = new AlertThreshold(20);
    int rows = 14 * 1000;
    int swap = 10_500;
    float[] tenth = new float[rows];
    long[] cards = new long[rows];
    long[] times = new long[rows];
    int[] alertsByDay = new int[14];
    for (int row = 0; row < rows; row++) {
      float drawn = random.nextFloat();
      tenth[row] = drawn / 10;
      cards[row] = random.nextInt(600);
      times[row] = row * DAY / 1000;
      if (row == swap) {
        Scored past = Scored.of(tenth, new boolean[rows], cards, times, new float[rows]);
        threshold.swap(
            times[row], AlertThreshold.dailyScores(past.select(i -> i >= 3000 && i < 10_000), 20));
        assertThat(threshold.value()).isLessThan(0.1);
      }
      float score = row < swap ? drawn : tenth[row];
      threshold.advance(times[row]);
      boolean alert = score >= threshold.value() && !threshold.hadAlert(cards[row]);
      threshold.decided(cards[row], score, alert);
      alertsByDay[row / 1000] += alert ? 1 : 0;
    }
    for (int day = 8; day < 14; day++) {
      assertThat(alertsByDay[day]).isBetween(8, 35);
    }
  }

  @Test
  void agreesWithCardDays() {
    SplittableRandom random = new SplittableRandom(4);
    int rows = 7 * 50;
    float[] scores = new float[rows];
    long[] cards = new long[rows];
    long[] times = new long[rows];
    AlertThreshold threshold = new AlertThreshold(5);
    for (int row = 0; row < rows; row++) {
      scores[row] = random.nextFloat();
      cards[row] = random.nextInt(30);
      times[row] = row * DAY / 50;
      threshold.advance(times[row]);
      threshold.decided(cards[row], scores[row], false);
    }
    threshold.advance(7 * DAY);
    Scored scored = Scored.of(scores, new boolean[rows], cards, times, new float[rows]);
    assertThat(threshold.value()).isCloseTo(CardDays.of(scored).thresholdFor(5), within(1e-12));
    assertThat(AlertThreshold.dailyScores(scored, 5)).hasSize(7);
  }
}
