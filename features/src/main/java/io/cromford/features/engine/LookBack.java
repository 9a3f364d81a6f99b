package io.cromford.features.engine;

import java.util.Arrays;
import java.util.function.Consumer;

/// Finds, for a late row, the rows of its keys that a cursor has passed and that it does not come
/// after.
///
/// Rows that came in order lie just before the cursor's position, the last first. Late ones lie
/// anywhere, so that the last of them are remembered.
final class LookBack {
  private final ViewLog log;
  private final int[] partitions;
  private final int most;
  private final int step;
  private final LateTrail late;
  private final RowRef row;
  private long[] found = new long[16];
  private int count;

  /// Nothing is found yet.
  ///
  /// @param partitions whose keys count
  /// @param most rows that it looks back, and late ones that it remembers
  LookBack(ViewLog log, Layout layout, int[] partitions, int most) {
    this.log = log;
    this.partitions = partitions;
    this.most = most;
    this.step = layout.rowWords;
    this.late = new LateTrail(most);
    this.row = new RowRef(layout.recordWords);
  }

  /// Remembers a late row that was passed.
  void rememberLate(RowRef passed) {
    late.add(passed.time(), passed.ordinal);
  }

  /// Forgets the late rows up to a time.
  void forgetLate(long time) {
    late.forgetUpTo(time);
  }

  /// Finds the passed rows of a row's keys that are later than a time.
  ///
  /// @param position the first row in order that was not passed
  /// @return whether they lie near enough to be looked for; if not, none is found
  boolean find(RowRef current, long time, long position) {
    count = 0;
    if (!late.remembersAfter(time) || !isNear(time, position)) {
      return false;
    }
    findInOrder(current, FeatureEngine.stampAfter(time), position);
    for (int i = late.firstAfter(time); i < late.size(); i++) {
      log.rows.read(late.ordinal(i), row.words, 0);
      noteIfOfSameKey(row.words, 0, late.ordinal(i), current);
    }
    return true;
  }

  /// Shows the rows that were found, in no order. The reference is moved from row to row.
  void each(Consumer<RowRef> rows) {
    for (int i = 0; i < count; i++) {
      log.read(found[i], row);
      rows.accept(row);
    }
  }

  /// Bytes of memory.
  long heapBytes() {
    return late.heapBytes() + 8L * found.length;
  }

  /// Whether no more rows than it looks back lie between a time and the position.
  private boolean isNear(long time, long position) {
    if (position <= most) {
      return true;
    }
    for (long at = position - most; at < position; at++) {
      log.rows.read(at, row.words, 0);
      if (!row.isLate()) {
        return row.time() <= time;
      }
    }
    return false;
  }

  /// Finds the rows that came in order.
  ///
  /// @param first the least first word of a record that is found
  private void findInOrder(RowRef current, long first, long position) {
    long next = position - 1;
    while (next >= 0) {
      PagedLog.Page page = log.rows.pin(next);
      long[] words = page.words;
      int at = log.rows.offset(next);
      while (at >= 0 && (words[at] >= first || (words[at] & Layout.LATE) != 0)) {
        if ((words[at] & Layout.LATE) == 0) {
          noteIfOfSameKey(words, at, next, current);
        }
        at -= step;
        next--;
      }
      log.rows.unpin(page);
      if (at >= 0) {
        return;
      }
    }
  }

  private void noteIfOfSameKey(long[] words, int at, long ordinal, RowRef current) {
    for (int partition : partitions) {
      if (Layout.key(words, at, partition) == current.key(partition)) {
        if (count == found.length) {
          found = Arrays.copyOf(found, count * 2);
        }
        found[count++] = ordinal;
        return;
      }
    }
  }
}
