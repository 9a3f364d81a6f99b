package io.cromford.serving;

import io.cromford.core.CromfordException;
import io.cromford.flywheel.WeekEstimate;
import io.cromford.flywheel.WeekFigures;
import io.cromford.flywheel.WeekSample;
import io.cromford.flywheel.WeekSummary;
import io.cromford.flywheel.WeeklyLedger;
import io.cromford.flywheel.WhatIf;
import io.cromford.serving.definition.FactoryDefinition;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// What the weeks since go-live came to, for whoever asks.
///
/// The owning thread gives samples of the weeks, which costs it a byte a decision; all that takes
/// longer is worked out elsewhere and kept: intervals by a thread of its own, one week after the
/// other, the latest first. What is kept can be made again from the ledger. Any thread may ask.
final class WeekInsight implements AutoCloseable {
  private static final int MOST_WEEKS = 104;
  private static final long STEPS_A_WEEK = 40_000_000;
  private static final long STEPS_ALL = 400_000_000;
  private static final int LEAST_REPLICATES = 100;
  private static final int MOST_REPLICATES = 400;
  private static final int TRIED_WEEKS = 4;
  private static final long TRIED_ROWS = 1_000_000;
  private static final double[] TRIED = {
    0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1, 1.1, 1.25, 1.5, 1.75, 2, 2.5, 3, 4, 5
  };
  private static final System.Logger LOG = System.getLogger(WeekInsight.class.getName());

  private final FactoryDefinition definition;
  private final Folds folds;
  private final Owner owner;
  private final Map<Integer, Reckoned> reckoned = new ConcurrentHashMap<>();
  private final AtomicBoolean reckoning = new AtomicBoolean();
  private final ExecutorService worker =
      Executors.newSingleThreadExecutor(Thread.ofPlatform().daemon().name("insight").factory());
  private volatile @Nullable AllReckoned all;
  private volatile @Nullable Tried tried;

  WeekInsight(FactoryDefinition definition, Folds folds, Owner owner) {
    this.definition = definition;
    this.folds = folds;
    this.owner = owner;
  }

  /// A closed week as it stood.
  private record Key(int week, int late) {
    static Key of(WeekSummary week) {
      return new Key(week.number(), week.counts().lateOutcomes());
    }
  }

  /// @param figures absent where the week's rows are gone
  private record Reckoned(Key key, Optional<WeekFigures> figures) {}

  private record AllReckoned(List<Key> keys, WeeksView.Worth worth) {}

  private record Tried(List<Key> keys, int alertsPerDay, WhatIf whatIf) {}

  /// What the owning thread gives.
  private record Look(
      long atMillis,
      int alertsPerDay,
      List<WeekSummary> closed,
      Map<Integer, WeekEstimate> estimates) {}

  private Optional<Look> look() {
    return owner.look(() -> {
      folds.require();
      FactoryState state = folds.state();
      WeeklyLedger weeks = state.weeks();
      if (weeks == null) {
        return Optional.empty();
      }
      Map<Integer, WeekEstimate> estimates = new TreeMap<>();
      state.watch().estimates().forEach(one -> estimates.put(one.week(), one.estimate()));
      return Optional.of(
          new Look(
              folds.clock().now(),
              state.policies().decision().alertsPerDay(),
              weeks.weeks(),
              estimates));
    });
  }

  private List<WeekSample> open() {
    return owner.look(() -> {
      folds.require();
      WeeklyLedger weeks = folds.state().weeks();
      return weeks == null ? List.of() : weeks.openSamples();
    });
  }

  /// How the weeks stand.
  WeeksView weeks() {
    return look().map(this::weeks).orElse(WeeksView.NONE);
  }

  private WeeksView weeks(Look look) {
    Duration maturity = definition.data().label().maturity();
    long mature = look.atMillis - maturity.toMillis();
    List<WeekSummary> shown = last(look.closed, MOST_WEEKS);
    List<WeeksView.Closed> closed =
        shown.reversed().stream()
            .map(week ->
                new WeeksView.Closed(week, figures(week), look.estimates.get(week.number())))
            .toList();
    List<WeeksView.Open> open =
        open().reversed().stream()
            .map(week ->
                new WeeksView.Open(
                    week.standing(mature),
                    week.untilMillis() + maturity.toMillis(),
                    look.estimates.get(week.number())))
            .toList();
    int pending = reckon(shown);
    AllReckoned worth = all;
    return new WeeksView(
        new WeeksView.Reading(look.atMillis, definition.decision().costs().currency(), maturity),
        worth == null ? null : worth.worth,
        closed,
        look.closed.size() - shown.size(),
        open,
        pending);
  }

  private @Nullable WeekFigures figures(WeekSummary week) {
    Reckoned known = reckoned.get(week.number());
    return known == null ? null : known.figures.orElse(null);
  }

  private static <T> List<T> last(List<T> all, int count) {
    return all.subList(Math.max(0, all.size() - count), all.size());
  }

  /// Sees to it that the intervals are reckoned.
  ///
  /// @return of how many weeks they are not
  private int reckon(List<WeekSummary> weeks) {
    List<Key> keys = weeks.stream().map(Key::of).toList();
    List<Key> lacking = keys.reversed().stream().filter(key -> !isReckoned(key)).toList();
    AllReckoned worth = all;
    boolean isDone =
        lacking.isEmpty() && (keys.isEmpty() || (worth != null && worth.keys.equals(keys)));
    if (!isDone && reckoning.compareAndSet(false, true)) {
      begin(lacking, keys);
    }
    return isDone ? 0 : Math.max(1, lacking.size());
  }

  private boolean isReckoned(Key key) {
    Reckoned known = reckoned.get(key.week);
    return known != null && known.key.equals(key);
  }

  private void begin(List<Key> lacking, List<Key> keys) {
    try {
      worker.execute(() -> {
        try {
          lacking.forEach(this::reckon);
          reckoned.keySet().retainAll(keys.stream().map(Key::week).toList());
          reckonAll(keys);
        } catch (CromfordException e) {
          LOG.log(System.Logger.Level.DEBUG, "intervals are not reckoned: {0}", e.getMessage());
        } finally {
          reckoning.set(false);
        }
      });
    } catch (RejectedExecutionException _) {
      reckoning.set(false);
    }
  }

  private void reckon(Key key) {
    Optional<WeekSample> sample = sample(key.week);
    reckoned.put(
        key.week,
        new Reckoned(
            key, sample.map(week -> week.figures(seed(), replicates(STEPS_A_WEEK, week.size())))));
  }

  private void reckonAll(List<Key> keys) {
    List<WeekSample> samples =
        keys.stream()
            .flatMap(key -> sample(key.week).stream())
            .filter(week -> week.size() > 0)
            .toList();
    if (!samples.isEmpty()) {
      long rows = samples.stream().mapToLong(WeekSample::size).sum();
      all =
          new AllReckoned(
              keys,
              new WeeksView.Worth(
                  samples.size(),
                  WeekFigures.meanAveragePrecision(samples, seed(), replicates(STEPS_ALL, rows))));
    }
  }

  private Optional<WeekSample> sample(int week) {
    return owner.look(() -> {
      folds.require();
      WeeklyLedger weeks = folds.state().weeks();
      return weeks == null ? Optional.empty() : weeks.sample(week);
    });
  }

  private static int replicates(long steps, long rows) {
    return Math.clamp(steps / Math.max(1, rows), LEAST_REPLICATES, MOST_REPLICATES);
  }

  private long seed() {
    return definition.learning().training().search().seed();
  }

  /// What the last closed weeks would have come to with other numbers of alerts a day.
  WhatIfView whatIf() {
    return look().map(this::whatIf).orElse(WhatIfView.NONE);
  }

  private WhatIfView whatIf(Look look) {
    return new WhatIfView(
        look.atMillis,
        definition.decision().costs().currency(),
        look.alertsPerDay,
        tried(
            last(look.closed, TRIED_WEEKS + 1).stream().map(Key::of).toList(), look.alertsPerDay));
  }

  /// One at a time works it out; who comes meanwhile waits for that.
  private synchronized WhatIf tried(List<Key> keys, int alertsPerDay) {
    Tried before = tried;
    if (before != null && before.keys.equals(keys) && before.alertsPerDay == alertsPerDay) {
      return before.whatIf;
    }
    WhatIf whatIf = WhatIf.of(few(keys), numbers(alertsPerDay));
    tried = new Tried(keys, alertsPerDay, whatIf);
    return whatIf;
  }

  /// The last of them with decisions that are kept and follow each other, as many as can be gone
  /// over in about a second.
  private List<WeekSample> few(List<Key> keys) {
    List<WeekSample> samples = new ArrayList<>();
    long rows = 0;
    for (Key key : keys.reversed()) {
      Optional<WeekSample> sample = sample(key.week);
      int size = sample.map(WeekSample::size).orElse(0);
      boolean isEnough = !samples.isEmpty() && (size == 0 || rows + size > TRIED_ROWS);
      if (isEnough) {
        break;
      }
      rows += size;
      sample.filter(week -> week.size() > 0).ifPresent(samples::addFirst);
    }
    return samples;
  }

  private static List<Integer> numbers(int alertsPerDay) {
    return IntStream.range(0, TRIED.length)
        .map(i -> (int) Math.max(1, Math.round(alertsPerDay * TRIED[i])))
        .distinct()
        .boxed()
        .toList();
  }

  /// The sample of a week.
  ///
  /// @param number from 1; 0 for the last one that is closed, or else the first one
  Optional<WeekSample> choose(int number) {
    return owner.look(() -> {
      folds.require();
      WeeklyLedger weeks = folds.state().weeks();
      if (weeks == null) {
        return Optional.empty();
      }
      int chosen = number > 0 ? number : Math.max(1, weeks.weeks().size());
      return weeks.sample(chosen);
    });
  }

  @Override
  public void close() {
    worker.shutdownNow();
  }
}
