package io.cromford.flywheel;

import io.cromford.core.SnapshotReader;
import io.cromford.core.SnapshotWriter;
import io.cromford.training.PairedBootstrap.Pair;
import io.cromford.training.Scored;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// One week's decisions, column by column: 33 bytes a row while the week is open.
final class WeekRows {
  private static final int FIRST_CAPACITY = 1024;

  private final List<String> champions = new ArrayList<>();
  private final WeekMarks marks = new WeekMarks();
  private long[] entities = new long[FIRST_CAPACITY];
  private long[] millis = new long[FIRST_CAPACITY];
  private float[] amounts = new float[FIRST_CAPACITY];
  private float[] serving = new float[FIRST_CAPACITY];
  private float[] frozen = new float[FIRST_CAPACITY];

  void save(SnapshotWriter out) {
    out.each(champions, out::text);
    marks.save(out);
    out.longs(entities);
    out.longs(millis);
    out.floats(amounts);
    out.floats(serving);
    out.floats(frozen);
  }

  static WeekRows read(SnapshotReader in) {
    WeekRows rows = new WeekRows();
    rows.champions.addAll(in.each(in::text));
    rows.marks.restore(in);
    rows.entities = in.longs();
    rows.millis = in.longs();
    rows.amounts = in.floats();
    rows.serving = in.floats();
    rows.frozen = in.floats();
    return rows;
  }

  void add(LiveDecision decision, String champion) {
    int row = marks.size();
    marks.add(decision);
    if (row == entities.length) {
      resize(row + (row >> 1));
    }
    entities[row] = decision.entity();
    millis[row] = decision.atMillis();
    amounts[row] = (float) decision.amount();
    serving[row] = (float) decision.scores().serving();
    frozen[row] = (float) decision.scores().frozen();
    if (champions.isEmpty() || !champions.getLast().equals(champion)) {
      champions.add(champion);
    }
  }

  /// What was done and what became of it.
  WeekMarks marks() {
    return marks;
  }

  List<String> champions() {
    return List.copyOf(champions);
  }

  /// The rows with the serving and the frozen model's scores.
  Pair scored() {
    int size = marks.size();
    Scored first =
        Scored.of(
            Arrays.copyOf(serving, size),
            marks.positives(),
            Arrays.copyOf(entities, size),
            Arrays.copyOf(millis, size),
            Arrays.copyOf(amounts, size));
    return new Pair(first, first.withScores(Arrays.copyOf(frozen, size)));
  }

  private void resize(int capacity) {
    entities = Arrays.copyOf(entities, capacity);
    millis = Arrays.copyOf(millis, capacity);
    amounts = Arrays.copyOf(amounts, capacity);
    serving = Arrays.copyOf(serving, capacity);
    frozen = Arrays.copyOf(frozen, capacity);
  }
}
