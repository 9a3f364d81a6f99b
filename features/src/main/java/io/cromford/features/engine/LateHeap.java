package io.cromford.features.engine;

import io.cromford.core.SnapshotReader;
import io.cromford.core.SnapshotWriter;
import java.util.Arrays;

/// The late rows that an edge has not reached yet, earliest first.
///
/// It holds at most the late rows of the last lag's time; 16 bytes each. A late row is one whose
/// event time is below the largest seen before it.
final class LateHeap {
  private long[] times = new long[0];
  private long[] ordinals = new long[0];
  private int size;

  void save(SnapshotWriter out) {
    out.longs(times);
    out.longs(ordinals);
    out.count(size);
  }

  void restore(SnapshotReader in) {
    times = in.longs();
    ordinals = in.longs();
    size = in.count();
  }

  /// The number of rows.
  int size() {
    return size;
  }

  /// The earliest row's time, if there is one.
  long firstTime() {
    return times[0];
  }

  /// Whether the earliest row's time is at most this.
  boolean hasUpTo(long time) {
    return size > 0 && times[0] <= time;
  }

  /// Adds a row.
  void add(long time, long ordinal) {
    if (size == times.length) {
      times = Arrays.copyOf(times, Math.max(16, size * 3 / 2));
      ordinals = Arrays.copyOf(ordinals, times.length);
    }
    int at = size++;
    while (at > 0 && times[(at - 1) / 2] > time) {
      move((at - 1) / 2, at);
      at = (at - 1) / 2;
    }
    times[at] = time;
    ordinals[at] = ordinal;
  }

  /// Takes the earliest row, and returns its ordinal.
  long poll() {
    long first = ordinals[0];
    size--;
    long time = times[size];
    long ordinal = ordinals[size];
    int at = 0;
    int child = smallerChild(at);
    while (child < size && times[child] < time) {
      move(child, at);
      at = child;
      child = smallerChild(at);
    }
    times[at] = time;
    ordinals[at] = ordinal;
    return first;
  }

  /// Bytes of memory.
  long heapBytes() {
    return 16L * times.length;
  }

  private int smallerChild(int at) {
    int left = 2 * at + 1;
    return left + 1 < size && times[left + 1] < times[left] ? left + 1 : left;
  }

  private void move(int from, int to) {
    times[to] = times[from];
    ordinals[to] = ordinals[from];
  }
}
