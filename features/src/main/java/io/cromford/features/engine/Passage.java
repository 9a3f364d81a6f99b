package io.cromford.features.engine;

/// Rows that a cursor passes while it follows a batch: their records, and up to which of them each
/// row of the batch comes after.
final class Passage {
  /// The most rows a passage holds; a cursor that passes more does so in pieces.
  static final int CAPACITY = 8192;

  final int recordWords;
  final long[] records;
  final long[] ordinals;

  /// Per row of the batch, the number of rows here that it comes after.
  final int[] upTo;

  /// The number of rows.
  int size;

  /// An empty passage.
  Passage(Layout layout, int batchRows) {
    this.recordWords = layout.recordWords;
    this.records = new long[CAPACITY * recordWords];
    this.ordinals = new long[CAPACITY];
    this.upTo = new int[batchRows];
  }

  /// Whether no row can be added.
  boolean isFull() {
    return size == CAPACITY;
  }

  /// Points at a row.
  void point(RowRef at, int row) {
    at.words = records;
    at.at = row * recordWords;
    at.ordinal = ordinals[row];
  }
}
