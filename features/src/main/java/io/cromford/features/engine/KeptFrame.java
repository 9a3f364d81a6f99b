package io.cromford.features.engine;

import java.util.function.Consumer;

/// The frame of a kept window: which rows of which partition.
///
/// @param innerLagMillis rows enter when they are this old
/// @param outerLagMillis rows leave when they are this old
/// @param includesCurrent whether the row itself counts
record KeptFrame(int partition, long innerLagMillis, long outerLagMillis, boolean includesCurrent) {
  /// The kept form of a frame.
  static KeptFrame of(Layout.Frame frame) {
    return new KeptFrame(
        frame.partition(),
        frame.innerLagMillis(),
        frame.outerLagMillis(),
        frame.window().includesCurrent());
  }

  /// Whether a row lies in the frame of another, by its key and its time.
  boolean holds(RowRef row, RowRef current) {
    long age = current.time() - row.time();
    return age >= innerLagMillis && age < outerLagMillis && row.isOfSameKey(partition, current);
  }

  /// Shows the rows in the frame of a row, the last to arrive first; itself not.
  void walk(ViewLog log, RowRef current, Consumer<RowRef> rows) {
    long first = current.time() - outerLagMillis + 1;
    log.walk(
        partition,
        current.key(partition),
        row -> {
          if (holds(row, current)) {
            rows.accept(row);
          }
          return row.isLate() || row.time() >= first;
        });
  }
}
