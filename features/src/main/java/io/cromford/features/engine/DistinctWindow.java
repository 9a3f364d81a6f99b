package io.cromford.features.engine;

import io.cromford.core.PagedLongs;
import io.cromford.core.SnapshotReader;
import io.cromford.core.SnapshotWriter;
import java.util.HashSet;
import java.util.Set;

/// COUNT(DISTINCT …) over a frame: per key and value how often it occurs, and per key how many do.
///
/// A value costs 26 to 51 bytes for as long as it is in a key's frame.
final class DistinctWindow implements KeptWindow {
  private final KeptFrame frame;
  private final Field present;
  private final Field value;
  private final ViewLog log;
  private final PagedLongs states = new PagedLongs(1);
  private final PairCounts counts = new PairCounts();

  /// A window without rows.
  DistinctWindow(KeptFrame frame, Field present, Field value, ViewLog log) {
    this.frame = frame;
    this.present = present;
    this.value = value;
    this.log = log;
  }

  @Override
  public KeptFrame frame() {
    return frame;
  }

  @Override
  public void save(SnapshotWriter out) {
    states.save(out);
    counts.save(out);
  }

  @Override
  public void restore(SnapshotReader in) {
    states.restore(in);
    counts.restore(in);
  }

  @Override
  public boolean readsOutcomes() {
    return present.outcome() || value.outcome();
  }

  @Override
  public void enter(RowRef row) {
    add(row);
  }

  @Override
  public void leave(RowRef row, long limit) {
    remove(row);
  }

  @Override
  public void add(RowRef row) {
    if (row.has(present)) {
      int key = row.key(frame.partition());
      if (counts.increment(key, row.get(value)) == 1) {
        change(key, 1);
      }
    }
  }

  @Override
  public void remove(RowRef row) {
    if (row.has(present)) {
      int key = row.key(frame.partition());
      if (counts.decrement(key, row.get(value)) == 0) {
        change(key, -1);
      }
    }
  }

  @Override
  public void relabel(RowRef old, RowRef now, Cursor inner, Cursor outer) {
    if (inner.hasPassed(now) && !outer.hasPassed(now)) {
      add(now);
      remove(old);
    }
  }

  @Override
  public void read(RowRef current, long[] into, int at) {
    int key = current.key(frame.partition());
    boolean adds =
        frame.includesCurrent()
            && current.has(present)
            && counts.count(key, current.get(value)) == 0;
    into[at] = states.get(key, 0) + (adds ? 1 : 0);
    into[at + 1] = 1;
  }

  @Override
  public void readLate(RowRef current, boolean rewound, Cursor outer, long[] into, int at) {
    if (rewound) {
      read(current, into, at);
      return;
    }
    Set<Long> values = new HashSet<>();
    frame.walk(log, current, row -> collect(values, row));
    if (frame.includesCurrent()) {
      collect(values, current);
    }
    into[at] = values.size();
    into[at + 1] = 1;
  }

  @Override
  public void grow(int keys) {
    states.grow(keys);
  }

  @Override
  public long stateBytes() {
    return states.heapBytes();
  }

  @Override
  public long heapBytes() {
    return counts.heapBytes();
  }

  private void collect(Set<Long> values, RowRef row) {
    if (row.has(present)) {
      values.add(row.get(value));
    }
  }

  private void change(int key, int by) {
    states.set(key, 0, states.get(key, 0) + by);
  }
}
