package io.cromford.serving;

import static org.assertj.core.api.Assertions.assertThat;

import io.cromford.flywheel.RetrainSchedule;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class CadenceTest {
  private static final long DAY = Duration.ofDays(1).toMillis();

  private final Cadence cadence =
      new Cadence(
          new RetrainSchedule.Haste(
              Duration.ofDays(1),
              Duration.ofDays(3),
              0.99,
              Duration.ofHours(6),
              Duration.ofDays(28),
              3));

  private void boundary(long day, boolean won) {
    cadence.take(
        new Control.Judged(day * DAY, "b", "a", 0.5, 0.5, 0, 100, List.of(), won, "reason"));
    cadence.take(new Control.BoundaryPassed(day * DAY));
  }

  @Test
  void isInHasteUntilSoManyChallengersInARowHaveLost() {
    boundary(1, false);
    boundary(2, false);
    cadence.take(new Control.Hastened(3 * DAY, 31 * DAY, "more is missed", null));
    boundary(4, false);
    boundary(5, false);
    boundary(6, true);
    boundary(7, false);
    boundary(8, false);
    assertThat(cadence.isHasty(9 * DAY)).as("what was lost before a win does not count").isTrue();
    boundary(9, false);
    assertThat(cadence.isHasty(9 * DAY)).isTrue();
    assertThat(cadence.isHasty(9 * DAY + 1)).isFalse();
    cadence.take(new Control.Hastened(10 * DAY, 38 * DAY, "more is missed", null));
    boundary(11, false);
    assertThat(cadence.isHasty(12 * DAY)).as("the next alarm begins anew").isTrue();
  }
}
