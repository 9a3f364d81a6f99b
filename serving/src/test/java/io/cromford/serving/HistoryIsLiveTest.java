package io.cromford.serving;

import static org.assertj.core.api.Assertions.assertThat;

import io.cromford.core.Cases;
import io.cromford.core.Progress;
import io.cromford.features.engine.HistoryDriver;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// History is live: the same records in the same order give the same bits, whichever way they come.
class HistoryIsLiveTest {
  private static final int CASES = 3;

  @TempDir private Path folder;

  /// The rows as they are served, with what training knows of them.
  private record Served(long ordinal, ServedFeatures.Facts facts, List<Double> features) {}

  @Test
  void servesTheSameBitsLiveAfterARestartAndInHistory() {
    Cases.check(
        CASES,
        random -> {
          Path place = Files.createDirectory(folder.resolve("case-" + random.nextLong()));
          Workshop workshop = new Workshop(place).write(untidy(random));
          List<Served> live;
          try (Factory factory = workshop.open()) {
            workshop.runLive(
                factory,
                arrival -> {
                  if (random.nextInt(20) == 0) {
                    correct(factory, random);
                  }
                });
            live = served(factory);
            assertThat(factory.parity(Progress.SILENT).mismatches()).isZero();
          }
          try (Factory again = workshop.open()) {
            again.buildFeatures(Progress.SILENT);
            assertThat(served(again)).isEqualTo(live);
          }
          assertThat(live).hasSizeGreaterThan(1500);
        });
  }

  /// More rows at once than a batch of the driver holds twice over, so that the ring of their facts
  /// goes round.
  @Test
  void keepsEachRowsFactsWithItsFeatures() {
    List<String> rows = new ArrayList<>();
    SplittableRandom random = new SplittableRandom(9);
    int count = 5 * HistoryDriver.MAX_BATCH_ROWS + 77;
    for (int id = 0; id < count; id++) {
      rows.add(
          String.format(
              Locale.ROOT,
              "%d,2018-04-%02d 00:%02d:%02d,%d,%d,%d.%02d,0",
              id,
              1 + id * 13 / count,
              id % 3600 / 60,
              id % 60,
              id % 1000,
              random.nextInt(12),
              id / 100,
              id % 100));
    }
    Collections.sort(rows, (a, b) -> a.split(",")[1].compareTo(b.split(",")[1]));
    try (Factory factory = new Workshop(folder).write(rows).open()) {
      try (var arrivals = factory.arrivals()) {
        factory.intake(arrivals, Progress.SILENT);
      }
      factory.buildFeatures(Progress.SILENT);
      List<Served> served = served(factory);
      assertThat(served).hasSize(count);
      assertThat(served)
          .allSatisfy(row -> {
            assertThat(row.facts().entity()).isEqualTo(row.facts().id() % 1000);
            assertThat(row.facts().amount()).isEqualTo(row.features().getFirst());
            assertThat(row.facts().amount()).isEqualTo(row.facts().id() / 100.0);
          });
    }
  }

  /// Payments with ties, rows that come late, and rows that come twice.
  private static List<String> untidy(SplittableRandom random) {
    List<String> rows = new ArrayList<>(Workshop.payments(random.nextLong()));
    int size = rows.size();
    for (int i = 1; i < size; i++) {
      switch (random.nextInt(12)) {
        case 0 -> rows.set(i, atTimeOf(rows.get(i), rows.get(i - 1)));
        case 1 -> Collections.swap(rows, i, Math.max(0, i - random.nextInt(200)));
        case 2 -> rows.add(rows.get(i));
        default -> {}
      }
    }
    return rows;
  }

  private static String atTimeOf(String row, String other) {
    String[] fields = row.split(",");
    fields[1] = other.split(",")[1];
    return String.join(",", fields);
  }

  /// Says of some payment that it was, or was not, a fraud after all.
  private static void correct(Factory factory, SplittableRandom random) {
    String id = Integer.toString(random.nextInt(1000));
    String truth = Boolean.toString(random.nextBoolean());
    Workshop.submit(factory, List.of(Workshop.live(factory, "chargebacks", id, truth)));
  }

  private static List<Served> served(Factory factory) {
    List<Served> all = new ArrayList<>();
    factory.readServed((ordinal, facts, values) -> {
      List<Double> features = new ArrayList<>();
      for (double value : values) {
        features.add(value);
      }
      all.add(new Served(ordinal, facts, features));
    });
    return all;
  }
}
