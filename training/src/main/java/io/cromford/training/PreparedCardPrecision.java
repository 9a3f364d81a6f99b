package io.cromford.training;

import io.cromford.training.CardDays.CardDay;
import java.util.List;

/// Card precision of a resample: a card drawn m times stands m times in each day's list, and is
/// found m times.
final class PreparedCardPrecision implements Prepared {
  private final int[][] cardsByDay;
  private final boolean[][] fraudByDay;
  private final int k;

  private PreparedCardPrecision(int[][] cardsByDay, boolean[][] fraudByDay, int k) {
    this.cardsByDay = cardsByDay;
    this.fraudByDay = fraudByDay;
    this.k = k;
  }

  static PreparedCardPrecision of(Scored rows, EntityNumbers numbers, int k) {
    List<List<CardDay>> days = CardDays.of(rows).days();
    int[][] cards = new int[days.size()][];
    boolean[][] fraud = new boolean[days.size()][];
    for (int day = 0; day < cards.length; day++) {
      List<CardDay> ranked = days.get(day);
      cards[day] = ranked.stream().mapToInt(card -> numbers.numberOf(card.card())).toArray();
      fraud[day] = new boolean[ranked.size()];
      for (int rank = 0; rank < ranked.size(); rank++) {
        fraud[day][rank] = ranked.get(rank).fraud();
      }
    }
    return new PreparedCardPrecision(cards, fraud, k);
  }

  @Override
  public double value(int[] multiplicities) {
    int[] left = multiplicities.clone();
    double sum = 0;
    for (int day = 0; day < cardsByDay.length; day++) {
      sum += (double) hits(cardsByDay[day], fraudByDay[day], left) / k;
    }
    return cardsByDay.length == 0 ? Double.NaN : sum / cardsByDay.length;
  }

  /// The copies of cards found on a day, which are then taken out of those left.
  private int hits(int[] cards, boolean[] fraud, int[] left) {
    int places = k;
    int hits = 0;
    for (int rank = 0; rank < cards.length && places > 0; rank++) {
      int times = Math.min(left[cards[rank]], places);
      places -= times;
      if (fraud[rank]) {
        hits += times;
        left[cards[rank]] -= times;
      }
    }
    return hits;
  }
}
