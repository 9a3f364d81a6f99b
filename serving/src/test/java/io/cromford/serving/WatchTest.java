package io.cromford.serving;

import static org.assertj.core.api.Assertions.assertThat;

import io.cromford.intake.ArrivalStream;
import io.cromford.intake.Arrived;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class WatchTest {
  private static final String BREAKS = "2018-04-26";

  @TempDir Path folder;

  private Workshop workshop() {
    return new Workshop(folder).withFactory("label: {", "segments: {small: amount < 50}\nlabel: {");
  }

  /// Payments of which those from a day on are changed.
  private static List<String> from(String day, UnaryOperator<String[]> change) {
    List<String> rows = new ArrayList<>();
    for (String row : Workshop.payments(7)) {
      String[] cells = row.split(",");
      rows.add(cells[1].compareTo(day) >= 0 ? String.join(",", change.apply(cells)) : row);
    }
    return rows;
  }

  private static String[] inCents(String[] cells) {
    cells[4] = String.format(Locale.ROOT, "%.2f", 100 * Double.parseDouble(cells[4]));
    return cells;
  }

  private static MonitorsView.Line line(MonitorsView view, String key) {
    return view.monitors().stream()
        .filter(line -> line.key().equals(key))
        .findFirst()
        .orElseThrow(() -> new AssertionError(key + " is none of " + view.monitors()));
  }

  /// Takes in the history, trains, and replays so many records at most, all at once.
  ///
  /// @return whether there are no more
  private static boolean run(Factory factory, int most) {
    try (ArrivalStream arrivals = factory.arrivals()) {
      Arrived next = Workshop.build(factory, arrivals);
      List<Submission> batch = new ArrayList<>();
      for (int i = 0; i < most && next != null; i++) {
        batch.add(Workshop.submission(next));
        next = arrivals.next();
      }
      Workshop.submit(factory, batch);
      return next == null;
    }
  }

  @Test
  void findsAnotherUnitAndSaysSoOnce() {
    Workshop workshop = workshop().write(from(BREAKS, WatchTest::inCents));
    try (Factory factory = workshop.open()) {
      run(factory, Integer.MAX_VALUE);
      assertThat(factory.report().monitors().alarms())
          .filteredOn(alarm -> alarm.monitor().equals("out-of-range/amount"))
          .singleElement()
          .satisfies(alarm -> {
            assertThat(alarm.at()).startsWith("2018-04-27");
            assertThat(alarm.message()).contains("Maybe its unit changed");
          });
      assertThat(line(factory.monitors(), "out-of-range/amount").state()).isEqualTo("alarm");
      assertThat(factory.monitorAlarms()).isPositive();
      assertThat(factory.report().training().alarms())
          .as("a section of its own")
          .noneMatch(alarm -> alarm.message().contains("out of range"));
    }
  }

  @Test
  void aQuietFactoryRaisesNoneAndKnowsWhatStillFillsUp() {
    Workshop workshop = workshop().write(Workshop.payments(7));
    try (Factory factory = workshop.open()) {
      run(factory, Integer.MAX_VALUE);
      MonitorsView view = factory.monitors();
      assertThat(factory.report().monitors().alarms()).isEmpty();
      assertThat(line(view, "missing-share/amount").state()).isEqualTo("ok");
      assertThat(line(view, "volume/payments").value()).isEqualTo(60);
      assertThat(line(view, "missing-share/terminal_frauds").state()).isEqualTo("learning");
      assertThat(line(view, "segment-share/small").state()).isEqualTo("learning");
      assertThat(view.estimates())
          .isNotEmpty()
          .allSatisfy(estimate -> assertThat(estimate.estimated().positives()).isPositive());
      assertThat(view.estimates().getFirst().truth()).isNotNull();
    }
  }

  @Test
  void aFactoryThatStoppedInTheMiddleOfADayCountsTheSame() {
    Workshop workshop = workshop().write(Workshop.payments(7));
    MonitorsView whole;
    try (Factory factory = workshop.open()) {
      run(factory, Integer.MAX_VALUE);
      whole = factory.monitors();
    }
    assertThat(MonitorsView.read(workshop.checked(), workshop.state()).monitors())
        .as("read from the ledger")
        .isEqualTo(whole.monitors());
    Workshop again = new Workshop(folder.resolve("again"));
    assertThat(folder.resolve("again").toFile().mkdirs()).isTrue();
    again
        .withFactory("label: {", "segments: {small: amount < 50}\nlabel: {")
        .write(Workshop.payments(7));
    int stops = 0;
    boolean isOver = false;
    while (!isOver) {
      try (Factory factory = again.open()) {
        isOver = run(factory, 501);
        stops++;
        if (isOver) {
          assertThat(factory.monitors()).isEqualTo(whole);
        }
      }
    }
    assertThat(stops).isGreaterThan(2);
  }

  @Test
  @Timeout(30)
  void aDayEndsWithoutARecordOnceTheClockRuns() {
    Workshop workshop = workshop().write(Workshop.payments(7));
    try (Factory factory = workshop.open()) {
      Workshop.goLive(factory);
      String before = factory.monitors().day();
      workshop.pass(Duration.ofDays(1));
      long bytes = factory.status().ledgerBytes();
      while (factory.status().ledgerBytes() == bytes) {
        Thread.onSpinWait();
      }
      assertThat(factory.monitors().day()).isGreaterThan(before);
    }
  }
}
