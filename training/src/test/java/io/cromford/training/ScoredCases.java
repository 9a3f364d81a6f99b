package io.cromford.training;

import java.util.SplittableRandom;

/// Random scored rows with many ties, few cards and a few days.
final class ScoredCases {
  private ScoredCases() {}

  static Scored draw(SplittableRandom random, int atMost) {
    int size = 2 + random.nextInt(atMost);
    int levels = 1 + random.nextInt(20);
    float[] scores = new float[size];
    boolean[] positives = new boolean[size];
    long[] cards = new long[size];
    long[] times = new long[size];
    float[] amounts = new float[size];
    for (int row = 0; row < size; row++) {
      scores[row] = random.nextInt(levels) / (float) levels;
      positives[row] = random.nextInt(4) == 0;
      cards[row] = 1000L + random.nextInt(12);
      times[row] = random.nextLong(5 * Scored.DAY_MILLIS);
      amounts[row] = random.nextInt(100);
    }
    return Scored.of(scores, positives, cards, times, amounts);
  }

  /// Each card's rows as often as it was drawn, each copy of the card a card of its own.
  static Scored repeated(Scored rows, java.util.function.ToIntFunction<Long> times) {
    int size = 0;
    for (int row = 0; row < rows.size(); row++) {
      size += times.applyAsInt(rows.entity(row));
    }
    float[] scores = new float[size];
    boolean[] positives = new boolean[size];
    long[] cards = new long[size];
    long[] millis = new long[size];
    float[] amounts = new float[size];
    int at = 0;
    for (int row = 0; row < rows.size(); row++) {
      for (int copy = 0; copy < times.applyAsInt(rows.entity(row)); copy++) {
        scores[at] = rows.score(row);
        positives[at] = rows.positive(row);
        cards[at] = rows.entity(row) * 100 + copy;
        millis[at] = rows.eventMillis(row);
        amounts[at++] = rows.amount(row);
      }
    }
    return Scored.of(scores, positives, cards, millis, amounts);
  }
}
