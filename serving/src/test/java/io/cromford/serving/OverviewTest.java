package io.cromford.serving;

import static org.assertj.core.api.Assertions.assertThat;

import io.cromford.flywheel.OpenWeek;
import io.cromford.intake.ArrivalStream;
import io.cromford.intake.Arrived;
import io.cromford.serving.FactoryOverview.Need;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class OverviewTest {
  @TempDir private Path folder;

  private static FactoryOverview after(Factory factory, int decisions) {
    FactoryOverview overview = factory.overview();
    while (decided(overview) != decisions) {
      overview = factory.overview();
    }
    return overview;
  }

  private static int decided(FactoryOverview overview) {
    return overview.weeks().open().stream().mapToInt(week -> week.payments().decisions()).sum()
        + overview.weeks().closed().stream().mapToInt(week -> week.counts().decisions()).sum();
  }

  @Test
  void agreesWithTheReportAndSaysWhatAPersonIsNeededFor() {
    Workshop workshop = new Workshop(folder).write(Workshop.payments(1));
    try (Factory factory = workshop.open();
        ArrivalStream arrivals = factory.arrivals()) {
      assertThat(factory.overview().service().champion()).isEmpty();
      for (Arrived next = Workshop.build(factory, arrivals); next != null; next = arrivals.next()) {
        Workshop.submit(factory, List.of(Workshop.submission(next)));
      }
      FactoryOverview overview = after(factory, (int) factory.status().decisions());
      FactoryReport report = factory.report();

      assertThat(overview.subject().currency()).isEqualTo("EUR");
      assertThat(overview.service().champion().orElseThrow().model())
          .isEqualTo(factory.status().champion());
      assertThat(overview.sources())
          .allSatisfy(source ->
              assertThat(source.accepted())
                  .isEqualTo(report.intake().get(source.name()).accepted()));
      assertThat(overview.weeks().open().stream().map(OpenWeek::number))
          .containsExactlyElementsOf(
              report.live().open().stream().map(FactoryReport.Open::week).toList());
      assertThat(overview.weeks().open())
          .allSatisfy(week ->
              assertThat(week.saved().atLeast()).isLessThanOrEqualTo(week.saved().atMost()));
      assertThat(overview.volume().bytes()).isEqualTo(factory.status().ledgerBytes());
      assertThat(overview.volume().bytesADay()).isBetween(1_000L, overview.volume().bytes());
      assertThat(overview.volume().freeBytes()).isPositive();

      factory.freeze("an audit", "ada");
      FactoryOverview frozen = factory.overview();
      while (frozen.service().brake().isEmpty()) {
        frozen = factory.overview();
      }
      assertThat(frozen.needs())
          .extracting(Need::kind, Need::severity, Need::text)
          .contains(
              org.assertj.core.groups.Tuple.tuple(
                  "brake", "info", "The flywheel is frozen by ada: an audit"));
    }
  }

  @Test
  void saysHowLongLiveBatchesTook() {
    Workshop workshop = new Workshop(folder).write(Workshop.payments(1));
    try (Factory factory = workshop.open();
        ArrivalStream arrivals = factory.arrivals()) {
      Arrived next = Workshop.build(factory, arrivals);
      Workshop.submit(factory, List.of(Workshop.submission(next)));
      assertThat(factory.overview().service().latencyMicros()).as("a replay").isZero();
      factory.goOn();
      Workshop.submit(factory, List.of(Workshop.submission(arrivals.next())));
      FactoryOverview overview = factory.overview();
      while (overview.service().latencyMicros() == 0) {
        overview = factory.overview();
      }
      assertThat(overview.service().latencyMicros()).isPositive();
    }
  }

  /// Also while nothing comes in: a page that looks on a factory at rest sees its clock go on.
  @Test
  void showsWhatTimeItIsThoughNothingHappens() {
    Workshop workshop = new Workshop(folder).write(Workshop.payments(1));
    try (Factory factory = workshop.open();
        ArrivalStream arrivals = factory.arrivals()) {
      Workshop.build(factory, arrivals);
      long last = factory.status().clockMillis();
      workshop.wall().set(workshop.wall().millis() + 5_000);
      assertThat(factory.status().clockMillis()).as("files are replayed").isEqualTo(last);
      factory.goOn();
      workshop.wall().set(workshop.wall().millis() + 5_000);
      assertThat(factory.status().clockMillis()).isEqualTo(last + 5_000);
      workshop.wall().set(workshop.wall().millis() - 3_600_000);
      assertThat(factory.status().clockMillis()).as("set back").isBetween(last, last + 5_000);
      assertThat(factory.status().replaying()).isFalse();
    }
  }

  /// What is told is a fold: a restart tells the same, and it is what the ledger's file tells.
  @Test
  void tellsTheSameHistoryAfterARestart() {
    Workshop workshop = new Workshop(folder).write(Workshop.payments(1));
    List<FactoryHistory.Entry> told;
    try (Factory factory = workshop.open();
        ArrivalStream arrivals = factory.arrivals()) {
      for (Arrived next = Workshop.build(factory, arrivals); next != null; next = arrivals.next()) {
        Workshop.submit(factory, List.of(Workshop.submission(next)));
      }
      factory.freeze("an audit", "ada");
      told = factory.history();
      while (!told.getLast().what().equals("frozen")) {
        told = factory.history();
      }
    }
    assertThat(told).isEqualTo(FactoryHistory.of(workshop.state()).entries());
    try (Factory factory = workshop.open()) {
      assertThat(factory.history()).isEqualTo(told);
    }
  }

  @Test
  void saysWhenTheDiskIsNearlyFull() {
    FactoryOverview calm =
        new FactoryOverview(
            FactoryOverview.NONE.subject(),
            FactoryOverview.NONE.service(),
            List.of(),
            FactoryOverview.Weeks.NONE,
            new FactoryOverview.Volume(1_000, 100, 0, -1, -1),
            List.of(),
            List.of());
    assertThat(calm.on(100_000, 200_000).needs()).isEmpty();
    assertThat(calm.on(1_000, 200_000).needs())
        .extracting(Need::severity, Need::text)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple(
                "warning", "The disk is full in 10.0 days if the ledger goes on as it does"));
    assertThat(calm.on(0, 200_000).needs()).extracting(Need::severity).containsExactly("critical");
  }
}
