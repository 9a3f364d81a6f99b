package io.cromford.features.engine;

/// Rows side by side in a page of the log, which a cursor passes while it follows a batch, and up
/// to which of them each row of the batch comes after.
///
/// Both parts of a record are addressed by the record's words: `rows[at + word]` and
/// `outcomes[outcomeAt + word]`.
final class Segment {
  /// Where the row's parts lie, where the first starts, and words from one to the next.
  long[] rows = new long[0];

  int at;
  int step;

  /// The same of the outcome's parts; unused where no sum reads an outcome.
  long[] outcomes = new long[0];

  int outcomeAt;
  int outcomeStep;

  /// The number of rows.
  int size;

  /// Whether some of them came late; these do not count here.
  boolean hasLate;

  /// The first row's ordinal.
  long firstOrdinal;

  /// Per row of the batch, the number of rows here that it comes after.
  final int[] upTo;

  /// An empty segment.
  Segment(int batchRows) {
    this.upTo = new int[batchRows];
  }

  /// Whether a row came late.
  boolean isLate(int row) {
    return (rows[at + row * step] & Layout.LATE) != 0;
  }

  /// Copies a row's record to a reference.
  void copy(int row, Layout layout, RowRef into) {
    System.arraycopy(rows, at + row * step, into.words, into.at, layout.rowWords);
    if (layout.outcomeWords > 0 && outcomeStep > 0) {
      int from = outcomeAt + row * outcomeStep + layout.rowWords;
      System.arraycopy(outcomes, from, into.words, into.at + layout.rowWords, layout.outcomeWords);
    }
    into.ordinal = firstOrdinal + row;
  }
}
