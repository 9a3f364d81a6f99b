package io.cromford.flywheel;

import io.cromford.core.LongTupleIndex;
import io.cromford.core.SnapshotReader;
import io.cromford.core.SnapshotWriter;
import io.cromford.training.CardDays;
import io.cromford.training.Scored;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Deque;
import java.util.List;

/// From which score on an observation is alerted, so that a day has about as many alerts as people
/// can look at.
///
/// The threshold of a day is the score of the k-th entity (by its highest score of the day),
/// averaged over the last full days. It changes at midnight, and where people can look at another
/// number. The day on which the fold began is full only if that was at its first instant.
///
/// A fold over one model's scores in arrival order: no clock, no randomness; the same scores give
/// the same thresholds. Days are those of the factory's clock in UTC. One owning thread; memory is
/// one entry an entity seen today.
public final class AlertThreshold {
  /// Full days that are averaged.
  public static final int DAYS = 7;

  private int alertsPerDay;
  private final Deque<Double> dailyScores = new ArrayDeque<>();
  private final long[] key = new long[1];
  private long day = Long.MIN_VALUE;
  private boolean dayIsFull;
  private LongTupleIndex entities = new LongTupleIndex(1);
  private double[] highest = new double[256];
  private final BitSet had = new BitSet();
  private final boolean isFixed;
  private double value;
  private int reached;

  /// A threshold before its model's first live score.
  ///
  /// @param alertsPerDay k: how many entities a day people can look at, at least 1
  /// @param atMillis when the model begins to score, by the factory's clock
  /// @param scores the model's [#dailyScores] of the days before; may be empty
  public AlertThreshold(int alertsPerDay, long atMillis, List<Double> scores) {
    Require.atLeast("alerts-per-day", 1, alertsPerDay);
    this.alertsPerDay = alertsPerDay;
    this.isFixed = false;
    scores.forEach(this::keep);
    value = mean();
    advance(atMillis);
  }

  private AlertThreshold(double value, long atMillis) {
    this.alertsPerDay = 1;
    this.isFixed = true;
    this.value = value;
    advance(atMillis);
  }

  /// Writes what it knows.
  public void save(SnapshotWriter out) {
    out.section("threshold");
    out.count(alertsPerDay);
    out.each(dailyScores, out::real);
    out.number(day);
    out.flag(dayIsFull);
    entities.save(out);
    out.doubles(highest);
    out.bits(had);
    out.real(value);
    out.count(reached);
  }

  /// Takes on what was saved of the same model's threshold.
  public void restore(SnapshotReader in) {
    in.section("threshold");
    alertsPerDay = in.count();
    dailyScores.clear();
    in.times(() -> dailyScores.addLast(in.real()));
    day = in.number();
    dayIsFull = in.flag();
    entities = new LongTupleIndex(1);
    entities.restore(in);
    highest = in.doubles();
    had.clear();
    had.or(in.bits());
    value = in.real();
    reached = in.count();
  }

  /// A threshold that never changes: of rules, which say yes or no by themselves.
  ///
  /// @param atMillis when they begin to score, by the factory's clock
  public static AlertThreshold fixed(double value, long atMillis) {
    return new AlertThreshold(value, atMillis);
  }

  /// The score of the k-th entity of each day: what a threshold starts from.
  ///
  /// @param rows scored observations of some days
  /// @param k at least 1; a day with fewer entities counts with its lowest score
  /// @return one score per day that has rows, the oldest first
  public static List<Double> dailyScores(Scored rows, int k) {
    return CardDays.of(rows).days().stream()
        .map(cards -> (double) cards.get(Math.min(k, cards.size()) - 1).score())
        .toList();
  }

  /// People can look at another number of entities a day from here on.
  ///
  /// @param newAlertsPerDay at least 1
  /// @param scores the model's [#dailyScores] of the last days at that number, which count at once;
  ///   empty where they are not known: the days before then count as they were closed, and it takes
  ///   a week until all of them follow
  public void lookAt(int newAlertsPerDay, List<Double> scores) {
    Require.atLeast("alerts-per-day", 1, newAlertsPerDay);
    alertsPerDay = newAlertsPerDay;
    if (!isFixed && !scores.isEmpty()) {
      dailyScores.clear();
      scores.forEach(this::keep);
      value = mean();
    }
  }

  /// The threshold right now; positive infinity while no full day is known.
  public double value() {
    return value;
  }

  /// How many entities reached it today: the alerts that the model raised, or would have.
  public int reached() {
    return reached;
  }

  /// Goes to the day of a moment, and closes the one before. Days do not go backwards: an earlier
  /// moment is ignored.
  ///
  /// @param atMillis the factory's clock
  public void advance(long atMillis) {
    long toDay = Math.floorDiv(atMillis, Scored.DAY_MILLIS);
    if (toDay <= day) {
      return;
    }
    if (!isFixed && dayIsFull && entities.size() > 0) {
      keep(kthHighest());
      value = mean();
    }
    reached = 0;
    had.clear();
    entities = new LongTupleIndex(1);
    dayIsFull = day != Long.MIN_VALUE || atMillis == toDay * Scored.DAY_MILLIS;
    day = toDay;
  }

  /// Takes a score of the current day.
  ///
  /// @param entity whom it is about
  /// @param score in [0, 1]
  /// @return whether the entity reached the threshold, for the first time today
  public boolean scored(long entity, double score) {
    key[0] = entity;
    int before = entities.size();
    int number = entities.add(key, 0);
    if (number == highest.length) {
      highest = Arrays.copyOf(highest, number * 2);
    }
    double most = number == before ? Double.NEGATIVE_INFINITY : highest[number];
    boolean isFirst = !had.get(number) && score >= value;
    if (isFirst) {
      had.set(number);
      reached++;
    }
    highest[number] = Math.max(most, score);
    return isFirst;
  }

  private double kthHighest() {
    double[] scores = Arrays.copyOf(highest, entities.size());
    Arrays.sort(scores);
    return scores[Math.max(0, scores.length - alertsPerDay)];
  }

  private void keep(double score) {
    dailyScores.addLast(score);
    if (dailyScores.size() > DAYS) {
      dailyScores.removeFirst();
    }
  }

  private double mean() {
    return dailyScores.isEmpty()
        ? Double.POSITIVE_INFINITY
        : dailyScores.stream().mapToDouble(Double::doubleValue).sum() / dailyScores.size();
  }
}
