package io.cromford.flywheel;

import io.cromford.training.CardDays;
import io.cromford.training.Scored;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// From which score on a payment is alerted, so that about so many entities a day are.
///
/// The threshold is the score of the k-th entity of a day, each entity counted with its highest
/// score, averaged over the last seven full days; before there is one, it is what the training
/// evaluation's scores give. It changes only at midnight and at a swap. An entity is alerted once a
/// day. At a swap the new model's own scores of the last days take the place of the old ones', so
/// that the number of alerts does not jump although the scores do.
///
/// Days are those of the factory's clock in UTC; a day without any decision counts as none. The day
/// on which the fold begins is full only if it begins at midnight. One owning thread; memory is one
/// entry an entity seen today.
public final class AlertThreshold {
  /// Full days that are averaged.
  public static final int DAYS = 7;

  private final int alertsPerDay;
  private final double initial;
  private final Deque<Double> fullDays = new ArrayDeque<>();
  private final Map<Long, Double> highestToday = new HashMap<>();
  private final Set<Long> alertedToday = new HashSet<>();
  private long today;
  private boolean todayIsFull;
  private double threshold;

  /// A threshold before the first decision.
  ///
  /// @param alertsPerDay k, at least 1
  /// @param initial the threshold until the first full day has passed, such as
  ///   [CardDays#thresholdFor] of the training evaluation's scores
  /// @param startMillis when decisions begin
  public AlertThreshold(int alertsPerDay, double initial, long startMillis) {
    Require.atLeast("alerts-per-day", 1, alertsPerDay);
    this.alertsPerDay = alertsPerDay;
    this.initial = initial;
    this.threshold = initial;
    this.today = dayOf(startMillis);
    this.todayIsFull = startMillis == today * Scored.DAY_MILLIS;
  }

  /// What was decided on one payment.
  ///
  /// @param flagged whether the score is at or above the threshold
  /// @param alert whether it is also the entity's first flagged payment of the day
  /// @param threshold that was compared with
  public record Decision(boolean flagged, boolean alert, double threshold) {}

  /// Decides on a payment and learns from its score.
  ///
  /// @param atMillis the factory's clock; never before the one of the last call
  /// @param entity the card
  /// @param score of the model that serves
  /// @throws IllegalArgumentException if the clock's day went back
  public Decision decide(long atMillis, long entity, double score) {
    advance(atMillis);
    highestToday.merge(entity, score, Math::max);
    boolean flagged = score >= threshold;
    return new Decision(flagged, flagged && alertedToday.add(entity), threshold);
  }

  /// Lets days end, in case no payment comes.
  public void advance(long atMillis) {
    long day = dayOf(atMillis);
    if (day < today) {
      throw new IllegalArgumentException("day " + day + " after day " + today);
    }
    if (day > today) {
      endDay();
      today = day;
      todayIsFull = true;
    }
  }

  /// Takes up a new model's scores at a swap.
  ///
  /// @param atMillis the swap
  /// @param lastDays the rows that arrived on the last seven full days and so far today, with their
  ///   arrival as the time, scored by the new model; rows of earlier days are ignored, and with no
  ///   row the threshold begins anew
  /// @param initial the threshold if there is no full day among them
  public void swap(long atMillis, Scored lastDays, double initial) {
    advance(atMillis);
    fullDays.clear();
    highestToday.clear();
    for (Scored day : byDay(lastDays)) {
      if (day.day(0) == today) {
        CardDays.of(day)
            .days()
            .getFirst()
            .forEach(card -> highestToday.put(card.card(), (double) card.score()));
      } else {
        addFullDay(CardDays.of(day).thresholdFor(alertsPerDay));
      }
    }
    threshold = fullDays.isEmpty() ? initial : mean();
  }

  /// The threshold that the next decision of this day is compared with.
  public double threshold() {
    return threshold;
  }

  /// The number of full days that the threshold is made of, 0 to [#DAYS].
  public int fullDays() {
    return fullDays.size();
  }

  /// The threshold until the first full day has passed.
  public double initial() {
    return initial;
  }

  private void endDay() {
    if (todayIsFull && !highestToday.isEmpty()) {
      List<Double> scores = new ArrayList<>(highestToday.values());
      scores.sort(Collections.reverseOrder());
      addFullDay(scores.get(Math.min(alertsPerDay, scores.size()) - 1));
      threshold = mean();
    }
    highestToday.clear();
    alertedToday.clear();
  }

  private void addFullDay(double score) {
    fullDays.addLast(score);
    if (fullDays.size() > DAYS) {
      fullDays.removeFirst();
    }
  }

  private double mean() {
    double sum = 0;
    for (double score : fullDays) {
      sum += score;
    }
    return sum / fullDays.size();
  }

  /// The rows of each of the last days, in order, today included.
  private List<Scored> byDay(Scored rows) {
    List<Scored> days = new ArrayList<>();
    for (long day = today - DAYS; day <= today; day++) {
      long wanted = day;
      Scored ofDay = rows.select(row -> rows.day(row) == wanted);
      if (ofDay.size() > 0) {
        days.add(ofDay);
      }
    }
    return days;
  }

  private static long dayOf(long millis) {
    return Math.floorDiv(millis, Scored.DAY_MILLIS);
  }
}
