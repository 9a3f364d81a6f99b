package io.cromford.training;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/// Rows to learn from: feature values, the label, and what the metrics need to know of a row.
///
/// Values are 32-bit floats as the models read them, NaN where a feature is missing, in row-major
/// chunks of [#CHUNK_ROWS] rows: 4 bytes a value and 37 bytes a row, so 670,000 rows of 60 features
/// take 186 MB. A set made by [#select], [#between] or [#rows] is a view: it shares the values and
/// costs at most 4 bytes a row. Immutable, hence safe to read from many threads.
public final class TrainingSet {
  /// Rows that lie together in one array.
  public static final int CHUNK_ROWS = 4096;

  private final Store store;
  private final int @Nullable [] index;
  private final int offset;
  private final int size;
  private final int positives;

  private TrainingSet(Store store, int @Nullable [] index, int offset, int size) {
    this.store = store;
    this.index = index;
    this.offset = offset;
    this.size = size;
    this.positives = countPositives();
  }

  /// An empty builder.
  ///
  /// @param featureNames in the order of the values; at least one
  public static Builder builder(List<String> featureNames) {
    return new Builder(featureNames);
  }

  /// The features' names, in the order of the values.
  public List<String> featureNames() {
    return store.names;
  }

  /// The number of features.
  public int featureCount() {
    return store.names.size();
  }

  /// The number of rows.
  public int size() {
    return size;
  }

  /// The number of rows whose label is positive.
  public int positives() {
    return positives;
  }

  /// One value; NaN if it is missing.
  public float value(int row, int feature) {
    int at = at(row);
    return store.chunks[at / CHUNK_ROWS][at % CHUNK_ROWS * featureCount() + feature];
  }

  /// Copies a row's values.
  ///
  /// @param target where they go, from `targetOffset` on
  public void copyRow(int row, float[] target, int targetOffset) {
    int at = at(row);
    int width = featureCount();
    float[] chunk = store.chunks[at / CHUNK_ROWS];
    System.arraycopy(chunk, at % CHUNK_ROWS * width, target, targetOffset, width);
  }

  /// Whether the row's label is positive.
  public boolean positive(int row) {
    return store.labels[at(row)];
  }

  /// The row's identity, from which sampling draws.
  public long id(int row) {
    return store.ids[at(row)];
  }

  /// The entity the row belongs to: the card.
  public long entity(int row) {
    return store.entities[at(row)];
  }

  /// When the row happened, in milliseconds since 1970-01-01T00:00Z.
  public long eventMillis(int row) {
    return store.eventMillis[at(row)];
  }

  /// What is lost if a positive is missed, in units of the currency; 0 where nothing is.
  public double amount(int row) {
    return store.amounts[at(row)];
  }

  /// Whether a row belongs to a segment.
  ///
  /// @param segment its number, from 0 to 31
  public boolean isIn(int row, int segment) {
    return (store.segments[at(row)] >>> segment & 1) == 1;
  }

  /// The rows that satisfy a condition on their number in this set, in the same order.
  public TrainingSet select(IntPredicate condition) {
    int[] kept = new int[size];
    int count = 0;
    for (int row = 0; row < size; row++) {
      if (condition.test(row)) {
        kept[count++] = at(row);
      }
    }
    return new TrainingSet(store, Arrays.copyOf(kept, count), 0, count);
  }

  /// The rows that happened in an interval.
  ///
  /// @param fromMillis inclusive
  /// @param untilMillis exclusive
  public TrainingSet between(long fromMillis, long untilMillis) {
    return select(row -> eventMillis(row) >= fromMillis && eventMillis(row) < untilMillis);
  }

  /// The rows of a range, `from` included and `until` not.
  ///
  /// @throws IndexOutOfBoundsException if the range is not within the set
  public TrainingSet rows(int from, int until) {
    Objects.checkFromToIndex(from, until, size);
    return new TrainingSet(store, index, offset + from, until - from);
  }

  private int at(int row) {
    Objects.checkIndex(row, size);
    return index == null ? offset + row : index[offset + row];
  }

  private int countPositives() {
    int count = 0;
    for (int row = 0; row < size; row++) {
      count += positive(row) ? 1 : 0;
    }
    return count;
  }

  /// The columns that views share; arrays may be longer than the rows.
  private static final class Store {
    private final List<String> names;
    private final float[][] chunks;
    private final boolean[] labels;
    private final long[] ids;
    private final long[] entities;
    private final long[] eventMillis;
    private final double[] amounts;
    private final int[] segments;

    Store(Builder builder) {
      names = builder.names;
      chunks = builder.chunks.toArray(float[][]::new);
      labels = builder.labels;
      ids = builder.ids;
      entities = builder.entities;
      eventMillis = builder.eventMillis;
      amounts = builder.amounts;
      segments = builder.segments;
    }
  }

  /// What is known of a row beside its values.
  ///
  /// @param id its identity
  /// @param entity the card it belongs to
  /// @param eventMillis when it happened, milliseconds since 1970-01-01T00:00Z
  /// @param amount what is lost if it is positive and missed, in units of the currency
  /// @param positive its label
  /// @param segments bit i is set if it belongs to segment i
  public record Facts(
      long id, long entity, long eventMillis, double amount, boolean positive, int segments) {
    /// The facts of a row that is in no segment.
    public Facts(long id, long entity, long eventMillis, double amount, boolean positive) {
      this(id, entity, eventMillis, amount, positive, 0);
    }
  }

  /// Collects rows in the order they are added. Not for threads.
  public static final class Builder {
    private final List<String> names;
    private final List<float[]> chunks = new ArrayList<>();
    private boolean[] labels = new boolean[CHUNK_ROWS];
    private long[] ids = new long[CHUNK_ROWS];
    private long[] entities = new long[CHUNK_ROWS];
    private long[] eventMillis = new long[CHUNK_ROWS];
    private double[] amounts = new double[CHUNK_ROWS];
    private int[] segments = new int[CHUNK_ROWS];
    private int size;

    private Builder(List<String> names) {
      this.names = List.copyOf(names);
      if (this.names.isEmpty()) {
        throw new IllegalArgumentException("a training set needs at least one feature");
      }
    }

    /// The number of rows added so far.
    public int size() {
      return size;
    }

    /// Adds a row whose values are given as doubles; they are narrowed to floats.
    ///
    /// @param values where the row's values lie, from `valuesOffset` on, in the order of the names
    public Builder add(Facts facts, double[] values, int valuesOffset) {
      float[] chunk = chunkOfNextRow();
      int start = size % CHUNK_ROWS * names.size();
      for (int feature = 0; feature < names.size(); feature++) {
        chunk[start + feature] = (float) values[valuesOffset + feature];
      }
      return addFacts(facts);
    }

    /// Adds a row.
    ///
    /// @param values where the row's values lie, from `valuesOffset` on, in the order of the names
    public Builder add(Facts facts, float[] values, int valuesOffset) {
      int width = names.size();
      System.arraycopy(values, valuesOffset, chunkOfNextRow(), size % CHUNK_ROWS * width, width);
      return addFacts(facts);
    }

    /// The set of all rows added. The builder must not be used afterwards.
    public TrainingSet build() {
      return new TrainingSet(new Store(this), null, 0, size);
    }

    private float[] chunkOfNextRow() {
      if (size == chunks.size() * CHUNK_ROWS) {
        chunks.add(new float[CHUNK_ROWS * names.size()]);
      }
      return chunks.getLast();
    }

    private Builder addFacts(Facts facts) {
      if (size == labels.length) {
        grow(size + (size >> 1));
      }
      labels[size] = facts.positive();
      ids[size] = facts.id();
      entities[size] = facts.entity();
      eventMillis[size] = facts.eventMillis();
      amounts[size] = facts.amount();
      segments[size] = facts.segments();
      size++;
      return this;
    }

    private void grow(int capacity) {
      labels = Arrays.copyOf(labels, capacity);
      ids = Arrays.copyOf(ids, capacity);
      entities = Arrays.copyOf(entities, capacity);
      eventMillis = Arrays.copyOf(eventMillis, capacity);
      amounts = Arrays.copyOf(amounts, capacity);
      segments = Arrays.copyOf(segments, capacity);
    }
  }
}
