package io.cromford.flywheel;

import io.cromford.training.PairedBootstrap.Pair;
import io.cromford.training.Scored;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// One week's decisions, column by column: 42 bytes a row while the week is open.
final class WeekRows {
  private static final int FIRST_CAPACITY = 1024;

  private static final byte STOPPED = 1;
  private static final byte ALERT = 2;
  private static final byte POSITIVE = 4;
  private static final byte KNOWN = 8;
  private static final byte FROZEN_STOPPED = 16;
  private static final byte FROZEN_ALERT = 32;

  private final List<String> champions = new ArrayList<>();
  private long[] ordinals = new long[FIRST_CAPACITY];
  private long[] entities = new long[FIRST_CAPACITY];
  private long[] millis = new long[FIRST_CAPACITY];
  private float[] amounts = new float[FIRST_CAPACITY];
  private float[] serving = new float[FIRST_CAPACITY];
  private float[] frozen = new float[FIRST_CAPACITY];
  private byte[] marks = new byte[FIRST_CAPACITY];
  private int size;

  void add(LiveDecision decision, String champion) {
    if (size > 0 && decision.ordinal() <= ordinals[size - 1]) {
      throw new IllegalArgumentException(
          "decision " + decision.ordinal() + " after " + ordinals[size - 1]);
    }
    if (size == ordinals.length) {
      resize(size + (size >> 1));
    }
    ordinals[size] = decision.ordinal();
    entities[size] = decision.entity();
    millis[size] = decision.atMillis();
    amounts[size] = (float) decision.amount();
    serving[size] = (float) decision.scores().serving();
    frozen[size] = (float) decision.scores().frozen();
    marks[size++] = (byte) (marks(decision.verdict()) | frozenMarks(decision.frozen()));
    if (champions.isEmpty() || !champions.getLast().equals(champion)) {
      champions.add(champion);
    }
  }

  /// Marks the outcome of a decision, a correction in place of what was there.
  ///
  /// @return whether the decision is among the rows
  boolean outcome(long ordinal, boolean positive) {
    int row = Arrays.binarySearch(ordinals, 0, size, ordinal);
    if (row < 0) {
      return false;
    }
    marks[row] = (byte) ((marks[row] & ~POSITIVE) | KNOWN | (positive ? POSITIVE : 0));
    return true;
  }

  int size() {
    return size;
  }

  /// The first decision's ordinal; of no meaning without a row.
  long firstOrdinal() {
    return ordinals[0];
  }

  List<String> champions() {
    return List.copyOf(champions);
  }

  boolean stopped(int row) {
    return (marks[row] & STOPPED) != 0;
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
      count += (marks[row] & KNOWN) != 0 ? 1 : 0;
    }
    return count;
  }

  /// The rows with the serving and the frozen model's scores.
  Pair scored() {
    boolean[] positives = new boolean[size];
    for (int row = 0; row < size; row++) {
      positives[row] = (marks[row] & POSITIVE) != 0;
    }
    Scored first =
        Scored.of(
            Arrays.copyOf(serving, size),
            positives,
            Arrays.copyOf(entities, size),
            Arrays.copyOf(millis, size),
            Arrays.copyOf(amounts, size));
    return new Pair(first, first.withScores(Arrays.copyOf(frozen, size)));
  }

  private static byte marks(LiveDecision.Verdict verdict) {
    return switch (verdict) {
      case PASSED -> 0;
      case STOPPED -> STOPPED;
      case ALERTED -> STOPPED | ALERT;
    };
  }

  private static byte frozenMarks(LiveDecision.Verdict verdict) {
    return switch (verdict) {
      case PASSED -> 0;
      case STOPPED -> FROZEN_STOPPED;
      case ALERTED -> FROZEN_STOPPED | FROZEN_ALERT;
    };
  }

  private void resize(int capacity) {
    ordinals = Arrays.copyOf(ordinals, capacity);
    entities = Arrays.copyOf(entities, capacity);
    millis = Arrays.copyOf(millis, capacity);
    amounts = Arrays.copyOf(amounts, capacity);
    serving = Arrays.copyOf(serving, capacity);
    frozen = Arrays.copyOf(frozen, capacity);
    marks = Arrays.copyOf(marks, capacity);
  }
}
