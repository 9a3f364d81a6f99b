package io.cromford.training;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Each day's cards by their highest score of that day, highest first; of equal scores the smaller
/// card comes first.
///
/// This is how investigators work: a card, not a payment, is looked into, once a day.
public final class CardDays {
  private final List<List<CardDay>> days;

  private CardDays(List<List<CardDay>> days) {
    this.days = days;
  }

  /// One card on one day.
  ///
  /// @param card the entity
  /// @param score its highest score of the day
  /// @param fraud whether any of its payments that day was a fraud
  public record CardDay(long card, float score, boolean fraud) {}

  /// The card days of some rows. Memory: about 100 bytes a card and day.
  public static CardDays of(Scored rows) {
    TreeMap<Long, Map<Long, CardDay>> byDay = new TreeMap<>();
    for (int row = 0; row < rows.size(); row++) {
      CardDay day = new CardDay(rows.entity(row), rows.score(row), rows.positive(row));
      byDay
          .computeIfAbsent(rows.day(row), _ -> new HashMap<>())
          .merge(day.card(), day, CardDays::merged);
    }
    List<List<CardDay>> days = new ArrayList<>();
    for (Map<Long, CardDay> cards : byDay.values()) {
      List<CardDay> sorted = new ArrayList<>(cards.values());
      sorted.sort(CardDays::byScore);
      days.add(List.copyOf(sorted));
    }
    return new CardDays(List.copyOf(days));
  }

  /// The days on which there were rows, in order; the cards of each by descending score.
  public List<List<CardDay>> days() {
    return days;
  }

  /// The score of the k-th card of a day, averaged over the days: a threshold that gives about k
  /// alerts a day where an alert is a card's first score of the day at or above it.
  ///
  /// A day with fewer than k cards counts with its lowest score.
  ///
  /// @return positive infinity if there is no day
  public double thresholdFor(int k) {
    requirePositive(k);
    double sum = 0;
    for (List<CardDay> cards : days) {
      sum += cards.get(Math.min(k, cards.size()) - 1).score();
    }
    return days.isEmpty() ? Double.POSITIVE_INFINITY : sum / days.size();
  }

  static void requirePositive(int k) {
    if (k < 1) {
      throw new IllegalArgumentException("the number of cards a day is " + k + ", not at least 1");
    }
  }

  private static CardDay merged(CardDay a, CardDay b) {
    return new CardDay(a.card(), Math.max(a.score(), b.score()), a.fraud() || b.fraud());
  }

  private static int byScore(CardDay a, CardDay b) {
    int order = Float.compare(b.score(), a.score());
    return order != 0 ? order : Long.compare(a.card(), b.card());
  }
}
