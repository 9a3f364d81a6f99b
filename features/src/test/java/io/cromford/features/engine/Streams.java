package io.cromford.features.engine;

import io.cromford.core.Row;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/// Streams drawn at random: ties, late rows, late outcomes, corrections, NULLs.
final class Streams {
  /// A row, or the outcome of an earlier one.
  ///
  /// @param ordinal the row's, or that of the row the outcome is of
  record Arrival(boolean isOutcome, long ordinal, Row row, long eventMillis) {}

  private static final List<String> TEXTS = List.of("", "a", "bb", "ccc", "éééé");

  private Streams() {}

  /// A stream of rows whose times advance by 0 to `step` milliseconds.
  ///
  /// @param longestMillis late rows come up to twice as late
  static List<Arrival> random(
      SplittableRandom random, int rows, int step, long longestMillis, boolean late) {
    List<Arrival> stream = new ArrayList<>();
    long front = 1_000_000;
    long ordinal = 0;
    while (ordinal < rows) {
      if (ordinal > 0 && random.nextInt(3) == 0) {
        long of = random.nextInt(4) == 0 ? random.nextLong(ordinal) : recent(random, ordinal);
        stream.add(new Arrival(true, of, outcome(random), 0));
        continue;
      }
      front += random.nextInt(3) == 0 ? 0 : random.nextInt(step);
      boolean isLate = late && random.nextInt(8) == 0;
      long time = isLate ? front - random.nextLong(2 * longestMillis) : front;
      stream.add(new Arrival(false, ordinal, observation(random, ordinal, time), time));
      ordinal++;
    }
    return stream;
  }

  private static long recent(SplittableRandom random, long ordinal) {
    return Math.max(0, ordinal - 1 - random.nextInt(40));
  }

  private static Row observation(SplittableRandom random, long ordinal, long time) {
    Row row = new Row(Plans.OBSERVATION);
    row.setSlot(Plans.ID, ordinal);
    row.setSlot(Plans.TS, time);
    row.setSlot(Plans.AMOUNT, random.nextInt(100_000));
    row.setBoolean(Plans.ONLINE, random.nextBoolean());
    if (random.nextInt(6) > 0) {
      row.setSlot(Plans.CARD, random.nextInt(4));
    }
    if (random.nextInt(6) > 0) {
      row.setText(Plans.SHOP, TEXTS.get(random.nextInt(TEXTS.size())));
    }
    if (random.nextInt(4) > 0) {
      row.setSlot(Plans.QUANTITY, random.nextInt(-3, 8));
    }
    if (random.nextInt(4) > 0) {
      row.setDouble(Plans.RATIO, random.nextInt(-5, 6) / 4.0);
    }
    if (random.nextInt(4) > 0) {
      row.setText(Plans.TAG, TEXTS.get(random.nextInt(TEXTS.size())));
    }
    if (random.nextInt(4) > 0) {
      row.setSlot(Plans.VOLUME, random.nextLong(-1_000_000_000_000_000L, 1_000_000_000_000_000L));
    }
    return row;
  }

  private static Row outcome(SplittableRandom random) {
    Row row = new Row(Plans.OUTCOME);
    if (random.nextInt(5) > 0) {
      row.setBoolean(Plans.FRAUD - Plans.FRAUD, random.nextBoolean());
    }
    if (random.nextInt(3) > 0) {
      row.setSlot(Plans.LOSS - Plans.FRAUD, random.nextInt(10_000));
    }
    if (random.nextInt(3) > 0) {
      row.setText(Plans.NOTE - Plans.FRAUD, TEXTS.get(random.nextInt(TEXTS.size())));
    }
    return row;
  }
}
