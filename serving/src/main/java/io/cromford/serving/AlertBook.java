package io.cromford.serving;

import io.cromford.core.LongTupleIndex;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;

/// Learns the score from which on an observation is an alert, so that a day has about as many
/// alerts as people can look at.
///
/// The threshold of a day is the score of the k-th entity (by its highest score of the day),
/// averaged over the last full days. An entity has one alert a day. A fold over decisions in
/// arrival order: no clock, no randomness; the same decisions give the same thresholds.
final class AlertBook {
  /// Full days that are averaged.
  static final int DAYS = 7;

  private final int alertsPerDay;
  private final int days;
  private final Deque<Double> dailyScores = new ArrayDeque<>();
  private long day = Long.MIN_VALUE;
  private LongTupleIndex entities = new LongTupleIndex(1);
  private double[] highest = new double[256];
  private boolean[] alerted = new boolean[256];
  private final long[] key = new long[1];

  /// A threshold that knows no day yet.
  ///
  /// @param alertsPerDay how many entities a day people can look at, at least 1
  /// @param days how many full days are averaged, at least 1
  AlertBook(int alertsPerDay, int days) {
    if (alertsPerDay < 1 || days < 1) {
      throw new IllegalArgumentException(
          "%d alerts a day over %d days do not hold".formatted(alertsPerDay, days));
    }
    this.alertsPerDay = alertsPerDay;
    this.days = days;
  }

  /// The threshold right now; positive infinity while no full day is known.
  double value() {
    return dailyScores.isEmpty()
        ? Double.POSITIVE_INFINITY
        : dailyScores.stream().mapToDouble(Double::doubleValue).sum() / dailyScores.size();
  }

  /// Goes to a day, and closes the one before. Days do not go backwards: an earlier one is ignored.
  ///
  /// @param toDay days since 1970
  void startDay(long toDay) {
    if (toDay <= day) {
      return;
    }
    if (entities.size() > 0) {
      keep(kthHighest(Arrays.copyOf(highest, entities.size()), alertsPerDay));
    }
    entities = new LongTupleIndex(1);
    day = toDay;
  }

  /// Whether the entity had an alert today.
  boolean hadAlert(long entity) {
    key[0] = entity;
    int number = entities.find(key, 0);
    return number >= 0 && alerted[number];
  }

  /// Takes a decision of the current day.
  ///
  /// @param entity whom it is about
  /// @param score in [0, 1]
  /// @param alert whether it was an alert
  void decided(long entity, double score, boolean alert) {
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
  /// former's, so that the number of alerts does not jump.
  ///
  /// @param scores the k-th score of each of the last days under the new model, the oldest first
  void swap(List<Double> scores) {
    dailyScores.clear();
    scores.forEach(this::keep);
    Arrays.fill(highest, 0, entities.size(), 0);
  }

  /// The k-th highest of some scores, or the lowest if there are fewer.
  ///
  /// @param scores at least one; sorted afterwards
  static double kthHighest(double[] scores, int k) {
    Arrays.sort(scores);
    return scores[Math.max(0, scores.length - k)];
  }

  private void keep(double score) {
    dailyScores.addLast(score);
    if (dailyScores.size() > days) {
      dailyScores.removeFirst();
    }
  }
}
