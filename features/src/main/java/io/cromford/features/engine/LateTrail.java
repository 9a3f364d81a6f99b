package io.cromford.features.engine;

import java.util.Arrays;

/// The late rows that a cursor has passed last, by time: where they lie among the others is not
/// seen from the log's order.
///
/// It grows with the late rows, up to a most; 16 bytes each. What it has forgotten it says.
final class LateTrail {
  private final int most;
  private long[] times = new long[0];
  private long[] ordinals = new long[0];
  private int size;
  private long forgotten = Long.MIN_VALUE;

  /// A trail without rows.
  ///
  /// @param most rows that it remembers
  LateTrail(int most) {
    this.most = most;
  }

  /// Adds a row; most come in order of time.
  void add(long time, long ordinal) {
    if (size == most) {
      forgetHalf(time);
    }
    if (time <= forgotten) {
      return;
    }
    if (size == times.length) {
      times = Arrays.copyOf(times, Math.min(most, Math.max(16, size * 2)));
      ordinals = Arrays.copyOf(ordinals, times.length);
    }
    int at = firstAfter(time);
    System.arraycopy(times, at, times, at + 1, size - at);
    System.arraycopy(ordinals, at, ordinals, at + 1, size - at);
    times[at] = time;
    ordinals[at] = ordinal;
    size++;
  }

  /// Forgets all up to a time.
  void forgetUpTo(long time) {
    size = 0;
    forgotten = time;
  }

  /// Whether it remembers every row later than this.
  boolean remembersAfter(long time) {
    return time >= forgotten;
  }

  /// The first row, from 0, that is later than this; the number of rows where there is none.
  int firstAfter(long time) {
    int from = 0;
    int to = size;
    while (from < to) {
      int middle = (from + to) >>> 1;
      if (times[middle] > time) {
        to = middle;
      } else {
        from = middle + 1;
      }
    }
    return from;
  }

  /// The number of rows.
  int size() {
    return size;
  }

  /// A row's ordinal.
  long ordinal(int at) {
    return ordinals[at];
  }

  /// Bytes of memory.
  long heapBytes() {
    return 16L * times.length;
  }

  /// The earlier half goes at once, so that rows are moved seldom.
  ///
  /// @param time forgotten where there is no room at all
  private void forgetHalf(long time) {
    forgotten = size == 0 ? Math.max(forgotten, time) : times[(size - 1) / 2];
    int gone = firstAfter(forgotten);
    size -= gone;
    System.arraycopy(times, gone, times, 0, size);
    System.arraycopy(ordinals, gone, ordinals, 0, size);
  }
}
