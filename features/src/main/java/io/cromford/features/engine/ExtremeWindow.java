package io.cromford.features.engine;

import io.cromford.core.PagedLongs;
import io.cromford.core.SnapshotReader;
import io.cromford.core.SnapshotWriter;
import java.util.function.LongBinaryOperator;

/// MIN or MAX over a frame: per key a monotonic deque.
///
/// The deque holds, in order of time, each value that no later one beats; its head is the result.
/// Nodes lie in one pool, 24 bytes each; a key has at most as many as rows in the frame, and about
/// the logarithm of that when values come in no order. A late row goes in at its time. Its own
/// value is the head, if it comes after that, or a row's that has left meanwhile.
final class ExtremeWindow implements KeptWindow {
  private static final int TIME = 0;
  private static final int VALUE = 1;
  private static final int LINKS = 2;

  private final KeptFrame frame;
  private final Field present;
  private final Field value;
  private final LongBinaryOperator order;
  private final ViewLog log;
  private final PagedLongs states = new PagedLongs(1);
  private final PagedLongs nodes = new PagedLongs(3);
  private int free;
  private long best;
  private boolean found;

  /// A window without rows.
  ///
  /// @param order negative where the first value beats the second, 0 where they are equal
  ExtremeWindow(
      KeptFrame frame, Field present, Field value, LongBinaryOperator order, ViewLog log) {
    this.frame = frame;
    this.present = present;
    this.value = value;
    this.order = order;
    this.log = log;
    nodes.grow(1);
  }

  @Override
  public KeptFrame frame() {
    return frame;
  }

  @Override
  public void save(SnapshotWriter out) {
    out.count(states.size());
    for (int key = 0; key < states.size(); key++) {
      out.count(length(key));
      for (int node = head(key); node != 0; node = next(node)) {
        out.number(nodes.get(node, TIME));
        out.number(nodes.get(node, VALUE));
      }
    }
  }

  private int length(int key) {
    int length = 0;
    for (int node = head(key); node != 0; node = next(node)) {
      length++;
    }
    return length;
  }

  /// The deques are what they were; where in the pool their nodes lie need not be.
  @Override
  public void restore(SnapshotReader in) {
    states.grow(in.count());
    for (int key = 0; key < states.size(); key++) {
      for (int left = in.count(); left > 0; left--) {
        int last = tail(key);
        int node = node(in.number(), in.number());
        link(key, last, node);
        link(key, node, 0);
      }
    }
  }

  @Override
  public boolean readsOutcomes() {
    return present.outcome() || value.outcome();
  }

  @Override
  public void enter(RowRef row) {
    if (row.has(present)) {
      insert(row.key(frame.partition()), row.time(), row.get(value));
    }
  }

  @Override
  public void leave(RowRef row, long limit) {
    expire(row.key(frame.partition()), limit);
  }

  @Override
  public void relabel(RowRef old, RowRef now, Cursor inner, Cursor outer) {
    boolean same = old.has(present) == now.has(present) && old.get(value) == now.get(value);
    if (same || !inner.hasPassed(now) || outer.hasPassed(now)) {
      return;
    }
    int key = now.key(frame.partition());
    expire(key, Long.MAX_VALUE);
    log.walk(
        frame.partition(),
        key,
        row -> {
          boolean gone = outer.hasPassed(row);
          if (!gone && inner.hasPassed(row)) {
            enter(row);
          }
          return row.isLate() || !gone;
        });
  }

  @Override
  public void read(RowRef current, long[] into, int at) {
    int key = current.key(frame.partition());
    expire(key, current.time() - frame.outerLagMillis());
    int head = head(key);
    found = head != 0;
    best = found ? nodes.get(head, VALUE) : 0;
    write(current, into, at);
  }

  @Override
  public void readLate(RowRef current, boolean rewound, Cursor outer, long[] into, int at) {
    int head = head(current.key(frame.partition()));
    found = false;
    if (!rewound
        || (head != 0 && nodes.get(head, TIME) > current.time() - frame.innerLagMillis())) {
      frame.walk(log, current, this::consider);
    } else {
      found = head != 0;
      best = found ? nodes.get(head, VALUE) : 0;
      considerGone(current, outer);
    }
    write(current, into, at);
  }

  /// Considers the rows that left before the frame of a late row begins.
  private void considerGone(RowRef current, Cursor outer) {
    outer.eachNewer(row -> {
      if (frame.holds(row, current)) {
        consider(row);
      }
    });
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
    return nodes.heapBytes();
  }

  private void write(RowRef current, long[] into, int at) {
    if (frame.includesCurrent()) {
      consider(current);
    }
    into[at] = found ? best : 0;
    into[at + 1] = found ? 1 : 0;
  }

  private void consider(RowRef row) {
    if (row.has(present) && (!found || order.applyAsLong(row.get(value), best) < 0)) {
      best = row.get(value);
      found = true;
    }
  }

  private boolean beats(long a, long b) {
    return order.applyAsLong(a, b) <= 0;
  }

  private void insert(int key, long time, long newValue) {
    int after = 0;
    int before = tail(key);
    while (before != 0 && nodes.get(before, TIME) > time) {
      after = before;
      before = previous(before);
    }
    boolean beaten = after != 0 && beats(nodes.get(after, VALUE), newValue);
    if (beaten || isBeatenAtSameTime(before, time, newValue)) {
      return;
    }
    while (before != 0 && beats(newValue, nodes.get(before, VALUE))) {
      int node = before;
      before = previous(node);
      release(node);
    }
    int node = node(time, newValue);
    link(key, before, node);
    link(key, node, after);
  }

  private boolean isBeatenAtSameTime(int node, long time, long newValue) {
    return node != 0 && nodes.get(node, TIME) == time && beats(nodes.get(node, VALUE), newValue);
  }

  private void expire(int key, long limit) {
    int node = head(key);
    if (node == 0 || nodes.get(node, TIME) > limit) {
      return;
    }
    while (node != 0 && nodes.get(node, TIME) <= limit) {
      int next = next(node);
      release(node);
      node = next;
    }
    link(key, 0, node);
  }

  /// Makes two nodes neighbours; 0 before is the head, 0 after the tail.
  private void link(int key, int before, int after) {
    if (before == 0) {
      ends(key, after, tail(key));
    } else {
      nodes.set(before, LINKS, pair(previous(before), after));
    }
    if (after == 0) {
      ends(key, head(key), before);
    } else {
      nodes.set(after, LINKS, pair(before, next(after)));
    }
  }

  private int node(long time, long newValue) {
    int node = free;
    if (node == 0) {
      node = nodes.size();
      nodes.grow(node + 1);
    } else {
      free = next(node);
    }
    nodes.set(node, TIME, time);
    nodes.set(node, VALUE, newValue);
    nodes.set(node, LINKS, 0);
    return node;
  }

  private void release(int node) {
    nodes.set(node, LINKS, pair(0, free));
    free = node;
  }

  private int head(int key) {
    return (int) (states.get(key, 0) >>> Integer.SIZE);
  }

  private int tail(int key) {
    return (int) states.get(key, 0);
  }

  private void ends(int key, int head, int tail) {
    states.set(key, 0, pair(head, tail));
  }

  private int previous(int node) {
    return (int) (nodes.get(node, LINKS) >>> Integer.SIZE);
  }

  private int next(int node) {
    return (int) nodes.get(node, LINKS);
  }

  private static long pair(int high, int low) {
    return (long) high << Integer.SIZE | low;
  }
}
