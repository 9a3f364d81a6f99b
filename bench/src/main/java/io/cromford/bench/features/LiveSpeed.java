package io.cromford.bench.features;

import io.cromford.core.Row;
import io.cromford.core.Schema;
import io.cromford.features.engine.EngineStatistics;
import io.cromford.features.engine.FeatureEngine;
import io.cromford.features.engine.HistoryDriver;
import io.cromford.features.engine.LiveDriver;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.SplittableRandom;

/// The fifteen features live, with many customers and terminals: payment by payment, or in the
/// groups in which an endpoint under load commits them. Either way a payment's features are those
/// at its arrival.
///
/// Payments are spread evenly over sixty days, and each one's outcome comes after seven; a share
/// can come up to two days late. Processor time of the thread; the figures of the last tenths
/// count, when windows and caches are full.
public final class LiveSpeed {
  private static final long SPAN_MILLIS = Duration.ofDays(60).toMillis();
  private static final long DELAY_MILLIS = Duration.ofDays(7).toMillis();
  private static final int LATEST_MILLIS = (int) Duration.ofDays(2).toMillis();
  private static final long START_MILLIS = 1_500_000_000_000L;
  private static final int PARTS = 10;

  private final int keys;
  private final int payments;
  private final int latePermille;
  private final int group;
  private final PrintStream out;
  private final SplittableRandom random = new SplittableRandom(1);
  private final Row row = new Row(FeatureText.schema(false));
  private final Row outcome = new Row(Schema.of(FeatureText.FRAUD));
  private final long[] times;
  private int known;
  private double checksum;

  private LiveSpeed(int[] numbers, PrintStream out) {
    this.keys = numbers[0];
    this.payments = numbers[1];
    this.latePermille = numbers[2];
    this.group = numbers[3];
    this.out = out;
    this.times = new long[payments];
  }

  /// Runs the measurement.
  ///
  /// @param arguments keys of each kind, payments, how many of a thousand come late, and payments a
  ///   group
  public static void main(String[] arguments) throws IOException {
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    if (arguments.length != 4) {
      out.println("usage: LiveSpeed KEYS PAYMENTS LATE-PERMILLE GROUP");
      return;
    }
    new LiveSpeed(Arrays.stream(arguments).mapToInt(Integer::parseInt).toArray(), out).run();
  }

  private void run() throws IOException {
    Path scratch = Files.createTempDirectory("cromford-live");
    try (FeatureEngine engine = FeatureEngine.open(FeatureText.overOutcomes(), scratch)) {
      Fold fold = group == 1 ? single(new LiveDriver(engine)) : grouped(engine);
      int from = 0;
      for (int part = 1; part <= PARTS; part++) {
        int to = (int) ((long) payments * part / PARTS);
        long start = threadNanos();
        for (int i = from; i < to; i++) {
          observe(fold, i);
        }
        out.printf(
            Locale.ROOT,
            "payments up to %,d: %d ns of CPU each%n",
            to,
            (threadNanos() - start) / (to - from));
        from = to;
      }
      report(engine.statistics());
    }
    Files.delete(scratch);
  }

  private interface Fold {
    void observe(Row payment, long eventMillis);

    void outcome(long ordinal, Row itsOutcome);
  }

  private Fold single(LiveDriver driver) {
    return new Fold() {
      @Override
      public void observe(Row payment, long eventMillis) {
        checksum += driver.observe(payment, eventMillis)[5];
      }

      @Override
      public void outcome(long ordinal, Row itsOutcome) {
        driver.outcome(ordinal, itsOutcome);
      }
    };
  }

  private Fold grouped(FeatureEngine engine) {
    HistoryDriver driver =
        new HistoryDriver(
            engine,
            (first, rows, features) -> {
              for (int i = 0; i < rows; i++) {
                checksum += features[i * engine.featureCount() + 5];
              }
            });
    return new Fold() {
      private int pending;

      @Override
      public void observe(Row payment, long eventMillis) {
        driver.observe(payment, eventMillis);
        pending++;
        if (pending == group) {
          driver.flush();
          pending = 0;
        }
      }

      @Override
      public void outcome(long ordinal, Row itsOutcome) {
        driver.outcome(ordinal, itsOutcome);
      }
    };
  }

  private void observe(Fold fold, int payment) {
    long front = START_MILLIS + (long) ((double) payment / payments * SPAN_MILLIS);
    boolean late = random.nextInt(1000) < latePermille;
    times[payment] = late ? front - random.nextInt(LATEST_MILLIS) : front;
    while (times[known] + DELAY_MILLIS <= front) {
      outcome.setBoolean(0, random.nextInt(100) == 0);
      fold.outcome(known, outcome);
      known++;
    }
    row.setSlot(0, payment);
    row.setSlot(1, times[payment]);
    row.setSlot(2, random.nextInt(keys));
    row.setSlot(3, random.nextInt(keys));
    row.setSlot(4, random.nextInt(20_000));
    fold.observe(row, times[payment]);
  }

  private void report(EngineStatistics statistics) {
    EngineStatistics.Memory memory = statistics.memory();
    long found = statistics.counts().keys();
    out.printf(
        Locale.ROOT,
        "%,d keys, %.1f bytes of heap a key; late heaps %,d bytes, windows %,d, pages %,d%n",
        found,
        memory.bytesPerKey(found),
        memory.lateBytes(),
        memory.windowBytes(),
        memory.pageBytes());
    out.println("checksum " + checksum);
  }

  private static long threadNanos() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
  }
}
