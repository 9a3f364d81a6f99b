package io.cromford.serving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cromford.core.CromfordException;
import io.cromford.intake.ArrivalStream;
import io.cromford.intake.Arrived;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BrakeTest {
  private static final Instant FROZEN = Instant.parse("2018-04-20T00:00:00Z");
  private static final Instant RESUMED = Instant.parse("2018-04-26T00:00:00Z");

  private static final Instant LAST = Instant.parse("2018-05-10T00:00:00Z");

  @TempDir private Path folder;

  /// Hands in what comes before a moment, the first record behind it included.
  private static Arrived until(Factory factory, ArrivalStream arrivals, Arrived first, Instant at) {
    Arrived next = first;
    while (next != null && next.arrivalMillis() < at.toEpochMilli()) {
      Workshop.submit(factory, List.of(Workshop.submission(next)));
      next = arrivals.next();
    }
    return next;
  }

  private static List<String> judgedAt(FactoryReport report) {
    return report.training().judgements().stream().map(FactoryReport.Judgement::at).toList();
  }

  @Test
  void trainsNothingWhileItIsFrozenAlsoAfterARestart() {
    Workshop workshop = new Workshop(folder).write(Workshop.payments(1));
    try (Factory factory = workshop.open();
        ArrivalStream arrivals = factory.arrivals()) {
      until(factory, arrivals, Workshop.build(factory, arrivals), FROZEN);
      factory.freeze("an audit", "ada");
      assertThat(ModelHistory.of(folder.resolve("state")).brake().orElseThrow().by())
          .isEqualTo("ada");
    }
    try (Factory factory = workshop.open();
        ArrivalStream arrivals = factory.arrivals()) {
      Arrived next = until(factory, arrivals, Workshop.build(factory, arrivals), RESUMED);
      FactoryReport frozen = factory.report();
      assertThat(judgedAt(frozen)).containsExactly("2018-04-18T00:00:00Z");
      assertThat(frozen.training().skipped())
          .extracting(FactoryReport.Skip::at)
          .containsExactly("2018-04-21T00:00:00Z", "2018-04-24T00:00:00Z");
      assertThat(frozen.training().skipped())
          .extracting(FactoryReport.Skip::reason)
          .allMatch(reason -> reason.contains("the flywheel is frozen, since 2018-04-19T"))
          .allMatch(reason -> reason.endsWith(" by ada: an audit"));
      factory.resume("the audit is over", "grace");
      until(factory, arrivals, next, LAST);
      assertThat(judgedAt(factory.report()))
          .containsExactly("2018-04-18T00:00:00Z", "2018-04-27T00:00:00Z", "2018-04-30T00:00:00Z");
      assertThat(ModelHistory.of(folder.resolve("state")).brake()).isEmpty();
    }
  }

  @Test
  void lettingGoOnOrStoppingTwiceIsRefused() {
    Workshop workshop = new Workshop(folder).write(Workshop.payments(1));
    try (Factory factory = workshop.open()) {
      assertThatThrownBy(() -> factory.resume("why not", "ada"))
          .isInstanceOf(CromfordException.class)
          .hasMessageContaining("the flywheel is not frozen.\nMaybe ");
      assertThatThrownBy(() -> factory.freeze(" ", "ada")).hasMessageContaining("empty");
      factory.freeze("an audit", "ada");
      assertThatThrownBy(() -> factory.freeze("another", "grace"))
          .hasMessageContaining("frozen already, since ")
          .hasMessageContaining("by ada: an audit.\nMaybe ");
    }
  }

  @Test
  void aPersonMayStillChangeWhoServes() {
    Workshop workshop =
        new Workshop(folder)
            .withFactory("promote: auto", "promote: propose")
            .write(Workshop.payments(1));
    try (Factory factory = workshop.open()) {
      Workshop.run(factory);
      factory.freeze("an audit", "ada");
      Promotion promoted = factory.promote("", "it is needed", "grace");
      assertThat(factory.status().champion()).isEqualTo(promoted.model());
      assertThat(factory.rollBack("it is not", "grace").by()).isEqualTo("grace");
    }
  }
}
