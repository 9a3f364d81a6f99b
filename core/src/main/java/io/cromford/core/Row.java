package io.cromford.core;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// The values of one record: a mutable buffer of 64-bit slots, made to be filled again and again.
///
/// How a value lies in its slot is said at [ColumnType]. A row belongs to one thread.
public final class Row {
  private final Schema schema;
  private final long[] slots;
  private final @Nullable String[] texts;
  private long nulls;

  /// A row of nulls.
  public Row(Schema schema) {
    this.schema = schema;
    this.slots = new long[schema.size()];
    this.texts = new String[schema.size()];
    clear();
  }

  /// Sets every column to null.
  public void clear() {
    nulls = -1L >>> (64 - schema.size());
    Arrays.fill(slots, 0);
    Arrays.fill(texts, null);
  }

  /// The columns.
  public Schema schema() {
    return schema;
  }

  /// Whether the column is null.
  public boolean isNull(int column) {
    return (nulls >>> column & 1) != 0;
  }

  /// The bits of nulls: bit i is set where column i is null.
  public long nulls() {
    return nulls;
  }

  /// The slot of a column; 0 where it is null or a text.
  public long slot(int column) {
    return slots[column];
  }

  /// The value of a `DOUBLE` column; 0 where it is null.
  public double doubleValue(int column) {
    return Double.longBitsToDouble(slots[column]);
  }

  /// The text of a `VARCHAR` column; null where it is null.
  public @Nullable String text(int column) {
    return texts[column];
  }

  /// Sets the slot of a column that is not a text.
  public void setSlot(int column, long slot) {
    slots[column] = slot;
    nulls &= ~(1L << column);
  }

  /// Sets a `DOUBLE` column.
  public void setDouble(int column, double value) {
    setSlot(column, Double.doubleToRawLongBits(value));
  }

  /// Sets a `BOOLEAN` column.
  public void setBoolean(int column, boolean value) {
    setSlot(column, value ? 1 : 0);
  }

  /// Sets a `VARCHAR` column.
  public void setText(int column, String text) {
    texts[column] = text;
    nulls &= ~(1L << column);
  }

  /// Sets a column to null.
  public void setNull(int column) {
    slots[column] = 0;
    texts[column] = null;
    nulls |= 1L << column;
  }

  /// Takes over one value, or that there is none, from a column of the same type.
  ///
  /// @param column where it goes
  /// @param from where it is read
  public void setFrom(int column, Row other, int from) {
    String text = other.text(from);
    if (other.isNull(from)) {
      setNull(column);
    } else if (text != null) {
      setText(column, text);
    } else {
      setSlot(column, other.slot(from));
    }
  }

  /// Takes over all values of a row of the same schema.
  public void copyFrom(Row other) {
    if (other.slots.length != slots.length) {
      throw new IllegalArgumentException(
          "a row of %d columns cannot take one of %d".formatted(slots.length, other.slots.length));
    }
    System.arraycopy(other.slots, 0, slots, 0, slots.length);
    System.arraycopy(other.texts, 0, texts, 0, texts.length);
    nulls = other.nulls;
  }

  /// Whether another row has the same values, bit for bit.
  public boolean sameAs(Row other) {
    return nulls == other.nulls
        && Arrays.equals(slots, other.slots)
        && Arrays.equals(texts, other.texts);
  }

  /// The values as a person reads them, for messages and tests.
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder("{");
    for (int i = 0; i < slots.length; i++) {
      text.append(i == 0 ? "" : ", ").append(schema.column(i).name()).append(": ");
      text.append(isNull(i) ? "null" : Values.format(schema.column(i).type(), slots[i], texts[i]));
    }
    return text.append('}').toString();
  }
}
