package io.cromford.features.engine;

/// A row in a page of the log, and its outcome's part in a page of its own: where a cursor stands.
///
/// Both parts of a record are addressed by the record's words: `rows[at + word]` and
/// `outcomes[outcomeAt + word]`.
final class Place {
  long[] rows = new long[0];
  int at;

  /// Unused where no sum reads an outcome.
  long[] outcomes = new long[0];

  int outcomeAt;

  /// Words from one row's part to the next one's.
  final int step;

  final int outcomeStep;

  /// No place yet.
  Place(Layout layout) {
    this.step = layout.rowWords;
    this.outcomeStep = layout.outcomeWords;
  }

  /// Whether the row came late.
  boolean isLate() {
    return (rows[at] & Layout.LATE) != 0;
  }

  /// Goes on by some rows of the page.
  void skip(int count) {
    at += count * step;
    outcomeAt += count * outcomeStep;
  }

  /// Copies the row's record to a reference, but for its ordinal.
  void copy(RowRef into) {
    System.arraycopy(rows, at, into.words, into.at, step);
    if (outcomes.length > 0) {
      System.arraycopy(outcomes, outcomeAt + step, into.words, into.at + step, outcomeStep);
    }
  }
}
