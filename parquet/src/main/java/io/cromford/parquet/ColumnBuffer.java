package io.cromford.parquet;

import io.cromford.core.Column;
import io.cromford.core.ColumnType;
import io.cromford.core.Row;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/// The values of one column of a row group: slots without the NULLs, and which rows are NULL.
final class ColumnBuffer {
  private final Column column;
  private final long[] slots;
  private final BitSet nulls = new BitSet();
  private final @Nullable TextPool texts;
  private int size;
  private int present;

  /// An empty buffer.
  ///
  /// @param rows the most rows of a row group
  ColumnBuffer(Column column, int rows) {
    this.column = column;
    this.slots = new long[rows];
    this.texts = column.type().kind() == ColumnType.Kind.VARCHAR ? new TextPool() : null;
  }

  String name() {
    return column.name();
  }

  Column column() {
    return column;
  }

  /// Whether its values are true or false: two of them need no dictionary.
  boolean isBoolean() {
    return column.type().kind() == ColumnType.Kind.BOOLEAN;
  }

  /// The number of rows.
  int size() {
    return size;
  }

  /// Whether a row is NULL.
  boolean isNull(int row) {
    return nulls.get(row);
  }

  /// The slots of the rows that are not NULL; of a text, its number in the pool.
  long[] slots() {
    return slots;
  }

  /// How many slots there are.
  int present() {
    return present;
  }

  /// The texts, where the column has them.
  @Nullable TextPool texts() {
    return texts;
  }

  /// Bytes of the distinct texts.
  long textBytes() {
    return texts == null ? 0 : texts.bytes();
  }

  /// Adds a value of a row.
  void add(Row row, int at) {
    if (row.isNull(at)) {
      addNull();
      return;
    }
    String text = row.text(at);
    slots[present++] = texts != null && text != null ? texts.number(text) : row.slot(at);
    size++;
  }

  /// Adds slots, none of them NULL.
  void add(long[] values, int from, int step, int count) {
    int to = present;
    for (int i = 0; i < count; i++) {
      slots[to + i] = values[from + i * step];
    }
    present += count;
    size += count;
  }

  /// Adds doubles; NaN is NULL where the column is nullable.
  void add(double[] values, int from, int step, int count) {
    boolean nullable = column.nullable();
    for (int i = 0; i < count; i++) {
      double value = values[from + i * step];
      if (nullable && Double.isNaN(value)) {
        addNull();
      } else {
        slots[present++] = Double.doubleToRawLongBits(value);
        size++;
      }
    }
  }

  /// Forgets all rows.
  void clear() {
    size = 0;
    present = 0;
    nulls.clear();
    if (texts != null) {
      texts.clear();
    }
  }

  private void addNull() {
    if (!column.nullable()) {
      throw new IllegalArgumentException("column %s cannot be null".formatted(column.name()));
    }
    nulls.set(size++);
  }
}
