package io.cromford.flywheel;

import io.cromford.core.SnapshotReader;
import io.cromford.core.SnapshotWriter;
import io.cromford.training.Scored;
import io.cromford.training.report.Figures;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.LongFunction;

/// Whether the factory misses more positives than it used to: the alarm that fraudsters have found
/// something new.
///
/// Each day's positives that no alert stopped are counted once the day is mature, so how the
/// outcomes trickle in says nothing. A cumulative sum of how far the counts lie above those of the
/// last 28 days raises the alarm. With a reference of half a deviation and a limit of four it
/// speaks two days after a shift by three deviations (median), and by chance about once a year. It
/// does not speak before 14 days are known, and is silent for a while after it spoke.
///
/// A fold over outcomes and the clock; one owning thread; memory is one entry a day that is not
/// mature.
///
/// @see <a href="https://doi.org/10.1093/biomet/41.1-2.100">Page 1954</a>
public final class MissedWatch {
  private static final int PAST_DAYS = 28;
  private static final int LEAST_PAST_DAYS = 14;
  private static final double REFERENCE = 0.5;
  private static final double LIMIT = 4;

  private final long firstDay;
  private final Duration silence;
  private final TreeMap<Long, Integer> missed = new TreeMap<>();
  private final Deque<Integer> past = new ArrayDeque<>();
  private long nextDay;
  private long silentUntilDay;
  private double sum;
  private long risingSinceDay;

  /// A watch from go-live on.
  ///
  /// @param goLiveMillis from which on payments are decided on
  /// @param silence how long it says nothing after an alarm; a day at least
  public MissedWatch(long goLiveMillis, Duration silence) {
    Require.positive("silence", silence);
    this.firstDay = Math.ceilDiv(goLiveMillis, Scored.DAY_MILLIS);
    this.silence = silence;
    this.nextDay = firstDay;
    this.silentUntilDay = firstDay;
  }

  /// Writes what it knows; go-live and its silence it is made with.
  public void save(SnapshotWriter out) {
    out.section("missed");
    out.number(firstDay);
    out.number(silence.toMillis());
    out.sorted(
        missed,
        (day, count) -> {
          out.number(day);
          out.count(count);
        });
    out.each(past, out::count);
    out.number(nextDay);
    out.number(silentUntilDay);
    out.real(sum);
    out.number(risingSinceDay);
  }

  /// The watch that was saved.
  public static MissedWatch read(SnapshotReader in) {
    in.section("missed");
    MissedWatch watch =
        new MissedWatch(in.number() * Scored.DAY_MILLIS, Duration.ofMillis(in.number()));
    in.times(() -> watch.missed.put(in.number(), in.count()));
    in.times(() -> watch.past.addLast(in.count()));
    watch.nextDay = in.number();
    watch.silentUntilDay = in.number();
    watch.sum = in.real();
    watch.risingSinceDay = in.number();
    return watch;
  }

  /// More is missed than was.
  ///
  /// @param sinceDay the first day of the rise, since 1970-01-01
  /// @param knownMillis when it could be known first
  /// @param message what was seen, in words
  public record Rise(long sinceDay, long knownMillis, String message) {
    /// Writes it.
    public void save(SnapshotWriter out) {
      out.number(sinceDay);
      out.number(knownMillis);
      out.text(message);
    }

    /// The rise that was saved.
    public static Rise read(SnapshotReader in) {
      return new Rise(in.number(), in.number(), in.text());
    }
  }

  /// Takes up a positive that no alert stopped.
  ///
  /// @param eventMillis when the payment happened
  public void missed(long eventMillis) {
    long day = Math.floorDiv(eventMillis, Scored.DAY_MILLIS);
    if (day >= nextDay) {
      missed.merge(day, 1, Integer::sum);
    }
  }

  /// Takes back a positive that no alert stopped: it was none. Of no account once its day is
  /// closed.
  ///
  /// @param eventMillis when the payment happened
  public void notMissed(long eventMillis) {
    missed.computeIfPresent(Math.floorDiv(eventMillis, Scored.DAY_MILLIS), (_, count) -> count - 1);
  }

  /// Closes the days that are mature. What comes of a day depends on the outcomes until it was
  /// mature, not on when this is called.
  ///
  /// @param nowMillis the factory's clock
  /// @param maturity how long a label takes
  /// @param judge which days lack outcomes at a moment: they are left out
  /// @return the rise, if there is one; at most one a call
  public Optional<Rise> close(
      long nowMillis, Duration maturity, LongFunction<Maturity.Verdict> judge) {
    while (nextMillis(maturity) <= nowMillis) {
      long known = nextMillis(maturity);
      long day = nextDay++;
      int count = missed.headMap(nextDay).values().stream().mapToInt(Integer::intValue).sum();
      missed.headMap(nextDay).clear();
      if (!judge.apply(known).isIncomplete(day * Scored.DAY_MILLIS)) {
        Optional<Rise> rise = take(day, count, known);
        if (rise.isPresent()) {
          return rise;
        }
      }
    }
    return Optional.empty();
  }

  /// When the next day is mature.
  ///
  /// @param maturity how long a label takes
  public long nextMillis(Duration maturity) {
    return (nextDay + 1) * Scored.DAY_MILLIS + maturity.toMillis();
  }

  private Optional<Rise> take(long day, int count, long known) {
    if (day < silentUntilDay) {
      return Optional.empty();
    }
    if (past.size() < LEAST_PAST_DAYS) {
      keep(count);
      return Optional.empty();
    }
    double usual = past.stream().mapToInt(Integer::intValue).average().orElse(0);
    double deviation = Math.sqrt(Math.max(1, Math.max(usual, variance(usual))));
    double before = sum;
    sum = Math.max(0, sum + (count - usual) / deviation - REFERENCE);
    risingSinceDay = before == 0 && sum > 0 ? day : risingSinceDay;
    if (sum <= LIMIT) {
      keep(count);
      return Optional.empty();
    }
    sum = 0;
    past.clear();
    silentUntilDay = day + Math.max(1, silence.toDays());
    return Optional.of(new Rise(risingSinceDay, known, message(day, count, usual)));
  }

  private String message(long day, int count, double usual) {
    return "on %s %d frauds were missed, where %s a day were usual; more are missed since %s"
        .formatted(
            Figures.day(day * Scored.DAY_MILLIS),
            count,
            Figures.brief(usual),
            Figures.day(risingSinceDay * Scored.DAY_MILLIS));
  }

  private double variance(double mean) {
    double squares = 0;
    for (int count : past) {
      squares += (count - mean) * (count - mean);
    }
    return squares / Math.max(1, past.size() - 1);
  }

  private void keep(int count) {
    past.addLast(count);
    if (past.size() > PAST_DAYS) {
      past.removeFirst();
    }
  }
}
