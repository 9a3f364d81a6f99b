package io.cromford.parquet;

import io.cromford.parquet.PageEncoder.Slice;
import org.apache.parquet.column.statistics.Statistics;
import org.apache.parquet.io.api.Binary;
import org.jspecify.annotations.Nullable;

/// The least and the greatest value of a page, and its NULLs, for readers that skip pages.
final class PageStatistics {
  private PageStatistics() {}

  /// The statistics of a slice of a column.
  static Statistics<?> of(ColumnBuffer column, Slice slice) {
    Statistics<?> statistics = Statistics.createStats(ParquetTypes.type(column.column()));
    statistics.incrementNumNulls(slice.rows() - slice.present());
    if (slice.present() > 0) {
      switch (column.column().type().kind()) {
        case BIGINT, DECIMAL, TIMESTAMP -> longs(statistics, column.slots(), slice);
        case DOUBLE -> doubles(statistics, column.slots(), slice);
        case BOOLEAN -> booleans(statistics, column.slots(), slice);
        case VARCHAR -> texts(statistics, column.texts(), column.slots(), slice);
      }
    }
    return statistics;
  }

  private static void longs(Statistics<?> statistics, long[] slots, Slice slice) {
    long least = Long.MAX_VALUE;
    long greatest = Long.MIN_VALUE;
    for (int i = slice.at(); i < slice.at() + slice.present(); i++) {
      least = Math.min(least, slots[i]);
      greatest = Math.max(greatest, slots[i]);
    }
    statistics.updateStats(least);
    statistics.updateStats(greatest);
  }

  /// Without any bound where a value is not a number: it has no place between two.
  private static void doubles(Statistics<?> statistics, long[] slots, Slice slice) {
    double least = Double.POSITIVE_INFINITY;
    double greatest = Double.NEGATIVE_INFINITY;
    for (int i = slice.at(); i < slice.at() + slice.present(); i++) {
      double value = Double.longBitsToDouble(slots[i]);
      least = Math.min(least, value);
      greatest = Math.max(greatest, value);
    }
    if (!Double.isNaN(least)) {
      statistics.updateStats(least);
      statistics.updateStats(greatest);
    }
  }

  private static void booleans(Statistics<?> statistics, long[] slots, Slice slice) {
    for (int i = slice.at(); i < slice.at() + slice.present(); i++) {
      statistics.updateStats(slots[i] != 0);
    }
  }

  private static void texts(
      Statistics<?> statistics, @Nullable TextPool texts, long[] slots, Slice slice) {
    for (int i = slice.at(); texts != null && i < slice.at() + slice.present(); i++) {
      statistics.updateStats(Binary.fromConstantByteArray(texts.text((int) slots[i])));
    }
  }
}
