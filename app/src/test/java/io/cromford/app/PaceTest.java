package io.cromford.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cromford.core.CromfordException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class PaceTest {
  private static final long START = 1_525_564_800_000L;

  private long nanos = 42;

  @Test
  void sendsARecordWhenItsTimeHasCome() {
    Pace pace = Pace.of(60.0, () -> nanos);
    assertThat(pace.early(START)).isZero();
    assertThat(pace.early(START + 60_000)).isEqualTo(Duration.ofSeconds(1));
    nanos += 600_000_000;
    assertThat(pace.early(START + 60_000)).isEqualTo(Duration.ofMillis(400));
    nanos += 500_000_000;
    assertThat(pace.early(START + 60_000)).isZero();
  }

  @Test
  void leavesOutWaitsTooShortForABatch() {
    Pace pace = Pace.of(1.0, () -> nanos);
    assertThat(pace.early(START)).isZero();
    assertThat(pace.early(START + 19)).isZero();
    assertThat(pace.early(START + 20)).isEqualTo(Duration.ofMillis(20));
  }

  @Test
  void isAsFastAsItGoesIfNotToldOtherwise() {
    Pace pace = Pace.of(null, () -> nanos);
    assertThat(pace.early(START)).isZero();
    assertThat(pace.early(Long.MAX_VALUE)).isZero();
  }

  @Test
  void refusesToStand() {
    for (double factor : new double[] {0, -1, Double.NaN}) {
      assertThatThrownBy(() -> Pace.of(factor, () -> nanos))
          .isInstanceOf(CromfordException.class)
          .hasMessageContaining("never ends.\nMaybe --speed 1");
    }
  }
}
