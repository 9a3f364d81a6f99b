package io.cromford.features.engine;

import io.cromford.core.CromfordException;
import io.cromford.core.ErrorCode;
import io.cromford.core.Row;
import io.cromford.core.Schema;
import io.cromford.features.plan.FeaturePlan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Folds observations and their outcomes in the order they arrive, and computes each observation's
/// features at its arrival.
///
/// A row's aggregates cover the rows that arrived before it and whose event time lies in the frame
/// relative to its own, and itself where the frame includes it. An outcome counts from its arrival
/// on: it is NULL before, and a correction replaces it. A row that comes late (its event time is
/// below the largest seen) sees what is known in its frame, and counts for others from its arrival.
///
/// How it works. Rows lie in one log. An edge is a lag and a partition; per key it holds the count
/// and the exact sums over all rows that are at least the lag old, kept up to date by a cursor that
/// reads the log that much later. A frame's sums are its inner edge less its outer edge, so memory
/// does not grow with the length of a window. MIN, MAX, COUNT DISTINCT and LAST keep states of
/// their own, driven by the same cursors. Late rows wait in a heap per cursor; a late row's own
/// features come from walking its key's rows backwards. Where arithmetic does not fit its type the
/// value is NULL and counted.
///
/// One thread owns an engine. After an exception of storage it can only be closed; its files are
/// scratch, and the same rows in the same order give the same bits again.
///
/// @see <a href="https://doi.org/10.14778/3476311.3476390">Gomes et al., Railgun, VLDB 2021</a>
public final class FeatureEngine implements AutoCloseable {
  /// The most rows that are folded before their features are computed.
  static final int BATCH_ROWS = 256;

  private static final long MAX_TIME = (1L << 47) - 1;

  private final FeaturePlan plan;
  private final int featureCount;
  private final TextDictionary texts = new TextDictionary();
  private final EngineCells cells;
  private final Layout layout;
  private final Recorder recorder;
  private final Outputs outputs;
  private final SavedColumns saved;
  private final KeyNumbers[] keys;
  private final Operators operators;
  private final Cursor[] outcomeCursors;

  private final long[] detail;
  private final long[] differences;
  private final long[] record;
  private final long[] outcomeRecord;
  private final long[] newOutcome;
  private final RowRef changed = new RowRef();

  private final long[] batchRows;
  private final long[] batchOutcomes;
  private final long[] buffer;
  private final long[] kept;
  private final double[] early;
  private final List<Row> batchObservations = new ArrayList<>();
  private final RowRef current = new RowRef();
  private int pending;

  private long front = Long.MIN_VALUE;
  private long rows;
  private long lateRows;
  private long outcomes;

  private FeatureEngine(FeaturePlan plan, Path scratchFolder) {
    this.plan = plan;
    this.featureCount = plan.features().size();
    this.cells = new EngineCells(plan, texts);
    this.layout = new Layout(plan);
    this.recorder = new Recorder(layout, texts);
    this.outputs = new Outputs(plan);
    this.saved = new SavedColumns(plan, layout, texts);
    this.keys =
        layout.partitions.stream()
            .map(p -> new KeyNumbers(plan.input(), p.columns(), texts))
            .toArray(KeyNumbers[]::new);
    this.operators = new Operators(plan, layout, texts, scratchFolder, saved.words());
    this.outcomeCursors =
        operators.cursors.stream().filter(Cursor::readsOutcomes).toArray(Cursor[]::new);
    this.detail = new long[Math.max(1, keys.length + saved.words())];
    this.differences = new long[layout.differenceWords];
    this.record = new long[layout.rowWords];
    this.outcomeRecord = new long[layout.outcomeWords];
    this.newOutcome = new long[layout.outcomeWords];
    changed.row = new long[layout.rowWords];
    changed.outcomes = new long[layout.outcomeWords];
    this.batchRows = new long[BATCH_ROWS * layout.rowWords];
    this.batchOutcomes = new long[BATCH_ROWS * layout.outcomeWords];
    this.buffer = new long[BATCH_ROWS * layout.bufferWords];
    this.kept = new long[BATCH_ROWS * operators.keptWords];
    this.early = new double[BATCH_ROWS * featureCount];
    current.row = batchRows;
    current.outcomes = batchOutcomes;
    if (outputs.keepsRows()) {
      Schema observation = EngineCells.observation(plan);
      for (int i = 0; i < BATCH_ROWS; i++) {
        batchObservations.add(new Row(observation));
      }
    }
  }

  /// An engine before the first row.
  ///
  /// @param scratchFolder a folder of its own; it is created if need be, and what the engine writes
  ///   there is deleted at the end
  /// @throws IllegalArgumentException if the plan cannot be run
  /// @throws CromfordException with the code `STORAGE` if the folder cannot be written
  public static FeatureEngine open(FeaturePlan plan, Path scratchFolder) {
    try {
      Files.createDirectories(scratchFolder);
    } catch (IOException failure) {
      throw new CromfordException(
          ErrorCode.STORAGE,
          "folder %s cannot be created: %s\nMaybe it is not writable."
              .formatted(scratchFolder, failure.getMessage()),
          failure);
    }
    return new FeatureEngine(plan, scratchFolder);
  }

  /// The plan.
  public FeaturePlan plan() {
    return plan;
  }

  /// The number of features of a row.
  public int featureCount() {
    return featureCount;
  }

  /// The number of rows that have arrived: the next row's ordinal.
  public long rows() {
    return rows;
  }

  /// Folds a row as the next ordinal, and writes its features.
  ///
  /// @param row the observation's columns
  /// @param eventMillis its event time
  /// @param features filled in the order of [FeaturePlan#features], NaN for NULL, 0 and 1 for
  ///   booleans
  /// @throws IllegalStateException if rows of a batch are pending
  public void observe(Row row, long eventMillis, double[] features) {
    if (pending > 0) {
      throw new IllegalStateException(pending + " rows of a batch are pending");
    }
    if (isInOrder(eventMillis)) {
      enqueue(row, eventMillis);
      drain(features);
    } else {
      observeLate(row, eventMillis, features);
    }
  }

  /// Sets the outcome of a row, or corrects it.
  ///
  /// @param ordinal the row
  /// @param outcome the outcome's columns, those of the plan's input from `outcomeStart` on
  /// @throws IllegalArgumentException if no such row has arrived
  public void outcome(long ordinal, Row outcome) {
    if (ordinal < 0 || ordinal >= rows) {
      throw new IllegalArgumentException("row %d is none of %d".formatted(ordinal, rows));
    }
    outcomes++;
    PagedLog log = operators.log.outcomes;
    if (log == null) {
      return;
    }
    log.read(ordinal, changed.outcomes);
    boolean late = (changed.outcomes[0] & Layout.LATE) != 0;
    long time = changed.outcomes[0] >> Layout.TIME_SHIFT;
    if (saved.words() > 0) {
      operators.log.details.read(ordinal, detail);
      cells.point(saved.row(detail, keys.length), outcome);
    } else {
      cells.point(outcome, outcome);
    }
    recorder.outcome(cells, time, late, newOutcome);
    log.write(ordinal, newOutcome);
    if (changesSums(ordinal, late)) {
      relabel(ordinal);
    }
  }

  /// What the engine has done and what memory it takes.
  public EngineStatistics statistics() {
    long index = 0;
    long states = 0;
    long keyCount = 0;
    for (int i = 0; i < keys.length; i++) {
      index += keys[i].heapBytes();
      states += operators.states[i].heapBytes();
      keyCount += keys[i].size();
    }
    long heaps = operators.cursors.stream().mapToLong(c -> c.late().heapBytes()).sum();
    long waiting = operators.cursors.stream().mapToLong(c -> c.late().size()).sum();
    long windows = operators.kept.stream().mapToLong(k -> k.window().heapBytes()).sum();
    long overflows =
        recorder.overflows()
            + outputs.overflows()
            + operators.readers.stream().mapToLong(AggregateReader::overflows).sum();
    return new EngineStatistics(
        new EngineStatistics.Counts(rows, lateRows, waiting, outcomes, keyCount, overflows),
        new EngineStatistics.Memory(
            index, states, texts.heapBytes(), heaps, windows, operators.log.heapBytes()));
  }

  @Override
  public void close() {
    operators.close();
  }

  /// Whether a row at this time would not be late.
  boolean isInOrder(long eventMillis) {
    return eventMillis >= front;
  }

  /// The number of rows of the batch so far.
  int pending() {
    return pending;
  }

  /// Folds a row that is not late; its features come with [#drain].
  void enqueue(Row row, long eventMillis) {
    checkTime(eventMillis);
    int at = pending;
    cells.point(row);
    outputs.writeEarly(cells, early, at * featureCount);
    number(row);
    recorder.row(cells, eventMillis, false, record);
    append(row, eventMillis, false);
    System.arraycopy(record, 0, batchRows, at * record.length, record.length);
    System.arraycopy(
        outcomeRecord, 0, batchOutcomes, at * outcomeRecord.length, outcomeRecord.length);
    if (outputs.keepsRows()) {
      batchObservations.get(at).copyFrom(row);
    }
    front = eventMillis;
    pending++;
  }

  /// Computes the features of the batch, row by row one after the other, and empties it.
  void drain(double[] features) {
    long first = rows - pending;
    for (Operators.Group group : operators.groups) {
      if (group.cursors().size() == 1 && group.reads().isEmpty()) {
        advance(group.cursors().getFirst(), first);
      } else {
        advanceTogether(group, first);
      }
    }
    System.arraycopy(early, 0, features, 0, pending * featureCount);
    for (int i = 0; i < pending; i++) {
      moveTo(i, first);
      for (FrameSums frame : operators.frames) {
        frame.subtract(buffer, i * layout.bufferWords, differences);
        if (frame.includesCurrent()) {
          frame.add(current, differences);
        }
      }
      if (outputs.keepsRows()) {
        cells.point(batchObservations.get(i));
      }
      finish(i, features);
    }
    pending = 0;
  }

  /// Whether the batch must be drained before this outcome is set, because a row of the batch comes
  /// before the outcome and may pass the row it is of.
  boolean mustDrainBefore(long ordinal) {
    PagedLog log = operators.log.outcomes;
    if (pending == 0 || log == null || outcomeCursors.length == 0 || ordinal >= rows) {
      return false;
    }
    log.read(ordinal, changed.outcomes);
    boolean late = (changed.outcomes[0] & Layout.LATE) != 0;
    boolean gone = !late && ordinal < outcomeCursors[outcomeCursors.length - 1].position();
    long time = changed.outcomes[0] >> Layout.TIME_SHIFT;
    return !gone && time <= front - outcomeCursors[0].lagMillis;
  }

  private void observeLate(Row row, long eventMillis, double[] features) {
    checkTime(eventMillis);
    cells.point(row);
    outputs.writeEarly(cells, early, 0);
    number(row);
    recorder.row(cells, eventMillis, true, record);
    if (operators.log.outcomes != null) {
      recorder.outcome(cells, eventMillis, true, outcomeRecord);
    }
    System.arraycopy(record, 0, batchRows, 0, record.length);
    System.arraycopy(outcomeRecord, 0, batchOutcomes, 0, outcomeRecord.length);
    moveTo(0, rows);
    walk();
    for (Operators.Kept one : operators.kept) {
      one.window().readLate(current, kept, one.at());
    }
    System.arraycopy(early, 0, features, 0, featureCount);
    cells.point(row);
    finish(0, features);
    append(row, eventMillis, true);
    for (Cursor cursor : operators.cursors) {
      cursor.addLate(current);
    }
    lateRows++;
  }

  /// Sums up the frames of the current row from its keys' rows.
  private void walk() {
    Arrays.fill(differences, 0);
    for (int partition = 0; partition < keys.length; partition++) {
      List<FrameSums> frames = framesOf(partition);
      if (!frames.isEmpty()) {
        walk(partition, frames);
      }
    }
    for (FrameSums frame : operators.frames) {
      if (frame.includesCurrent()) {
        frame.add(current, differences);
      }
    }
  }

  private void walk(int partition, List<FrameSums> frames) {
    long time = current.time();
    long longest = frames.stream().mapToLong(FrameSums::outerLagMillis).max().orElse(0);
    operators.log.walk(
        partition,
        current.key(partition),
        row -> {
          for (FrameSums frame : frames) {
            if (frame.holds(row.time(), time)) {
              frame.add(row, differences);
            }
          }
          return row.isLate() || row.time() > time - longest;
        });
  }

  private List<FrameSums> framesOf(int partition) {
    return operators.frames.stream().filter(f -> f.partition == partition).toList();
  }

  private void advance(Cursor cursor, long first) {
    EdgeSums[] edges = cursor.edges();
    int width = layout.rowWords;
    for (int i = 0; i < pending; i++) {
      cursor.advance(batchRows[i * width] >> Layout.TIME_SHIFT, first + i);
      for (EdgeSums edge : edges) {
        copy(edge, i);
      }
    }
  }

  private void advanceTogether(Operators.Group group, long first) {
    for (int i = 0; i < pending; i++) {
      moveTo(i, first);
      long time = current.time();
      for (Cursor cursor : group.cursors()) {
        cursor.advance(time, first + i);
        for (EdgeSums edge : cursor.edges()) {
          copy(edge, i);
        }
      }
      for (Operators.Kept one : group.reads()) {
        one.window().read(current, kept, i * operators.keptWords + one.at());
      }
    }
  }

  private void copy(EdgeSums edge, int i) {
    int word = i * layout.rowWords + Layout.keyWord(edge.partition);
    int key = (int) (batchRows[word] >>> Layout.keyShift(edge.partition));
    edge.copy(key, buffer, i * layout.bufferWords + edge.bufferAt);
  }

  private void finish(int i, double[] features) {
    for (AggregateReader reader : operators.readers) {
      reader.read(differences, kept, i * operators.keptWords, cells);
    }
    outputs.writeLate(cells, features, i * featureCount);
  }

  private void moveTo(int i, long first) {
    current.at = i * layout.rowWords;
    current.outcomeAt = i * layout.outcomeWords;
    current.ordinal = first + i;
  }

  private void number(Row row) {
    Arrays.fill(record, 0);
    for (int i = 0; i < keys.length; i++) {
      int key = keys[i].number(row);
      operators.states[i].grow(keys[i].size());
      record[Layout.keyWord(i)] |= (long) key << Layout.keyShift(i);
    }
  }

  private void append(Row row, long eventMillis, boolean late) {
    if (operators.log.outcomes != null) {
      recorder.outcome(cells, eventMillis, late, outcomeRecord);
      operators.log.outcomes.append(outcomeRecord);
    }
    for (int i = 0; i < keys.length; i++) {
      int key = (int) (record[Layout.keyWord(i)] >>> Layout.keyShift(i));
      detail[i] = operators.states[i].get(key, 0);
      operators.states[i].set(key, 0, rows + 1);
    }
    saved.save(row, detail, keys.length);
    operators.log.details.append(detail);
    operators.log.rows.append(record);
    rows++;
  }

  private boolean changesSums(long ordinal, boolean late) {
    if (outcomeCursors.length == 0) {
      return false;
    }
    Cursor oldest = outcomeCursors[outcomeCursors.length - 1];
    return late || (ordinal < outcomeCursors[0].position() && ordinal >= oldest.position());
  }

  private void relabel(long ordinal) {
    operators.log.rows.read(ordinal, changed.row);
    changed.ordinal = ordinal;
    for (Cursor cursor : outcomeCursors) {
      if (cursor.hasPassed(changed)) {
        cursor.relabel(changed, newOutcome, 0);
      }
    }
    RowRef now = new RowRef();
    now.row = changed.row;
    now.outcomes = newOutcome;
    now.ordinal = ordinal;
    for (Operators.Kept one : operators.kept) {
      KeptWindow window = one.window();
      if (window.readsOutcomes()) {
        KeptFrame frame = window.frame();
        window.relabel(
            changed,
            now,
            operators.cursor(frame.innerLagMillis()),
            operators.cursor(frame.outerLagMillis()));
      }
    }
  }

  private static void checkTime(long eventMillis) {
    if (eventMillis > MAX_TIME || eventMillis < -MAX_TIME) {
      throw new IllegalArgumentException("event time %d is out of range".formatted(eventMillis));
    }
  }
}
