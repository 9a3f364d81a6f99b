package io.cromford.serving;

import static org.assertj.core.api.Assertions.assertThat;

import io.cromford.core.Progress;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A factory in which, from some day on, many more frauds are missed.
class HasteTest {
  private static final int DAYS = 60;
  private static final int NEW_FROM = 40;
  private static final int PAYMENTS_A_DAY = 80;

  @TempDir private Path folder;

  /// One payment in sixteen is a large fraud; from the fortieth day on one in six is a small one.
  private static List<String> payments() {
    SplittableRandom random = new SplittableRandom(3);
    List<String> rows = new ArrayList<>();
    for (int id = 0; id < DAYS * PAYMENTS_A_DAY; id++) {
      int day = id / PAYMENTS_A_DAY;
      boolean large = random.nextInt(16) == 0;
      boolean small = !large && day >= NEW_FROM && random.nextInt(6) == 0;
      int cents = large ? 15_000 + random.nextInt(10_000) : random.nextInt(small ? 2000 : 14_000);
      rows.add(
          String.format(
              Locale.ROOT,
              "%d,%s,%d,%d,%d.%02d,%d",
              id,
              Workshop.START
                  .plusSeconds(id * (86_400L / PAYMENTS_A_DAY))
                  .toString()
                  .replace('T', ' '),
              random.nextInt(60),
              random.nextInt(12),
              cents / 100,
              cents % 100,
              large || small ? 1 : 0));
    }
    return rows;
  }

  private static List<Instant> boundaries(FactoryReport report) {
    List<Instant> at = new ArrayList<>();
    report.training().judgements().forEach(judged -> at.add(Instant.parse(judged.at())));
    report.training().skipped().forEach(skipped -> at.add(Instant.parse(skipped.at())));
    at.sort(null);
    return at;
  }

  @Test
  void raisesOneAlarmAndRetrainsDailyAlsoAfterARestart() {
    Workshop workshop =
        new Workshop(folder)
            .withFactory("alerts-per-day: 2", "alerts-per-day: 6")
            .withFactory("least-gain: 0}", "least-gain: 0.2}")
            .write(payments());
    FactoryReport report;
    try (Factory factory = workshop.open()) {
      Workshop.run(factory);
      report = factory.report();
    }
    List<FactoryReport.Alarm> missed =
        report.training().alarms().stream()
            .filter(alarm -> alarm.message().contains(" frauds were missed, where "))
            .toList();
    assertThat(missed).hasSize(1);
    FactoryReport.Alarm alarm = missed.getFirst();
    Instant raised = Instant.parse(alarm.at());
    Instant attack = Workshop.instant(Workshop.START.plusDays(NEW_FROM));
    assertThat(Duration.between(attack, raised)).isBetween(Duration.ofDays(3), Duration.ofDays(6));
    List<Instant> after = boundaries(report).stream().filter(at -> at.isAfter(raised)).toList();
    assertThat(after).hasSizeGreaterThan(5);
    assertThat(Duration.between(after.get(0), after.get(1))).isEqualTo(Duration.ofDays(1));
    try (Factory again = workshop.open()) {
      again.buildFeatures(Progress.SILENT);
      again.goOn();
      Workshop.submit(
          again,
          List.of(
              Workshop.live(again, "payments", "99999", "2018-05-30T23:59:00", "1", "1", "5.00")));
      assertThat(again.report().training().alarms()).isEqualTo(report.training().alarms());
    }
  }
}
