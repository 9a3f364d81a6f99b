package io.cromford.bench.handbook;

import static org.assertj.core.api.Assertions.assertThat;

import io.cromford.training.TrainingSet;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SplitTest {
  private static final Split SPLIT = new Split(LocalDate.of(2018, 7, 25));
  private static final long DAY = 86_400_000;
  private static final long START = LocalDate.of(2018, 7, 25).toEpochDay() * DAY;

  private final TrainingSet.Builder rows = TrainingSet.builder(List.of("one"));

  private void pays(int card, int day, boolean fraud) {
    long id = rows.size();
    TrainingSet.Facts facts =
        new TrainingSet.Facts(id, card, START + day * DAY + DAY / 2, 1, fraud);
    rows.add(facts, new double[] {id}, 0);
  }

  @Test
  void trainsOnTheWeekAndTestsTwoWeeksLater() {
    for (int day = -60; day < 30; day++) {
      pays(1, day, false);
    }
    TrainingSet all = rows.build();
    assertThat(SPLIT.training(all, 7).size()).isEqualTo(7);
    assertThat(SPLIT.training(all, 56).size()).isEqualTo(56);
    assertThat(SPLIT.training(all, 56).eventMillis(55)).isLessThan(START + 7 * DAY);
    assertThat(SPLIT.test(all).size()).isEqualTo(7);
    assertThat(SPLIT.test(all).eventMillis(0)).isEqualTo(START + 14 * DAY + DAY / 2);
  }

  /// A fraud of day d is known on day d + 8: cards found before the training week count as clean.
  @Test
  void leavesOutCardsFromTheDayTheirFraudIsKnown() {
    int[] fraudDays = {-1, 0, 6, 7, 12, 13};
    for (int card = 0; card < fraudDays.length; card++) {
      pays(card, fraudDays[card], true);
      for (int day = 14; day < 21; day++) {
        pays(card, day, false);
      }
    }
    TrainingSet test = SPLIT.test(rows.build());
    List<Integer> tested = new ArrayList<>(List.of(0, 0, 0, 0, 0, 0));
    for (int row = 0; row < test.size(); row++) {
      tested.set((int) test.entity(row), tested.get((int) test.entity(row)) + 1);
    }
    assertThat(tested).containsExactly(7, 0, 0, 1, 6, 7);
  }
}
