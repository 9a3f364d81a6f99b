package io.cromford.serving;

import static org.assertj.core.api.Assertions.assertThat;

import io.cromford.core.Progress;
import io.cromford.intake.ArrivalStream;
import io.cromford.intake.Arrived;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Outcomes that lie in a file and arrive after its last observation.
class LateOutcomesTest {
  @TempDir private Path folder;

  /// Replays all but the outcomes that come after the last observation.
  private static @Nullable Arrived replay(Factory factory, ArrivalStream arrivals) {
    Arrived next = Workshop.build(factory, arrivals);
    while (next != null && (next.source().isObservation() || arrivals.hasObservations())) {
      Workshop.submit(factory, List.of(Workshop.submission(next)));
      next = arrivals.next();
    }
    return next;
  }

  private static @Nullable Arrived takeDue(
      Factory factory, ArrivalStream arrivals, @Nullable Arrived first) {
    Arrived next = first;
    while (next != null && factory.takeIfDue(next)) {
      next = factory.next(arrivals);
    }
    return next;
  }

  @Test
  void arriveOnTheRunningClockAndOnlyOnce() {
    Workshop workshop = new Workshop(folder).write(Workshop.payments(1));
    try (Factory factory = workshop.open();
        ArrivalStream arrivals = factory.arrivals()) {
      Arrived left = replay(factory, arrivals);
      assertThat(factory.status().observations()).isEqualTo(1680);
      assertThat(factory.status().outcomes()).isEqualTo(1560);
      factory.goOn();
      assertThat(takeDue(factory, arrivals, left)).isSameAs(left);
      workshop.pass(Duration.ofDays(1));
      assertThat(takeDue(factory, arrivals, left)).isNotNull();
      assertThat(factory.status().outcomes()).isBetween(1610L, 1630L);
    }
    try (Factory factory = workshop.open();
        ArrivalStream arrivals = factory.arrivals()) {
      Arrived left = replay(factory, arrivals);
      factory.goOn();
      workshop.pass(Duration.ofDays(2));
      assertThat(takeDue(factory, arrivals, left)).isNull();
      assertThat(factory.status().outcomes()).isEqualTo(1680);
      assertThat(factory.status().duplicates()).isZero();
      assertThat(factory.parity(Progress.SILENT).mismatches()).isZero();
    }
  }
}
