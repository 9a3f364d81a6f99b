package io.cromford.parquet;

import io.cromford.core.LongTupleIndex;
import java.io.IOException;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.column.page.DictionaryPage;
import org.apache.parquet.column.page.PageWriter;
import org.apache.parquet.column.statistics.Statistics;
import org.jspecify.annotations.Nullable;

/// Encodes a column of a row group as one page of version 1: by a dictionary where values repeat,
/// else plain.
///
/// The library's own column writers take a value at a time, which costs several times what the
/// features did. Here a column is encoded in loops over arrays, and only whole pages reach the
/// library. A page of a whole row group is a megabyte of numbers, the format's usual size.
///
/// @see <a href="https://parquet.apache.org/docs/file-format/data-pages/encodings/">Encodings</a>
final class PageEncoder {
  private static final int MOST_DISTINCT = 1 << 16;

  /// So many values are numbered before it is asked whether they repeat.
  private static final int TRIED = 1 << 14;

  private final int[] numbers;

  /// An encoder of row groups of so many rows at most.
  PageEncoder(int rows) {
    this.numbers = new int[rows];
  }

  /// Writes a column's page, and its dictionary before it.
  void encode(ColumnBuffer column, PageWriter writer) throws IOException {
    LongTupleIndex dictionary = dictionary(column);
    if (dictionary == null) {
      BytesInput values = PlainValues.of(column, column.slots(), column.present());
      Statistics<?> statistics = PageStatistics.of(column, column.slots(), column.present());
      write(column, values, statistics, Encoding.PLAIN, writer);
      return;
    }
    int distinct = dictionary.size();
    long[] entries = entries(dictionary);
    BytesInput plain = PlainValues.of(column, entries, distinct);
    writer.writeDictionaryPage(new DictionaryPage(plain, distinct, Encoding.PLAIN));
    BytesInput values = indices(column.present(), distinct);
    Statistics<?> statistics = PageStatistics.of(column, entries, distinct);
    write(column, values, statistics, Encoding.RLE_DICTIONARY, writer);
  }

  private void write(
      ColumnBuffer column,
      BytesInput values,
      Statistics<?> statistics,
      Encoding encoding,
      PageWriter writer)
      throws IOException {
    BytesInput body =
        column.column().nullable() ? BytesInput.concat(levels(column), values) : values;
    writer.writePage(
        body, column.size(), column.size(), statistics, Encoding.RLE, Encoding.RLE, encoding);
  }

  /// Numbers a column's values, if that pays.
  private @Nullable LongTupleIndex dictionary(ColumnBuffer column) {
    if (column.isBoolean()) {
      return null;
    }
    LongTupleIndex index = new LongTupleIndex(1);
    long[] slots = column.slots();
    for (int i = 0; i < column.present(); i++) {
      // Runs are common, and a comparison is cheaper than a look into the table.
      boolean again = i > 0 && slots[i] == slots[i - 1];
      numbers[i] = again ? numbers[i - 1] : index.add(slots, i);
      boolean repeats = i < TRIED || index.size() <= i / 2;
      if (!repeats || index.size() > MOST_DISTINCT) {
        return null;
      }
    }
    return index.size() <= column.present() / 2 ? index : null;
  }

  private static long[] entries(LongTupleIndex dictionary) {
    long[] entries = new long[dictionary.size()];
    for (int i = 0; i < entries.length; i++) {
      entries[i] = dictionary.value(i, 0);
    }
    return entries;
  }

  private BytesInput indices(int count, int distinct) {
    int width = RunLengths.width(distinct);
    return BytesInput.concat(
        BytesInput.from(new byte[] {(byte) width}), RunLengths.of(numbers, 0, count, width));
  }

  /// Which rows are NULL: 0 where one is, with the length before it.
  private BytesInput levels(ColumnBuffer column) {
    // The indices, if there are any, have left the array by now.
    for (int row = 0; row < column.size(); row++) {
      numbers[row] = column.isNull(row) ? 0 : 1;
    }
    BytesInput levels = RunLengths.of(numbers, 0, column.size(), 1);
    return BytesInput.concat(BytesInput.fromInt(Math.toIntExact(levels.size())), levels);
  }
}
