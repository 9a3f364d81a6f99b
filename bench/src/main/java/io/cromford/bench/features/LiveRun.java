package io.cromford.bench.features;

import io.cromford.core.Row;
import io.cromford.core.Schema;
import io.cromford.features.engine.FeatureEngine;
import io.cromford.features.engine.HistoryDriver;
import io.cromford.features.engine.LiveDriver;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.SplittableRandom;

/// One live fold: payment by payment, or in groups. Either way a payment's features are those at
/// its arrival.
///
/// Payments are spread evenly over sixty days, and each one's outcome comes after seven. The last
/// tenths count, when windows and caches are full.
final class LiveRun {
  private static final long SPAN_MILLIS = Duration.ofDays(60).toMillis();
  private static final long DELAY_MILLIS = Duration.ofDays(7).toMillis();
  private static final long START_MILLIS = 1_500_000_000_000L;
  private static final int PARTS = 10;
  private static final int COUNTED = 4;

  private final LiveCase live;
  private final SplittableRandom random = new SplittableRandom(1);
  private final Row row = new Row(FeatureText.schema(false));
  private final Row outcome = new Row(Schema.of(FeatureText.FRAUD));
  private final long[] times;
  private int known;
  private double checksum;

  private LiveRun(LiveCase live) {
    this.live = live;
    this.times = new long[live.payments()];
  }

  /// Folds a case.
  static LiveFigures of(LiveCase live) throws IOException {
    return new LiveRun(live).run();
  }

  private LiveFigures run() throws IOException {
    Path scratch = Files.createTempDirectory("cromford-live");
    try (FeatureEngine engine = FeatureEngine.open(FeatureText.overOutcomes(live.sql()), scratch)) {
      Fold fold = live.group() == 1 ? single(new LiveDriver(engine)) : grouped(engine);
      int counted = live.payments() / PARTS * COUNTED;
      int first = live.payments() - counted;
      observe(fold, 0, first);
      long start = threadNanos();
      observe(fold, first, live.payments());
      double nanos = (threadNanos() - start) / (double) counted;
      if (Double.isInfinite(checksum)) {
        throw new IllegalStateException("a feature is infinite");
      }
      return new LiveFigures(live, nanos, engine.statistics());
    } finally {
      Files.delete(scratch);
    }
  }

  private void observe(Fold fold, int from, int to) {
    for (int i = from; i < to; i++) {
      observe(fold, i);
    }
  }

  private interface Fold {
    void observe(Row payment, long eventMillis);

    void outcome(long ordinal, Row itsOutcome);
  }

  private Fold single(LiveDriver driver) {
    return new Fold() {
      @Override
      public void observe(Row payment, long eventMillis) {
        checksum += driver.observe(payment, eventMillis)[0];
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
                checksum += features[i * engine.featureCount()];
              }
            });
    return new Fold() {
      private int pending;

      @Override
      public void observe(Row payment, long eventMillis) {
        driver.observe(payment, eventMillis);
        pending++;
        if (pending == live.group()) {
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
    long front = START_MILLIS + (long) ((double) payment / live.payments() * SPAN_MILLIS);
    boolean late = random.nextInt(1000) < live.lateness().permille();
    times[payment] = late ? front - random.nextLong(live.lateness().most().toMillis()) : front;
    while (times[known] + DELAY_MILLIS <= front) {
      outcome.setBoolean(0, random.nextInt(100) == 0);
      fold.outcome(known, outcome);
      known++;
    }
    row.setSlot(0, payment);
    row.setSlot(1, times[payment]);
    row.setSlot(2, random.nextInt(live.keys()));
    row.setSlot(3, random.nextInt(live.keys()));
    row.setSlot(4, random.nextInt(20_000));
    fold.observe(row, times[payment]);
  }

  private static long threadNanos() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
  }
}
