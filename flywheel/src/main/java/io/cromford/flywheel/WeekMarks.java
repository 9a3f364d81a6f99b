package io.cromford.flywheel;

import io.cromford.core.SnapshotReader;
import io.cromford.core.SnapshotWriter;
import java.util.Arrays;

/// What was done about each decision of a week and what became of it: 5 bytes a decision. An
/// outcome can be marked at any time, a correction in place of what was there.
final class WeekMarks {
  private static final int FIRST_CAPACITY = 1024;

  private static final byte STOPPED = 1;
  private static final byte ALERT = 2;
  private static final byte FROZEN_STOPPED = 4;
  private static final byte FROZEN_ALERT = 8;
  private static final byte KNOWN = 16;
  private static final byte POSITIVE = 32;
  private static final byte DEFINITIVE = 64;
  private static final byte EXPLORED = (byte) 128;
  private static final int DONE = STOPPED | ALERT | FROZEN_STOPPED | FROZEN_ALERT | EXPLORED;

  private long first;
  private int[] offsets = new int[FIRST_CAPACITY];
  private byte[] marks = new byte[FIRST_CAPACITY];
  private int size;
  private int explored;
  private int oneIn = 1;

  void save(SnapshotWriter out) {
    out.number(first);
    out.ints(offsets);
    out.bytes(marks);
    out.count(size);
    out.count(explored);
    out.count(oneIn);
  }

  void restore(SnapshotReader in) {
    first = in.number();
    offsets = in.ints();
    marks = in.bytes();
    size = in.count();
    explored = in.count();
    oneIn = in.count();
  }

  void add(LiveDecision decision) {
    if (size > 0 && decision.ordinal() <= last()) {
      throw new IllegalArgumentException("decision " + decision.ordinal() + " after " + last());
    }
    if (size == offsets.length) {
      int capacity = size + (size >> 1);
      offsets = Arrays.copyOf(offsets, capacity);
      marks = Arrays.copyOf(marks, capacity);
    }
    first = size == 0 ? decision.ordinal() : first;
    offsets[size] = Math.toIntExact(decision.ordinal() - first);
    marks[size++] =
        (byte)
            (marks(decision.verdict(), STOPPED, ALERT)
                | marks(decision.frozen(), FROZEN_STOPPED, FROZEN_ALERT)
                | explored(decision));
  }

  private int explored(LiveDecision decision) {
    if (decision.exploredOneIn() == 0) {
      return 0;
    }
    explored++;
    oneIn = decision.exploredOneIn();
    return EXPLORED;
  }

  private static int marks(LiveDecision.Verdict verdict, byte stopped, byte alert) {
    return switch (verdict) {
      case PASSED -> 0;
      case STOPPED -> stopped;
      case ALERTED -> stopped | alert;
    };
  }

  private long last() {
    return first + offsets[size - 1];
  }

  int size() {
    return size;
  }

  /// Whether an ordinal lies at or behind the first decision's.
  boolean begins(long ordinal) {
    return size > 0 && first <= ordinal;
  }

  /// The row of an ordinal; negative if it is not among the decisions.
  int find(long ordinal) {
    long offset = ordinal - first;
    return offset < 0 || offset > Integer.MAX_VALUE
        ? -1
        : Arrays.binarySearch(offsets, 0, size, (int) offset);
  }

  /// Marks what is known of a row.
  ///
  /// @return whether something else was known before
  boolean mark(int row, Truth truth) {
    byte before = marks[row];
    marks[row] = (byte) ((before & DONE) | marks(truth));
    return marks[row] != before;
  }

  /// What is marked now, for whoever reads on while more is marked.
  WeekMarks copy() {
    WeekMarks copy = new WeekMarks();
    copy.first = first;
    copy.offsets = offsets;
    copy.marks = Arrays.copyOf(marks, size);
    copy.size = size;
    copy.explored = explored;
    copy.oneIn = oneIn;
    return copy;
  }

  /// The ordinal of a row.
  long ordinal(int row) {
    return first + offsets[row];
  }

  private static int marks(Truth truth) {
    return (truth.isKnown() ? KNOWN : 0)
        | (truth.isPositive() ? POSITIVE : 0)
        | (truth.isDefinitive() ? DEFINITIVE : 0);
  }

  Truth truth(int row) {
    return (marks[row] & KNOWN) == 0
        ? Truth.UNKNOWN
        : Truth.of((marks[row] & POSITIVE) != 0, (marks[row] & DEFINITIVE) != 0);
  }

  boolean stopped(int row) {
    return (marks[row] & STOPPED) != 0;
  }

  /// Whether it would have been stopped, and was let through at random.
  boolean explored(int row) {
    return (marks[row] & EXPLORED) != 0;
  }

  /// How often rows count.
  Exploration exploration() {
    if (explored == 0) {
      return Exploration.NONE;
    }
    int stopped = 0;
    int unknown = 0;
    for (int row = 0; row < size; row++) {
      stopped += stopped(row) ? 1 : 0;
      unknown += stopped(row) && !truth(row).isKnown() ? 1 : 0;
    }
    return new Exploration(explored, stopped, unknown, oneIn);
  }

  /// How often a row counts.
  int times(int row, Exploration exploration) {
    if (explored(row)) {
      return exploration.timesExplored();
    }
    return stopped(row) ? exploration.timesStopped(truth(row).isKnown()) : 1;
  }

  boolean alert(int row) {
    return (marks[row] & ALERT) != 0;
  }

  boolean frozenStopped(int row) {
    return (marks[row] & FROZEN_STOPPED) != 0;
  }

  boolean frozenAlert(int row) {
    return (marks[row] & FROZEN_ALERT) != 0;
  }

  int knownOutcomes() {
    int count = 0;
    for (int row = 0; row < size; row++) {
      count += truth(row).isKnown() ? 1 : 0;
    }
    return count;
  }

  /// Which rows are positive, as far as is known.
  boolean[] positives() {
    boolean[] positives = new boolean[size];
    for (int row = 0; row < size; row++) {
      positives[row] = truth(row).isPositive();
    }
    return positives;
  }
}
