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
    AlertThreshold threshold = new AlertThreshold(2, 0, List.of());
    threshold.scored(1, 0.9);
    assertThat(threshold.value()).isInfinite();
    threshold.advance(DAY);
    assertThat(threshold.value()).as("the lowest of fewer than k").isEqualTo(0.9);
  }

  @Test
  void averagesTheLastSevenDays() {
    AlertThreshold threshold = new AlertThreshold(1, 0, List.of());
    for (int day = 0; day < 10; day++) {
      threshold.advance(day * DAY);
      threshold.scored(1, day / 100.0);
      threshold.scored(2, 0);
    }
    threshold.advance(10 * DAY);
    assertThat(threshold.value()).isCloseTo((3 + 4 + 5 + 6 + 7 + 8 + 9) / 700.0, within(1e-12));
  }

  @Test
  void leavesOutADayThatBeganLateAndDaysWithoutPayments() {
    AlertThreshold threshold = new AlertThreshold(1, DAY / 2, List.of());
    threshold.scored(1, 0.9);
    threshold.advance(DAY);
    assertThat(threshold.value()).isInfinite();
    threshold.scored(1, 0.3);
    threshold.advance(5 * DAY);
    assertThat(threshold.value()).isEqualTo(0.3);
    threshold.advance(4 * DAY);
    assertThat(threshold.value()).as("days do not go back").isEqualTo(0.3);
  }

  @Test
  void countsTheEntitiesThatReachedItToday() {
    AlertThreshold threshold = new AlertThreshold(1, 0, List.of(0.5));
    threshold.scored(1, 0.4);
    threshold.scored(1, 0.6);
    threshold.scored(1, 0.7);
    threshold.scored(2, 0.5);
    threshold.scored(3, 0.1);
    assertThat(threshold.reached()).isEqualTo(2);
    threshold.advance(DAY);
    assertThat(threshold.reached()).isZero();
  }

  @Test
  void startsFromTheScoresOfTheDaysBefore() {
    AlertThreshold threshold = new AlertThreshold(1, DAY, List.of(0.1, 0.3));
    assertThat(threshold.value()).isCloseTo(0.2, within(1e-12));
    threshold.scored(1, 0.4);
    threshold.advance(2 * DAY);
    assertThat(threshold.value()).as("a day from midnight on").isCloseTo(0.8 / 3, within(1e-12));
    AlertThreshold late = new AlertThreshold(1, DAY / 2, List.of(0.1));
    late.scored(2, 0.7);
    late.advance(DAY);
    assertThat(late.value()).as("a day that is not whole").isEqualTo(0.1);
  }

  @Test
  void agreesWithCardDays() {
    SplittableRandom random = new SplittableRandom(4);
    int rows = 7 * 50;
    float[] scores = new float[rows];
    long[] cards = new long[rows];
    long[] times = new long[rows];
    AlertThreshold threshold = new AlertThreshold(5, 0, List.of());
    for (int row = 0; row < rows; row++) {
      scores[row] = random.nextFloat();
      cards[row] = random.nextInt(30);
      times[row] = row * DAY / 50;
      threshold.advance(times[row]);
      threshold.scored(cards[row], scores[row]);
    }
    threshold.advance(7 * DAY);
    Scored scored = Scored.of(scores, new boolean[rows], cards, times, new float[rows]);
    assertThat(threshold.value()).isCloseTo(CardDays.of(scored).thresholdFor(5), within(1e-12));
    assertThat(AlertThreshold.dailyScores(scored, 5)).hasSize(7);
  }
}
