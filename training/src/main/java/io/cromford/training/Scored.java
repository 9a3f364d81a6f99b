package io.cromford.training;

import io.cromford.core.SnapshotReader;
import io.cromford.core.SnapshotWriter;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;

/// Rows with their scores and truths: all that a metric needs.
///
/// The columns are given at once and kept, not copied: do not change them afterwards. Scores are
/// probabilities in [0, 1] for the metrics that read them as such (log loss, Brier, calibration);
/// for rankings any finite number will do.
public final class Scored {
  /// A day in milliseconds. Days are those of UTC.
  public static final long DAY_MILLIS = 86_400_000L;

  private final float[] scores;
  private final boolean[] positives;
  private final long[] entities;
  private final long[] eventMillis;
  private final float[] amounts;

  private Scored(
      float[] scores, boolean[] positives, long[] entities, long[] eventMillis, float[] amounts) {
    this.scores = scores;
    this.positives = positives;
    this.entities = entities;
    this.eventMillis = eventMillis;
    this.amounts = amounts;
  }

  /// A training set's rows with their scores.
  ///
  /// @param scores one a row, none NaN
  /// @throws IllegalArgumentException if the lengths differ or a score is NaN
  public static Scored of(TrainingSet rows, float[] scores) {
    int size = rows.size();
    boolean[] positives = new boolean[size];
    long[] entities = new long[size];
    long[] eventMillis = new long[size];
    float[] amounts = new float[size];
    for (int row = 0; row < size; row++) {
      positives[row] = rows.positive(row);
      entities[row] = rows.entity(row);
      eventMillis[row] = rows.eventMillis(row);
      amounts[row] = (float) rows.amount(row);
    }
    return of(scores, positives, entities, eventMillis, amounts);
  }

  /// Rows given column by column, all of one length.
  ///
  /// @param scores none NaN
  /// @param entities the card of each row
  /// @param eventMillis when it happened, milliseconds since 1970-01-01T00:00Z
  /// @param amounts what is lost if it is positive and missed, in units of the currency
  /// @throws IllegalArgumentException if the lengths differ or a score is NaN
  public static Scored of(
      float[] scores, boolean[] positives, long[] entities, long[] eventMillis, float[] amounts) {
    requireLength(scores.length, positives.length, "labels");
    requireLength(scores.length, entities.length, "entities");
    requireLength(scores.length, eventMillis.length, "times");
    requireLength(scores.length, amounts.length, "amounts");
    for (int row = 0; row < scores.length; row++) {
      if (Float.isNaN(scores[row])) {
        throw new IllegalArgumentException("the score of row " + row + " is NaN");
      }
    }
    return new Scored(scores, positives, entities, eventMillis, amounts);
  }

  /// Rows of which only score and truth matter: each its own entity, all at one time, amount 0.
  public static Scored of(float[] scores, boolean[] positives) {
    long[] entities = new long[scores.length];
    for (int row = 0; row < entities.length; row++) {
      entities[row] = row;
    }
    return of(scores, positives, entities, new long[scores.length], new float[scores.length]);
  }

  /// Writes the rows.
  public void save(SnapshotWriter out) {
    out.floats(scores);
    out.flags(positives);
    out.longs(entities);
    out.longs(eventMillis);
    out.floats(amounts);
  }

  /// The rows that were saved.
  public static Scored read(SnapshotReader in) {
    return new Scored(in.floats(), in.flags(), in.longs(), in.longs(), in.floats());
  }

  /// All rows of some parts, one part after the other.
  public static Scored concat(List<Scored> parts) {
    int size = parts.stream().mapToInt(Scored::size).sum();
    Scored all =
        new Scored(
            new float[size], new boolean[size], new long[size], new long[size], new float[size]);
    int at = 0;
    for (Scored part : parts) {
      System.arraycopy(part.scores, 0, all.scores, at, part.size());
      System.arraycopy(part.positives, 0, all.positives, at, part.size());
      System.arraycopy(part.entities, 0, all.entities, at, part.size());
      System.arraycopy(part.eventMillis, 0, all.eventMillis, at, part.size());
      System.arraycopy(part.amounts, 0, all.amounts, at, part.size());
      at += part.size();
    }
    return all;
  }

  /// The rows that satisfy a condition on their number, in the same order.
  public Scored select(IntPredicate condition) {
    return rows(IntStream.range(0, size()).filter(condition).toArray());
  }

  /// Each row as often as it counts, in the same order.
  ///
  /// @param times gives how often, from 0 on, by a row's number
  public Scored repeat(IntUnaryOperator times) {
    return rows(
        IntStream.range(0, size())
            .flatMap(row -> IntStream.generate(() -> row).limit(times.applyAsInt(row)))
            .toArray());
  }

  private Scored rows(int[] kept) {
    Scored some =
        new Scored(
            new float[kept.length],
            new boolean[kept.length],
            new long[kept.length],
            new long[kept.length],
            new float[kept.length]);
    for (int i = 0; i < kept.length; i++) {
      some.scores[i] = scores[kept[i]];
      some.positives[i] = positives[kept[i]];
      some.entities[i] = entities[kept[i]];
      some.eventMillis[i] = eventMillis[kept[i]];
      some.amounts[i] = amounts[kept[i]];
    }
    return some;
  }

  /// The same rows with other scores.
  ///
  /// @throws IllegalArgumentException if the lengths differ or a score is NaN
  public Scored withScores(float[] others) {
    return of(others, positives, entities, eventMillis, amounts);
  }

  /// The same rows with other truths.
  ///
  /// @throws IllegalArgumentException if the lengths differ
  public Scored withPositives(boolean[] others) {
    return of(scores, others, entities, eventMillis, amounts);
  }

  /// The score of each row; a copy.
  public float[] scores() {
    return scores.clone();
  }

  /// The number of rows.
  public int size() {
    return scores.length;
  }

  /// The number of positive rows.
  public int positives() {
    int count = 0;
    for (boolean positive : positives) {
      count += positive ? 1 : 0;
    }
    return count;
  }

  /// A row's score.
  public float score(int row) {
    return scores[row];
  }

  /// A row's truth.
  public boolean positive(int row) {
    return positives[row];
  }

  /// A row's card.
  public long entity(int row) {
    return entities[row];
  }

  /// When a row happened, milliseconds since 1970-01-01T00:00Z.
  public long eventMillis(int row) {
    return eventMillis[row];
  }

  /// The day a row happened on, in UTC, counted from 1970-01-01.
  public long day(int row) {
    return Math.floorDiv(eventMillis[row], DAY_MILLIS);
  }

  /// What a row's miss costs, in units of the currency.
  public float amount(int row) {
    return amounts[row];
  }

  private static void requireLength(int expected, int length, String what) {
    if (length != expected) {
      throw new IllegalArgumentException(expected + " scores but " + length + " " + what);
    }
  }
}
