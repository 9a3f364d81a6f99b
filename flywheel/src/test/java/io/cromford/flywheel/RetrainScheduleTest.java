package io.cromford.flywheel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cromford.core.Cases;
import io.cromford.training.Folds.Span;
import java.time.Duration;
import org.junit.jupiter.api.Test;

final class RetrainScheduleTest {
  private static final long DAY = Duration.ofDays(1).toMillis();
  private static final long GO_LIVE = 100 * DAY;
  private static final RetrainSchedule WEEKLY = schedule(7, 56, 7, 7);

  @Test
  void laysTheDaysOfABoundary() {
    RetrainSchedule.Plan plan = WEEKLY.plan(3);
    long w = GO_LIVE + 21 * DAY;
    assertThat(plan.atMillis()).isEqualTo(w);
    assertThat(plan.challenger()).isEqualTo(new Span(w - 63 * DAY, w - 14 * DAY));
    assertThat(plan.test()).isEqualTo(new Span(w - 14 * DAY, w - 7 * DAY));
    assertThat(plan.refit()).isEqualTo(new Span(w - 63 * DAY, w - 7 * DAY));
  }

  @Test
  void givesTheNextBoundary() {
    assertThat(WEEKLY.next(0).number()).isEqualTo(1);
    assertThat(WEEKLY.next(GO_LIVE).number()).isEqualTo(1);
    assertThat(WEEKLY.next(GO_LIVE + 7 * DAY - 1).number()).isEqualTo(1);
    assertThat(WEEKLY.next(GO_LIVE + 7 * DAY).number()).isEqualTo(2);
  }

  @Test
  void judgesOnDaysThatNeitherWasFittedOn() {
    Cases.check(
        200,
        random -> {
          int test = 1 + random.nextInt(10);
          RetrainSchedule schedule =
              schedule(
                  test + random.nextInt(10),
                  test + 1 + random.nextInt(60),
                  test,
                  random.nextInt(30));
          int number = 1 + random.nextInt(40);
          RetrainSchedule.Plan plan = schedule.plan(number);
          Span champion = schedule.plan(number - 1).refit();
          assertThat(plan.test().fromMillis()).isEqualTo(plan.challenger().untilMillis());
          assertThat(plan.test().fromMillis()).isGreaterThanOrEqualTo(champion.untilMillis());
          assertThat(plan.test().untilMillis())
              .isEqualTo(plan.atMillis() - schedule.maturity().toMillis());
        });
  }

  @Test
  void retrainsDailyInHasteOnDaysThatTheChampionHasNotSeen() {
    RetrainSchedule.Haste haste =
        new RetrainSchedule.Haste(
            Duration.ofDays(1),
            Duration.ofDays(3),
            0.99,
            Duration.ofHours(6),
            Duration.ofDays(28),
            7);
    long w = GO_LIVE + 21 * DAY;
    RetrainSchedule.Plan soon = WEEKLY.hasty(w, w - 30 * DAY, haste);
    assertThat(soon.atMillis()).isEqualTo(w + DAY);
    assertThat(soon.test()).isEqualTo(new Span(w - 9 * DAY, w - 6 * DAY));
    assertThat(soon.challenger().untilMillis()).isEqualTo(soon.test().fromMillis());
    long fitted = soon.refit().untilMillis();
    RetrainSchedule.Plan next = WEEKLY.hasty(soon.atMillis(), fitted, haste);
    assertThat(next.atMillis()).as("three days later").isEqualTo(w + 4 * DAY);
    assertThat(next.test().fromMillis()).isEqualTo(fitted);
    assertThat(WEEKLY.hasty(next.atMillis(), fitted, haste).atMillis()).isEqualTo(w + 5 * DAY);
  }

  @Test
  void shortensTheTestByTheDaysThatTheChampionWasFittedOn() {
    long w = GO_LIVE + 7 * DAY;
    Duration least = Duration.ofDays(3);
    assertThat(WEEKLY.next(GO_LIVE, GO_LIVE - 7 * DAY, least)).isEqualTo(WEEKLY.plan(1));
    assertThat(WEEKLY.next(GO_LIVE, w - 10 * DAY, least).test())
        .isEqualTo(new Span(w - 10 * DAY, w - 7 * DAY));
    assertThat(WEEKLY.next(GO_LIVE, w - 9 * DAY, least).number())
        .as("too few are left")
        .isEqualTo(2);
  }

  @Test
  void refusesABoundaryBeforeTheTestIsOver() {
    assertThatThrownBy(() -> schedule(3, 56, 7, 7))
        .hasMessageContaining("the champion would be judged on days it was fitted on");
    assertThatThrownBy(() -> schedule(7, 7, 7, 7)).hasMessageContaining("`window` is PT168H");
  }

  private static RetrainSchedule schedule(int every, int window, int test, int maturity) {
    return new RetrainSchedule(
        GO_LIVE,
        Duration.ofDays(every),
        Duration.ofDays(window),
        Duration.ofDays(test),
        Duration.ofDays(maturity));
  }
}
