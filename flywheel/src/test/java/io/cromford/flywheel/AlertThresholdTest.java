package io.cromford.flywheel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.cromford.training.CardDays;
import io.cromford.training.Scored;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class AlertThresholdTest {
  private static final long DAY = Scored.DAY_MILLIS;

  @Test
  void beginsWithTheTrainingsThreshold() {
    AlertThreshold threshold = new AlertThreshold(2, 0.5, 0);
    assertThat(threshold.decide(1, 7, 0.49))
        .isEqualTo(new AlertThreshold.Decision(false, false, 0.5));
    assertThat(threshold.decide(2, 7, 0.5)).isEqualTo(new AlertThreshold.Decision(true, true, 0.5));
  }

  @Test
  void alertsAnEntityOnceADay() {
    AlertThreshold threshold = new AlertThreshold(1, 0.5, 0);
    assertThat(threshold.decide(0, 7, 0.9).alert()).isTrue();
    assertThat(threshold.decide(1, 7, 0.9).alert()).isFalse();
    assertThat(threshold.decide(1, 7, 0.9).flagged()).isTrue();
    assertThat(threshold.decide(2, 8, 0.9).alert()).isTrue();
    assertThat(threshold.decide(DAY, 7, 0.95).alert()).isTrue();
  }

  @Test
  void averagesTheKthEntityOfTheLastSevenFullDays() {
    AlertThreshold threshold = new AlertThreshold(2, 0.5, 0);
    for (int day = 0; day < 10; day++) {
      long at = day * DAY;
      threshold.decide(at, 1, 0.9);
      threshold.decide(at, 2, day / 100.0);
      threshold.decide(at, 2, 0.001);
      threshold.decide(at, 3, 0.0001);
      assertThat(threshold.fullDays()).isEqualTo(Math.min(day, 7));
    }
    threshold.advance(10 * DAY);
    assertThat(threshold.threshold()).isCloseTo((3 + 4 + 5 + 6 + 7 + 8 + 9) / 700.0, within(1e-9));
  }

  @Test
  void leavesOutADayThatBeganLateAndDaysWithoutPayments() {
    AlertThreshold threshold = new AlertThreshold(1, 0.5, DAY / 2);
    threshold.decide(DAY / 2, 1, 0.9);
    threshold.decide(DAY, 1, 0.3);
    assertThat(threshold.threshold()).isEqualTo(0.5);
    threshold.advance(5 * DAY);
    assertThat(threshold.threshold()).isEqualTo(0.3);
    assertThat(threshold.fullDays()).isEqualTo(1);
    assertThatThrownBy(() -> threshold.advance(4 * DAY)).hasMessage("day 4 after day 5");
  }

  @Test
  void doesNotJumpWhenAModelWithOtherScoresTakesOver() {
    SplittableRandom random = new SplittableRandom(1);
    AlertThreshold threshold = new AlertThreshold(20, 0.5, 0);
    int rows = 14 * 1000;
    float[] scores = new float[rows];
    long[] cards = new long[rows];
    long[] times = new long[rows];
    int[] alertsByDay = new int[14];
    for (int row = 0; row < rows; row++) {
      scores[row] = random.nextFloat();
      cards[row] = random.nextInt(600);
      times[row] = row * DAY / 1000;
      if (row == 10_500) { // in the middle of day 10 a model takes over whose scores are a tenth
        Scored past = Scored.of(scores, new boolean[rows], cards, times, new float[rows]);
        float[] tenth = new float[rows];
        for (int i = 0; i < rows; i++) {
          tenth[i] = scores[i] / 10;
        }
        threshold.swap(times[row], past.withScores(tenth).select(i -> i < 10_500), 0.05);
        assertThat(threshold.threshold()).isLessThan(0.1);
        assertThat(threshold.fullDays()).isEqualTo(7);
      }
      double score = row < 10_500 ? scores[row] : scores[row] / 10;
      if (threshold.decide(times[row], cards[row], score).alert()) {
        alertsByDay[row / 1000]++;
      }
    }
    for (int day = 8; day < 14; day++) {
      assertThat(alertsByDay[day]).isBetween(8, 35);
    }
  }

  @Test
  void takesTheInitialThresholdAtASwapWithoutPast() {
    AlertThreshold threshold = new AlertThreshold(1, 0.5, 0);
    threshold.swap(DAY, Scored.of(new float[0], new boolean[0]), 0.25);
    assertThat(threshold.threshold()).isEqualTo(0.25);
  }

  @Test
  void agreesWithCardDays() {
    SplittableRandom random = new SplittableRandom(4);
    int rows = 7 * 50;
    float[] scores = new float[rows];
    long[] cards = new long[rows];
    long[] times = new long[rows];
    AlertThreshold threshold = new AlertThreshold(5, 2, 0);
    for (int row = 0; row < rows; row++) {
      scores[row] = random.nextFloat();
      cards[row] = random.nextInt(30);
      times[row] = row * DAY / 50;
      threshold.decide(times[row], cards[row], scores[row]);
    }
    threshold.advance(7 * DAY);
    Scored scored = Scored.of(scores, new boolean[rows], cards, times, new float[rows]);
    assertThat(threshold.threshold()).isCloseTo(CardDays.of(scored).thresholdFor(5), within(1e-12));
  }
}
