package io.cromford.features.engine;

/// Points at a row's record: a place in an array, to be moved from row to row.
final class RowRef {
  long[] words;
  int at;
  long ordinal;

  /// A reference to a record of its own.
  RowRef(int recordWords) {
    this.words = new long[recordWords];
  }

  /// The event time.
  long time() {
    return words[at] >> Layout.TIME_SHIFT;
  }

  /// Whether the row came late.
  boolean isLate() {
    return (words[at] & Layout.LATE) != 0;
  }

  /// The key's number in a partition.
  int key(int partition) {
    return Layout.key(words, at, partition);
  }

  /// Whether another row has the same key in a partition.
  boolean isOfSameKey(int partition, RowRef other) {
    return key(partition) == other.key(partition);
  }

  /// The value of a field.
  long get(Field field) {
    return field.get(words, at);
  }

  /// Whether a bit is set.
  boolean has(Field field) {
    return field.get(words, at) != 0;
  }
}
