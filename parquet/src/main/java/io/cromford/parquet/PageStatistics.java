package io.cromford.parquet;

import org.apache.parquet.column.statistics.Statistics;
import org.apache.parquet.io.api.Binary;
import org.jspecify.annotations.Nullable;

/// The least and the greatest value of a page, and its NULLs, for readers that skip pages.
final class PageStatistics {
  private PageStatistics() {}

  /// The statistics of a column.
  ///
  /// @param slots its slots, or the distinct ones among them
  static Statistics<?> of(ColumnBuffer column, long[] slots, int count) {
    Statistics<?> statistics = Statistics.createStats(ParquetTypes.type(column.column()));
    statistics.incrementNumNulls(column.size() - column.present());
    if (count > 0) {
      switch (column.column().type().kind()) {
        case BIGINT, DECIMAL, TIMESTAMP -> longs(statistics, slots, count);
        case DOUBLE -> doubles(statistics, slots, count);
        case BOOLEAN -> booleans(statistics, slots, count);
        case VARCHAR -> texts(statistics, column.texts(), slots, count);
      }
    }
    return statistics;
  }

  private static void longs(Statistics<?> statistics, long[] slots, int count) {
    long least = Long.MAX_VALUE;
    long greatest = Long.MIN_VALUE;
    for (int i = 0; i < count; i++) {
      least = Math.min(least, slots[i]);
      greatest = Math.max(greatest, slots[i]);
    }
    statistics.updateStats(least);
    statistics.updateStats(greatest);
  }

  /// Without any bound where a value is not a number: it has no place between two.
  private static void doubles(Statistics<?> statistics, long[] slots, int count) {
    double least = Double.POSITIVE_INFINITY;
    double greatest = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < count; i++) {
      double value = Double.longBitsToDouble(slots[i]);
      least = Math.min(least, value);
      greatest = Math.max(greatest, value);
    }
    if (!Double.isNaN(least)) {
      statistics.updateStats(least);
      statistics.updateStats(greatest);
    }
  }

  private static void booleans(Statistics<?> statistics, long[] slots, int count) {
    for (int i = 0; i < count; i++) {
      statistics.updateStats(slots[i] != 0);
    }
  }

  private static void texts(
      Statistics<?> statistics, @Nullable TextPool texts, long[] slots, int count) {
    for (int i = 0; texts != null && i < count; i++) {
      statistics.updateStats(Binary.fromConstantByteArray(texts.text((int) slots[i])));
    }
  }
}
