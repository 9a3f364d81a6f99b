package io.cromford.features.engine;

import io.cromford.core.Row;
import io.cromford.core.Schema;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// The rows that have arrived and whose features are still to be computed: their records, their
/// keys, and the features that read only the row.
final class Batch {
  final int recordWords;
  final int detailWords;
  final int earlyCount;
  final long[] records;
  final long[] details;
  final long[][] keys;
  final double[] early;

  /// The event times, and per partition the keys' numbers: what every cursor reads, by itself.
  final long[] times;

  final int[][] numbers;

  /// The observations themselves, where a feature reads columns beside aggregates; else empty.
  final List<Row> observations = new ArrayList<>();

  /// The number of rows.
  int size;

  /// An empty batch.
  ///
  /// @param rows the most rows it can hold
  /// @param keyWords per partition the longs of a key
  /// @param earlyCount features that read only the row
  Batch(int rows, Layout layout, int detailWords, int[] keyWords, int earlyCount) {
    this.recordWords = layout.recordWords;
    this.detailWords = detailWords;
    this.earlyCount = earlyCount;
    this.records = new long[rows * recordWords];
    this.details = new long[rows * detailWords];
    this.keys = columns(rows, keyWords);
    this.early = new double[rows * earlyCount];
    this.times = new long[rows];
    this.numbers = new int[keyWords.length][rows];
  }

  /// Makes room for observations.
  void keepObservations(Schema schema, int rows) {
    for (int i = 0; i < rows; i++) {
      observations.add(new Row(schema));
    }
  }

  /// Points at a row.
  ///
  /// @param first the ordinal of the batch's first row
  void point(RowRef at, int row, long first) {
    at.words = records;
    at.at = row * recordWords;
    at.ordinal = first + row;
  }

  /// The first row from one on whose time is at least this; the size if there is none.
  int firstAt(long time, int from) {
    int row = from;
    while (row < size && times[row] < time) {
      row++;
    }
    return row;
  }

  private static long[][] columns(int rows, int[] words) {
    return Arrays.stream(words).mapToObj(each -> new long[rows * each]).toArray(long[][]::new);
  }
}
