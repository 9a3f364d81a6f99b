package io.cromford.parquet;

import io.cromford.core.LongTupleIndex;
import java.io.IOException;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.column.page.DictionaryPage;
import org.apache.parquet.column.page.PageWriter;
import org.apache.parquet.column.statistics.Statistics;
import org.jspecify.annotations.Nullable;

/// Encodes a column of a row group as pages of version 1: by a dictionary where values repeat, else
/// plain.
///
/// The library's own column writers take a value at a time, which costs several times what the
/// features did. Here a column is encoded in loops over arrays, and only whole pages reach the
/// library.
///
/// @see <a href="https://parquet.apache.org/docs/file-format/data-pages/encodings/">Encodings</a>
final class PageEncoder {
  /// A megabyte of numbers, the format's usual size: a header, statistics and a checksum less
  /// often.
  private static final int PAGE_ROWS = 1 << 17;

  private static final int MOST_DISTINCT = 1 << 16;

  /// So many values are numbered before it is asked whether they repeat.
  private static final int TRIED = 1 << 14;

  private final int[] numbers;
  private final int[] present = new int[PAGE_ROWS];

  /// An encoder of row groups of so many rows at most.
  PageEncoder(int rows) {
    this.numbers = new int[rows];
  }

  /// What of a column goes into a page.
  ///
  /// @param row the first row
  /// @param rows the number of rows
  /// @param at the first slot
  /// @param present the number of slots
  record Slice(int row, int rows, int at, int present) {}

  /// Writes a column's pages.
  void encode(ColumnBuffer column, PageWriter writer) throws IOException {
    LongTupleIndex dictionary = dictionary(column);
    if (dictionary != null) {
      writer.writeDictionaryPage(
          new DictionaryPage(
              PlainValues.of(column, entries(dictionary), 0, dictionary.size()),
              dictionary.size(),
              Encoding.PLAIN));
    }
    for (int row = 0, at = 0; row < column.size(); row += PAGE_ROWS) {
      int rows = Math.min(PAGE_ROWS, column.size() - row);
      int present =
          column.isFull() ? rows : column.presentBefore(row + rows) - column.presentBefore(row);
      write(column, new Slice(row, rows, at, present), dictionary, writer);
      at += present;
    }
  }

  private void write(
      ColumnBuffer column, Slice slice, @Nullable LongTupleIndex dictionary, PageWriter writer)
      throws IOException {
    BytesInput values =
        dictionary == null
            ? PlainValues.of(column, column.slots(), slice.at(), slice.present())
            : indices(slice, dictionary.size());
    BytesInput body =
        column.column().nullable() ? BytesInput.concat(levels(column, slice), values) : values;
    Statistics<?> statistics = PageStatistics.of(column, slice);
    Encoding encoding = dictionary == null ? Encoding.PLAIN : Encoding.RLE_DICTIONARY;
    writer.writePage(
        body, slice.rows(), slice.rows(), statistics, Encoding.RLE, Encoding.RLE, encoding);
  }

  /// Numbers a column's values, if that pays.
  private @Nullable LongTupleIndex dictionary(ColumnBuffer column) {
    if (column.isBoolean()) {
      return null;
    }
    LongTupleIndex index = new LongTupleIndex(1);
    for (int i = 0; i < column.present(); i++) {
      numbers[i] = index.add(column.slots(), i);
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

  private BytesInput indices(Slice slice, int distinct) {
    int width = RunLengths.width(distinct);
    return BytesInput.concat(
        BytesInput.from(new byte[] {(byte) width}),
        RunLengths.of(numbers, slice.at(), slice.present(), width));
  }

  /// Which rows are NULL: 0 where one is, with the length before it.
  private BytesInput levels(ColumnBuffer column, Slice slice) {
    for (int i = 0; i < slice.rows(); i++) {
      present[i] = column.isNull(slice.row() + i) ? 0 : 1;
    }
    BytesInput levels = RunLengths.of(present, 0, slice.rows(), 1);
    return BytesInput.concat(BytesInput.fromInt(Math.toIntExact(levels.size())), levels);
  }
}
