package io.cromford.features.engine;

import io.cromford.core.ColumnType;
import io.cromford.core.LongTupleIndex;
import io.cromford.core.Row;
import io.cromford.core.Schema;
import io.cromford.core.SnapshotReader;
import io.cromford.core.SnapshotWriter;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Numbers the keys of one partition: 0, 1, 2, … NULLs group together, as in SQL.
final class KeyNumbers {
  private final int[] columns;
  private final ColumnType.Kind[] kinds;
  private final boolean hasNulls;

  /// The only column, if its slot is the key; else -1.
  private final int plainColumn;

  private final TextDictionary texts;
  private final int width;
  private final LongTupleIndex index;

  /// No keys.
  ///
  /// @param columns what partitions; empty for a single key
  KeyNumbers(Schema input, List<Integer> columns, TextDictionary texts) {
    this.columns = columns.stream().mapToInt(Integer::intValue).toArray();
    this.kinds =
        columns.stream().map(c -> input.column(c).type().kind()).toArray(ColumnType.Kind[]::new);
    this.hasNulls = columns.stream().anyMatch(c -> input.column(c).nullable());
    this.texts = texts;
    this.width = Math.max(1, columns.size() + (hasNulls ? 1 : 0));
    boolean plain =
        kinds.length == 1
            && !hasNulls
            && kinds[0] != ColumnType.Kind.VARCHAR
            && kinds[0] != ColumnType.Kind.DOUBLE;
    this.plainColumn = plain ? this.columns[0] : -1;
    this.index = new LongTupleIndex(width);
  }

  void save(SnapshotWriter out) {
    index.save(out);
  }

  void restore(SnapshotReader in) {
    index.restore(in);
  }

  /// Longs of a key.
  int width() {
    return width;
  }

  /// Writes the longs of a row's key.
  void code(Row row, long[] into, int at) {
    if (plainColumn >= 0) {
      into[at] = row.slot(plainColumn);
      return;
    }
    long nulls = 0;
    for (int i = 0; i < columns.length; i++) {
      if (row.isNull(columns[i])) {
        nulls |= 1L << i;
        into[at + i] = 0;
      } else {
        into[at + i] = code(row, columns[i], kinds[i]);
      }
    }
    if (hasNulls) {
      into[at + columns.length] = nulls;
    }
  }

  /// Reads where the search for a key starts, to have it in the cache.
  long touch(long[] key) {
    return index.touch(key, 0);
  }

  /// The numbers of keys that lie side by side, which are added if they are new.
  void number(long[] keys, int count, int[] numbers) {
    index.addAll(keys, count, numbers);
  }

  /// The number of keys.
  int size() {
    return index.size();
  }

  /// Bytes of memory.
  long heapBytes() {
    return index.heapBytes();
  }

  private long code(Row row, int column, ColumnType.Kind kind) {
    return switch (kind) {
      case VARCHAR -> texts.code(text(row.text(column)));
      case DOUBLE -> Doubles.ordered(row.doubleValue(column));
      case BIGINT, DECIMAL, BOOLEAN, TIMESTAMP -> row.slot(column);
    };
  }

  private static String text(@Nullable String text) {
    return text == null ? "" : text;
  }
}
