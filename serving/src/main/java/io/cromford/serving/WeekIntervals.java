package io.cromford.serving;

import io.cromford.core.CromfordException;
import io.cromford.flywheel.WeekRanges;
import io.cromford.flywheel.WeekSample;
import io.cromford.flywheel.WeeklyLedger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;

/// The intervals of the weeks that people look at all day: those that are not mature, and the last
/// that are. They are worked out by a thread of their own when somebody asks, at most every half a
/// minute, and whoever asks meanwhile gets the last ones. Any thread may ask.
final class WeekIntervals implements AutoCloseable {
  private static final long EVERY_NANOS = Duration.ofSeconds(30).toNanos();
  private static final int CLOSED_WEEKS = 3;
  private static final int REPLICATES = 200;
  private static final System.Logger LOG = System.getLogger(WeekIntervals.class.getName());

  private final Folds folds;
  private final Owner owner;
  private final long seed;
  private final AtomicBoolean reckoning = new AtomicBoolean();
  private final ExecutorService worker =
      Executors.newSingleThreadExecutor(Thread.ofPlatform().daemon().name("intervals").factory());
  private volatile Map<Integer, WeekRanges> last = Map.of();
  private volatile long nextNanos = System.nanoTime();

  /// @param seed of the resampling
  WeekIntervals(Folds folds, Owner owner, long seed) {
    this.folds = folds;
    this.owner = owner;
    this.seed = seed;
  }

  /// By week, from 1; without a week that was not worked out yet.
  Map<Integer, WeekRanges> get() {
    if (System.nanoTime() - nextNanos >= 0 && reckoning.compareAndSet(false, true)) {
      try {
        worker.execute(this::reckon);
      } catch (RejectedExecutionException _) {
        reckoning.set(false);
      }
    }
    return last;
  }

  private void reckon() {
    try {
      Map<Integer, WeekRanges> ranges = new TreeMap<>();
      for (WeekSample week : samples()) {
        ranges.put(week.number(), week.ranges(seed, REPLICATES));
      }
      last = ranges;
    } catch (CromfordException e) {
      LOG.log(System.Logger.Level.DEBUG, "intervals are not reckoned: {0}", e.getMessage());
    } finally {
      nextNanos = System.nanoTime() + EVERY_NANOS;
      reckoning.set(false);
    }
  }

  private List<WeekSample> samples() {
    return owner.look(() -> {
      folds.require();
      WeeklyLedger weeks = folds.state().weeks();
      if (weeks == null) {
        return List.of();
      }
      List<WeekSample> samples = new ArrayList<>(weeks.openSamples());
      int closed = weeks.weeks().size();
      for (int week = Math.max(1, closed - CLOSED_WEEKS + 1); week <= closed; week++) {
        weeks.sample(week).ifPresent(samples::add);
      }
      return samples.stream().filter(week -> week.size() > 0).toList();
    });
  }

  @Override
  public void close() {
    worker.shutdownNow();
  }
}
