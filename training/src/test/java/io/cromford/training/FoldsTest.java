package io.cromford.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cromford.core.Cases;
import io.cromford.core.CromfordException;
import io.cromford.core.ErrorCode;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

final class FoldsTest {
  private static final long DAY = Scored.DAY_MILLIS;
  private static final Duration WEEK = Duration.ofDays(7);

  @Test
  void laysAsManyFoldsAsFourWeeksOfLabelsAllow() {
    Folds folds = Folds.of(days(0, 28), layout(56, 4));
    assertThat(folds.folds())
        .containsExactly(
            new Folds.Fold(days(0, 14), days(21, 28)), new Folds.Fold(days(0, 7), days(14, 21)));
    assertThat(folds.reason())
        .isEqualTo("the labels cover 28 days: fold 3 would have nothing to train on");
  }

  @Test
  void trainsOnNoMoreThanTheWindow() {
    Folds folds = Folds.of(days(0, 120), layout(56, 2));
    assertThat(folds.folds())
        .containsExactly(
            new Folds.Fold(days(50, 106), days(113, 120)),
            new Folds.Fold(days(43, 99), days(106, 113)));
    assertThat(folds.reason()).isEqualTo("as many as asked for");
  }

  @Test
  void letsTheFirstFoldTrainOnLittle() {
    Folds folds = Folds.of(days(0, 16), layout(56, 4));
    assertThat(folds.folds()).containsExactly(new Folds.Fold(days(0, 2), days(9, 16)));
  }

  @Test
  void refusesDataWithoutOneFold() {
    assertThatThrownBy(() -> Folds.of(days(0, 14), layout(56, 4)))
        .isInstanceOfSatisfying(
            CromfordException.class,
            failure -> assertThat(failure.code()).isEqualTo(ErrorCode.STATE_CONFLICT))
        .hasMessageContaining("the labels cover 14 days, not one fold")
        .hasMessageContaining("\nMaybe wait for more outcomes");
  }

  @Test
  void keepsTheGapBetweenTrainingAndTest() {
    Cases.check(
        200,
        random -> {
          Folds.Layout layout =
              new Folds.Layout(
                  Duration.ofDays(1 + random.nextInt(60)),
                  Duration.ofDays(random.nextInt(30)),
                  Duration.ofDays(1 + random.nextInt(14)),
                  1 + random.nextInt(6));
          Folds.Span data = days(3, 3 + 46 + random.nextInt(100));
          Folds folds = Folds.of(data, layout);
          assertThat(folds.folds()).hasSizeBetween(1, layout.atMost());
          long until = data.untilMillis();
          for (Folds.Fold fold : folds.folds()) {
            assertThat(fold.test().untilMillis()).isEqualTo(until);
            assertThat(fold.test().fromMillis() - fold.training().untilMillis())
                .isEqualTo(layout.gap().toMillis());
            assertThat(fold.training().length()).isPositive().isLessThanOrEqualTo(layout.window());
            assertThat(fold.training().fromMillis()).isGreaterThanOrEqualTo(data.fromMillis());
            until = fold.test().fromMillis();
          }
        });
  }

  @Test
  void takesHalfOpenSpansOfASet() {
    TrainingSet.Builder builder = TrainingSet.builder(List.of("a"));
    for (int day = 0; day < 5; day++) {
      builder.add(new TrainingSet.Facts(day, 1, day * DAY, 0, false), new float[] {day}, 0);
    }
    TrainingSet rows = days(1, 3).of(builder.build());
    assertThat(rows.size()).isEqualTo(2);
    assertThat(rows.id(0)).isEqualTo(1);
  }

  private static Folds.Layout layout(int window, int atMost) {
    return new Folds.Layout(Duration.ofDays(window), WEEK, WEEK, atMost);
  }

  private static Folds.Span days(long from, long until) {
    return new Folds.Span(from * DAY, until * DAY);
  }
}
