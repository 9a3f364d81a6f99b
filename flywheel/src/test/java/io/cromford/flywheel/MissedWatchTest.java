package io.cromford.flywheel;

import static org.assertj.core.api.Assertions.assertThat;

import io.cromford.training.Scored;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;

final class MissedWatchTest {
  private static final long DAY = Scored.DAY_MILLIS;

  private static int poisson(SplittableRandom random, double mean) {
    int count = 0;
    for (double product = random.nextDouble();
        product > Math.exp(-mean);
        product *= random.nextDouble()) {
      count++;
    }
    return count;
  }

  /// Days with so many missed on average, each closed at its end; gives the first rise.
  private static Optional<MissedWatch.Rise> run(long seed, int days, IntToDoubleFunction mean) {
    SplittableRandom random = new SplittableRandom(seed);
    MissedWatch watch = new MissedWatch(0, Duration.ofDays(28));
    for (int day = 0; day < days; day++) {
      for (int left = poisson(random, mean.applyAsDouble(day)); left > 0; left--) {
        watch.missed(day * DAY + left);
      }
      Optional<MissedWatch.Rise> rise =
          watch.close((day + 1) * DAY, Duration.ZERO, _ -> Maturity.Verdict.NOTHING_DUE);
      if (rise.isPresent()) {
        return Optional.of(
            new MissedWatch.Rise(day, rise.get().knownMillis(), rise.get().message()));
      }
    }
    return Optional.empty();
  }

  @Test
  void speaksWithinDaysOfARise() {
    int late = 0;
    for (int seed = 0; seed < 100; seed++) {
      Optional<MissedWatch.Rise> rise = run(seed, 60, day -> day < 40 ? 20 : 36);
      assertThat(rise).as("seed %d", seed).isPresent();
      assertThat(rise.get().message()).contains(" frauds were missed, where ");
      late += rise.get().sinceDay() < 40 || rise.get().sinceDay() > 44 ? 1 : 0;
    }
    assertThat(late).as("early or late").isLessThanOrEqualTo(12);
  }

  @Test
  void seldomSpeaksByChance() {
    int alarms = 0;
    for (int seed = 0; seed < 100; seed++) {
      alarms += run(seed, 365, _ -> 20).isPresent() ? 1 : 0;
    }
    assertThat(alarms).as("in a hundred years").isLessThan(90);
  }

  @Test
  void saysNothingAboutDaysWithoutOutcomes() {
    MissedWatch watch = new MissedWatch(0, Duration.ofDays(28));
    Maturity.Verdict silent =
        new Maturity.Verdict(List.of(), List.of(20L, 21L, 22L), Optional.empty());
    for (int day = 0; day < 40; day++) {
      for (int i = 0; i < (day >= 20 && day < 23 ? 500 : 20); i++) {
        watch.missed(day * DAY);
      }
      assertThat(watch.close((day + 1) * DAY, Duration.ZERO, _ -> silent))
          .as("day %d", day)
          .isEmpty();
    }
    assertThat(watch.nextMillis(Duration.ofDays(7))).isEqualTo(48 * DAY);
  }

  /// A rise that was taken back before its days were mature is none; one taken back later was.
  @Test
  void forgetsWhatWasTakenBackBeforeItsDayWasMature() {
    for (boolean inTime : new boolean[] {true, false}) {
      MissedWatch watch = new MissedWatch(0, Duration.ofDays(28));
      boolean spoke = false;
      for (int day = 0; day < 40; day++) {
        for (int i = 0; i < (day < 30 ? 20 : 60); i++) {
          watch.missed(day * DAY);
        }
        for (int i = 0; i < 40 && day >= 30 && inTime; i++) {
          watch.notMissed(day * DAY);
        }
        spoke |=
            watch
                .close((day + 1) * DAY, Duration.ZERO, _ -> Maturity.Verdict.NOTHING_DUE)
                .isPresent();
        watch.notMissed(day * DAY);
      }
      assertThat(spoke).isEqualTo(!inTime);
    }
  }

  @Test
  void isSilentAfterItSpokeAndThenKnowsTheNewUsual() {
    MissedWatch watch = new MissedWatch(0, Duration.ofDays(28));
    int alarms = 0;
    for (int day = 0; day < 200; day++) {
      for (int i = 0; i < (day < 40 ? 20 : 60); i++) {
        watch.missed(day * DAY);
      }
      alarms +=
          watch.close((day + 1) * DAY, Duration.ZERO, _ -> Maturity.Verdict.NOTHING_DUE).isPresent()
              ? 1
              : 0;
    }
    assertThat(alarms).isEqualTo(1);
  }
}
