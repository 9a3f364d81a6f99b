package io.cromford.flywheel;

import io.cromford.core.LongTupleIndex;
import io.cromford.training.CardDays;
import io.cromford.training.Scored;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;

/// From which score on an observation is alerted, so that a day has about as many alerts as people
/// can look at.
///
/// The threshold of a day is the score of the k-th entity (by its highest score of the day),
/// averaged over the last full days. It changes at midnight and at a swap only. An entity has one
/// alert a day. A day on which the fold began or the model changed is full only if that was at its
/// first instant.
///
/// A fold over decisions in arrival order: no clock, no randomness; the same decisions give the
/// same thresholds. Days are those of the factory's clock in UTC. One owning thread; memory is one
/// entry an entity seen today.
public final class AlertThreshold {
  /// Full days that are averaged.
  public static final int DAYS = 7;

  private final int alertsPerDay;
  private final Deque<Double> dailyScores = new ArrayDeque<>();
  private final long[] key = new long[1];
  private long day = Long.MIN_VALUE;
  private boolean dayIsFull;
  private LongTupleIndex entities = new LongTupleIndex(1);
  private double[] highest = new double[256];
  private boolean[] alerted = new boolean[256];

  /// A threshold that knows no day yet.
  ///
  /// @param alertsPerDay k: how many entities a day people can look at, at least 1
  public AlertThreshold(int alertsPerDay) {
    Require.atLeast("alerts-per-day", 1, alertsPerDay);
    this.alertsPerDay = alertsPerDay;
  }

  /// The score of the k-th entity of each day: what a threshold starts from at a swap.
  ///
  /// @param rows scored observations of some days
  /// @param k at least 1; a day with fewer entities counts with its lowest score
  /// @return one score per day that has rows, the oldest first
  public static List<Double> dailyScores(Scored rows, int k) {
    return CardDays.of(rows).days().stream()
        .map(cards -> (double) cards.get(Math.min(k, cards.size()) - 1).score())
        .toList();
  }

  /// The threshold right now; positive infinity while no full day is known.
  public double value() {
    return dailyScores.isEmpty()
        ? Double.POSITIVE_INFINITY
        : dailyScores.stream().mapToDouble(Double::doubleValue).sum() / dailyScores.size();
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
    if (dayIsFull && entities.size() > 0) {
      keep(kthHighest());
    }
    entities = new LongTupleIndex(1);
    dayIsFull = day != Long.MIN_VALUE || atMillis == toDay * Scored.DAY_MILLIS;
    day = toDay;
  }

  /// Whether the entity had an alert today.
  public boolean hadAlert(long entity) {
    key[0] = entity;
    int number = entities.find(key, 0);
    return number >= 0 && alerted[number];
  }

  /// Takes a decision of the current day.
  ///
  /// @param entity whom it is about
  /// @param score in [0, 1]
  /// @param alert whether it was an alert
  public void decided(long entity, double score, boolean alert) {
    key[0] = entity;
    int before = entities.size();
    int number = entities.add(key, 0);
    if (number == highest.length) {
      highest = Arrays.copyOf(highest, number * 2);
      alerted = Arrays.copyOf(alerted, number * 2);
    }
    boolean isNew = number == before;
    highest[number] = isNew ? score : Math.max(highest[number], score);
    alerted[number] = (!isNew && alerted[number]) || alert;
  }

  /// Another model serves from here on: its own scores of the last days take the place of the
  /// former's, so that the number of alerts does not jump although the scores do.
  ///
  /// @param atMillis when, by the factory's clock
  /// @param scores the new model's [#dailyScores] of the last days
  public void swap(long atMillis, List<Double> scores) {
    advance(atMillis);
    dailyScores.clear();
    scores.forEach(this::keep);
    if (entities.size() > 0) {
      dayIsFull = false;
    }
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
}
