package io.cromford.features.engine;

/// Points at a row's records: a place in an array for each, to be moved from row to row.
final class RowRef {
  long[] row = new long[0];
  int at;
  long[] outcomes = new long[0];
  int outcomeAt;
  long ordinal;

  /// The event time.
  long time() {
    return row[at] >> Layout.TIME_SHIFT;
  }

  /// Whether the row came late.
  boolean isLate() {
    return (row[at] & Layout.LATE) != 0;
  }

  /// The key's number in a partition.
  int key(int partition) {
    return (int) (row[at + Layout.keyWord(partition)] >>> Layout.keyShift(partition));
  }

  /// The value of a field.
  long get(Field field) {
    return field.get(row, at, outcomes, outcomeAt);
  }

  /// Whether a bit is set.
  boolean has(Field field) {
    return get(field) != 0;
  }
}
