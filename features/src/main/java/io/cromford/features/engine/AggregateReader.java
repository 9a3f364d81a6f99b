package io.cromford.features.engine;

import io.cromford.core.ColumnType;
import io.cromford.features.engine.Layout.Kind;
import io.cromford.features.plan.Aggregate;
import io.cromford.features.plan.Expression;
import org.jspecify.annotations.Nullable;

/// Turns the words of a frame into an aggregate's value.
final class AggregateReader {
  private static final long MAX_DECIMAL = 999_999_999_999_999_999L;

  private final int index;
  private final Aggregate.Function function;
  private final int countAt;
  private final int sumAt;
  private final boolean wide;
  private final int squaresAt;
  private final int scale;
  private final long sumLimit;
  private final int keptAt;
  private final boolean decodesDouble;
  private final long[] sum = new long[2];
  private long overflows;

  /// A reader of an aggregate.
  ///
  /// @param index its index in the plan
  /// @param keptAt where its two words lie among those of kept windows; unused for sums
  AggregateReader(Layout layout, Aggregate aggregate, int index, int keptAt) {
    this.index = index;
    this.function = aggregate.function();
    this.keptAt = keptAt;
    Layout.Frame frame = layout.frames.get(aggregate.window());
    Expression argument = aggregate.argument();
    boolean sums = isSum(function);
    this.countAt = isKept(function) ? 0 : at(frame, layout.count(aggregate));
    this.sumAt = sums ? at(frame, layout.sum(aggregate)) : 0;
    this.wide = sums && layout.sum(aggregate).kind() == Kind.WIDE_SUM;
    this.squaresAt =
        function == Aggregate.Function.STDDEV ? at(frame, layout.squares(aggregate)) : 0;
    this.scale = argument == null ? 0 : argument.type().scale();
    boolean decimal = aggregate.type().kind() == ColumnType.Kind.DECIMAL;
    this.sumLimit = decimal ? MAX_DECIMAL : Long.MAX_VALUE;
    this.decodesDouble =
        argument != null
            && argument.type().kind() == ColumnType.Kind.DOUBLE
            && (function == Aggregate.Function.MIN || function == Aggregate.Function.MAX);
  }

  /// Whether a function keeps a state of its own.
  static boolean isKept(Aggregate.Function function) {
    return switch (function) {
      case COUNT, SUM, AVG, STDDEV -> false;
      case MIN, MAX, COUNT_DISTINCT, LAST -> true;
    };
  }

  /// Sets the aggregate's value.
  ///
  /// @param differences the sums over the frames
  /// @param kept the words of kept windows
  /// @param keptFrom where this row's part of `kept` starts
  void read(long[] differences, long[] kept, int keptFrom, EngineCells cells) {
    switch (function) {
      case COUNT -> cells.set(index, differences[countAt]);
      case SUM -> readSum(differences, cells);
      case AVG -> readAverage(differences, cells);
      case STDDEV -> readDeviation(differences, cells);
      case MIN, MAX, COUNT_DISTINCT, LAST -> readKept(kept, keptFrom + keptAt, cells);
    }
  }

  /// How many sums did not fit their type; they are NULL.
  long overflows() {
    return overflows;
  }

  private void readSum(long[] differences, EngineCells cells) {
    if (differences[countAt] == 0) {
      cells.setNull(index);
      return;
    }
    long low = differences[sumAt];
    boolean fits = !wide || differences[sumAt + 1] == low >> 63;
    if (fits && low <= sumLimit && low >= -sumLimit) {
      cells.set(index, low);
    } else {
      overflows++;
      cells.setNull(index);
    }
  }

  private void readAverage(long[] differences, EngineCells cells) {
    long count = differences[countAt];
    if (count == 0) {
      cells.setNull(index);
      return;
    }
    long low = differences[sumAt];
    long high = wide ? differences[sumAt + 1] : low >> 63;
    double average = ExactQuotient.average(low, high, count, scale);
    cells.set(index, Double.doubleToRawLongBits(average));
  }

  private void readDeviation(long[] differences, EngineCells cells) {
    long count = differences[countAt];
    if (count < 2) {
      cells.setNull(index);
      return;
    }
    sum[0] = differences[sumAt];
    sum[1] = wide ? differences[sumAt + 1] : sum[0] >> 63;
    double deviation = ExactQuotient.deviation(count, sum, 0, differences, squaresAt, scale);
    cells.set(index, Double.doubleToRawLongBits(deviation));
  }

  private void readKept(long[] kept, int at, EngineCells cells) {
    if (kept[at + 1] == 0) {
      cells.setNull(index);
    } else if (decodesDouble) {
      cells.set(index, Double.doubleToRawLongBits(Doubles.value(kept[at])));
    } else {
      cells.set(index, kept[at]);
    }
  }

  private static boolean isSum(Aggregate.Function function) {
    return switch (function) {
      case SUM, AVG, STDDEV -> true;
      case COUNT, MIN, MAX, COUNT_DISTINCT, LAST -> false;
    };
  }

  private static int at(Layout.Frame frame, Layout.Cell cell) {
    @Nullable Integer offset = frame.cells().get(cell);
    if (offset == null) {
      throw new IllegalArgumentException("no " + cell);
    }
    return frame.differenceAt() + offset;
  }
}
