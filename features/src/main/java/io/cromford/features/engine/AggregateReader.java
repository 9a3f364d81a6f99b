package io.cromford.features.engine;

import io.cromford.core.ColumnType;
import io.cromford.core.SnapshotReader;
import io.cromford.core.SnapshotWriter;
import io.cromford.features.engine.Layout.Kind;
import io.cromford.features.plan.Aggregate;
import io.cromford.features.plan.Aggregate.Function;
import io.cromford.features.plan.Expression;
import java.util.Objects;

/// Turns the sums of a frame, or the words of a kept window, into an aggregate's values: a column
/// of slots and one of NULLs for the rows of a chunk.
final class AggregateReader {
  private static final long MAX_DECIMAL = 999_999_999_999_999_999L;

  /// The slots; 0 where NULL. A count is the column of its sums itself.
  final long[] slots;

  /// Whether it is NULL.
  final boolean[] nulls;

  private final long[][] columns;
  private final Function function;
  private final int countAt;
  private final int sumAt;
  private final boolean wide;
  private final int squaresAt;
  private final int scale;
  private final long sumLimit;
  private final int keptAt;
  private final boolean decodesDouble;
  private final long[] sum = new long[2];
  private final long[] squares = new long[3];
  private long overflows;

  /// A reader of an aggregate.
  ///
  /// @param chunkRows the most rows of a chunk
  /// @param columns the sums over the frames
  /// @param keptAt where its two words lie among those of kept windows; unused for sums
  AggregateReader(Layout layout, Aggregate aggregate, int chunkRows, long[][] columns, int keptAt) {
    this.nulls = new boolean[chunkRows];
    this.columns = columns;
    this.function = aggregate.function();
    this.keptAt = keptAt;
    Layout.Frame frame = layout.frames.get(aggregate.window());
    Expression argument = aggregate.argument();
    boolean sums = isSum(function);
    this.countAt = isKept(function) ? 0 : at(frame, layout.count(aggregate));
    this.slots = function == Function.COUNT ? columns[countAt] : new long[chunkRows];
    this.sumAt = sums ? at(frame, layout.sum(aggregate)) : 0;
    this.wide = sums && layout.sum(aggregate).kind() == Kind.WIDE_SUM;
    this.squaresAt = function == Function.STDDEV ? at(frame, layout.squares(aggregate)) : 0;
    this.scale = argument == null ? 0 : argument.type().scale();
    boolean decimal = aggregate.type().kind() == ColumnType.Kind.DECIMAL;
    this.sumLimit = decimal ? MAX_DECIMAL : Long.MAX_VALUE;
    this.decodesDouble =
        argument != null
            && argument.type().kind() == ColumnType.Kind.DOUBLE
            && (function == Function.MIN || function == Function.MAX);
  }

  /// Whether a function keeps a state of its own.
  static boolean isKept(Function function) {
    return switch (function) {
      case COUNT, SUM, AVG, STDDEV -> false;
      case MIN, MAX, COUNT_DISTINCT, LAST -> true;
    };
  }

  /// Fills the columns for the first rows of a chunk.
  ///
  /// @param kept the words of kept windows, those of the chunk's first row at `keptFrom`
  /// @param keptStep words of a row in `kept`
  void read(int count, long[] kept, int keptFrom, int keptStep) {
    switch (function) {
      case COUNT -> {}
      case SUM -> readSums(count);
      case AVG -> readAverages(count);
      case STDDEV -> readDeviations(count);
      case MIN, MAX, COUNT_DISTINCT, LAST -> readKept(count, kept, keptFrom + keptAt, keptStep);
    }
  }

  void save(SnapshotWriter out) {
    out.number(overflows);
  }

  void restore(SnapshotReader in) {
    overflows = in.number();
  }

  /// How many sums did not fit their type; they are NULL.
  long overflows() {
    return overflows;
  }

  private void readSums(int count) {
    long[] counts = columns[countAt];
    long[] lows = columns[sumAt];
    for (int i = 0; i < count; i++) {
      long low = lows[i];
      boolean fits =
          (!wide || columns[sumAt + 1][i] == low >> 63) && low <= sumLimit && low >= -sumLimit;
      nulls[i] = counts[i] == 0 || !fits;
      slots[i] = nulls[i] ? 0 : low;
      overflows += fits ? 0 : 1;
    }
  }

  private void readAverages(int count) {
    long[] counts = columns[countAt];
    long[] lows = columns[sumAt];
    for (int i = 0; i < count; i++) {
      long low = lows[i];
      long high = wide ? columns[sumAt + 1][i] : low >> 63;
      nulls[i] = counts[i] == 0;
      slots[i] =
          nulls[i]
              ? 0
              : Double.doubleToRawLongBits(ExactQuotient.average(low, high, counts[i], scale));
    }
  }

  private void readDeviations(int count) {
    for (int i = 0; i < count; i++) {
      long rows = columns[countAt][i];
      nulls[i] = rows < 2;
      slots[i] = nulls[i] ? 0 : Double.doubleToRawLongBits(deviation(rows, i));
    }
  }

  private double deviation(long rows, int row) {
    sum[0] = columns[sumAt][row];
    sum[1] = wide ? columns[sumAt + 1][row] : sum[0] >> 63;
    for (int i = 0; i < squares.length; i++) {
      squares[i] = columns[squaresAt + i][row];
    }
    return ExactQuotient.deviation(rows, sum, squares, scale);
  }

  private void readKept(int count, long[] kept, int from, int step) {
    for (int i = 0; i < count; i++) {
      int at = from + i * step;
      nulls[i] = kept[at + 1] == 0;
      slots[i] =
          decodesDouble && !nulls[i]
              ? Double.doubleToRawLongBits(Doubles.value(kept[at]))
              : kept[at];
    }
  }

  private static boolean isSum(Function function) {
    return switch (function) {
      case SUM, AVG, STDDEV -> true;
      case COUNT, MIN, MAX, COUNT_DISTINCT, LAST -> false;
    };
  }

  private static int at(Layout.Frame frame, Layout.Cell cell) {
    return frame.sumAt() + Objects.requireNonNull(frame.cells().get(cell));
  }
}
