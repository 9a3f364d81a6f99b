package io.cromford.features.engine;

import io.cromford.core.PagedLongs;
import io.cromford.core.SnapshotReader;
import io.cromford.core.SnapshotWriter;

/// LAST over a frame: per key the latest row that has entered; it counts while it has not left.
///
/// Of rows with the same time the one that arrived last is the latest.
final class LastWindow implements KeptWindow {
  /// Words of a key's state: the time, twice the ordinal + 1 and whether it is not NULL, the value.
  static final int STATE_WORDS = 3;

  private final KeptFrame frame;
  private final Field filter;
  private final Field present;
  private final Field value;
  private final ViewLog log;
  private final PagedLongs states = new PagedLongs(STATE_WORDS);
  private final long[] latest = new long[STATE_WORDS];

  /// A window without rows.
  ///
  /// @param filter whether a row counts
  /// @param present whether it counts and its value is not NULL
  LastWindow(KeptFrame frame, Field filter, Field present, Field value, ViewLog log) {
    this.frame = frame;
    this.filter = filter;
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
  }

  @Override
  public void restore(SnapshotReader in) {
    states.restore(in);
  }

  @Override
  public boolean readsOutcomes() {
    return filter.outcome() || present.outcome() || value.outcome();
  }

  @Override
  public void enter(RowRef row) {
    int key = row.key(frame.partition());
    consider(row, states.page(key), states.offset(key));
  }

  @Override
  public void leave(RowRef row, long limit) {}

  @Override
  public void relabel(RowRef old, RowRef now, Cursor inner, Cursor outer) {
    if (!inner.hasPassed(now)) {
      return;
    }
    int key = now.key(frame.partition());
    long[] state = states.page(key);
    int at = states.offset(key);
    state[at] = 0;
    state[at + 1] = 0;
    log.walk(
        frame.partition(),
        key,
        row -> {
          if (inner.hasPassed(row)) {
            consider(row, state, at);
          }
          return row.isLate() || state[at + 1] == 0 || row.time() >= state[at];
        });
  }

  @Override
  public void read(RowRef current, long[] into, int at) {
    int key = current.key(frame.partition());
    write(current, states.page(key), states.offset(key), into, at);
  }

  @Override
  public void readLate(RowRef current, boolean rewound, Cursor outer, long[] into, int at) {
    int key = current.key(frame.partition());
    long[] state = states.page(key);
    int from = states.offset(key);
    boolean isBefore =
        state[from + 1] == 0 || state[from] <= current.time() - frame.innerLagMillis();
    if (isBefore && !readsOutcomes()) { // a row that has left keeps the outcome that it had then
      write(current, state, from, into, at);
      return;
    }
    latest[1] = 0;
    log.walk(
        frame.partition(),
        key,
        row -> {
          if (frame.holds(row, current)) {
            consider(row, latest, 0);
          }
          return row.isLate() || row.time() >= earliest(current);
        });
    write(current, latest, 0, into, at);
  }

  /// The time before which no row in order needs to be looked at any more.
  private long earliest(RowRef current) {
    long first = current.time() - frame.outerLagMillis() + 1;
    return latest[1] == 0 ? first : Math.max(first, latest[0]);
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
    return 0;
  }

  private void write(RowRef current, long[] state, int from, long[] into, int at) {
    boolean isLatest = frame.includesCurrent() && current.has(filter);
    boolean isThere = state[from + 1] != 0 && state[from] > current.time() - frame.outerLagMillis();
    long notNull = isThere ? state[from + 1] & 1 : 0;
    into[at] = isLatest ? current.get(value) : isThere ? state[from + 2] : 0;
    into[at + 1] = isLatest ? current.get(present) : notNull;
  }

  private void consider(RowRef row, long[] state, int at) {
    if (!row.has(filter)) {
      return;
    }
    long time = row.time();
    long order = (row.ordinal + 1) << 1;
    boolean later =
        state[at + 1] == 0 || time > state[at] || (time == state[at] && order > state[at + 1]);
    if (later) {
      state[at] = time;
      state[at + 1] = order | row.get(present);
      state[at + 2] = row.get(value);
    }
  }
}
