package io.cromford.features.engine;

import io.cromford.core.CromfordException;
import io.cromford.core.ErrorCode;
import io.cromford.core.PagedLongs;
import io.cromford.core.Row;
import io.cromford.core.SnapshotReader;
import io.cromford.core.SnapshotWriter;
import io.cromford.features.plan.FeaturePlan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
/// their own, driven by the same cursors. Late rows wait in a heap per cursor. For a late row's own
/// features the cursors are rewound by the rows of its keys that it does not come after, which for
/// one that is a little late are few and near; for one that is very late its keys' rows are walked
/// backwards. Where arithmetic does not fit its type the value is NULL and counted.
///
/// One thread owns an engine. After an exception of storage it can only be closed; its files are
/// scratch, and the same rows in the same order give the same bits again.
///
/// @see <a href="https://doi.org/10.14778/3476311.3476390">Gomes et al., Railgun, VLDB 2021</a>
public final class FeatureEngine implements AutoCloseable {
  /// The most rows that are folded before their features are computed.
  static final int BATCH_ROWS = 2048;

  /// The first event time that can be folded, exclusive: in the year -2490.
  static final long MIN_TIME = -(1L << 47);

  private static final long MAX_TIME = (1L << 47) - 2;
  private static final int CHUNK_ROWS = 128;

  /// Recent rows stay in memory: a cursor whose lag is no longer than that many rows reads no file.
  private static final int CACHE_BYTES = 16 << 20;

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
  private final Batch batch;
  private final long[] kept;
  private final long[][] sums;
  private final FrameSums[] frames;
  private final RowRef current;
  private final RowRef old;
  private final RowRef changed;
  private final long[] detail;

  private long front = Long.MIN_VALUE;
  private long appended;

  // Only written: reading ahead must have a result, or the compiler leaves it out.
  @SuppressWarnings("UnusedVariable")
  private long touched;

  private long lateRows;
  private long outcomes;

  private FeatureEngine(FeaturePlan plan, Path scratchFolder, int cacheBytes, PagedLog.Fate fate) {
    Operators.Sizes sizes = new Operators.Sizes(BATCH_ROWS, CHUNK_ROWS, cacheBytes);
    this.plan = plan;
    this.featureCount = plan.features().size();
    this.layout = new Layout(plan);
    this.saved = new SavedColumns(plan, layout, texts);
    this.recorder = new Recorder(layout, texts, saved.words() > 0);
    this.keys =
        layout.partitions.stream()
            .map(p -> new KeyNumbers(plan.input(), p.columns(), texts))
            .toArray(KeyNumbers[]::new);
    this.operators = new Operators(plan, layout, texts, scratchFolder, saved.words(), sizes, fate);
    this.cells = new EngineCells(plan, texts, operators.readers);
    this.outputs = new Outputs(plan, operators.readers);
    this.outcomeCursors =
        operators.cursors.stream().filter(Cursor::readsOutcomes).toArray(Cursor[]::new);
    this.detail = new long[operators.log.details.width()];
    int[] keyWords = Arrays.stream(keys).mapToInt(KeyNumbers::width).toArray();
    this.batch = new Batch(BATCH_ROWS, layout, detail.length, keyWords, outputs.earlyCount());
    if (outputs.keepsRows()) {
      batch.keepObservations(EngineCells.observation(plan), BATCH_ROWS);
    }
    this.kept = new long[BATCH_ROWS * operators.keptWords];
    this.sums = operators.sums;
    this.frames = operators.frames.toArray(FrameSums[]::new);
    this.current = new RowRef(layout.recordWords);
    this.old = new RowRef(layout.recordWords);
    this.changed = new RowRef(layout.recordWords);
  }

  /// An engine before the first row.
  ///
  /// @param scratchFolder a folder of its own; it is created if need be, and what the engine writes
  ///   there is deleted at the end
  /// @throws IllegalArgumentException if the plan cannot be run
  /// @throws CromfordException with the code `STORAGE` if the folder cannot be written
  public static FeatureEngine open(FeaturePlan plan, Path scratchFolder) {
    return open(plan, scratchFolder, CACHE_BYTES);
  }

  static FeatureEngine open(FeaturePlan plan, Path scratchFolder, int cacheBytes) {
    return open(plan, scratchFolder, cacheBytes, PagedLog.Fate.DELETED);
  }

  /// An engine before the first row whose files stay when it is closed, so that what [#save] writes
  /// can be taken up again.
  public static FeatureEngine openKept(FeaturePlan plan, Path folder) {
    return open(plan, folder, CACHE_BYTES, PagedLog.Fate.KEPT);
  }

  static FeatureEngine open(
      FeaturePlan plan, Path scratchFolder, int cacheBytes, PagedLog.Fate fate) {
    try {
      Files.createDirectories(scratchFolder);
    } catch (IOException failure) {
      throw new CromfordException(
          ErrorCode.STORAGE,
          "folder %s cannot be created: %s\nMaybe it is not writable."
              .formatted(scratchFolder, failure.getMessage()),
          failure);
    }
    return new FeatureEngine(plan, scratchFolder, cacheBytes, fate);
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
    return appended + batch.size;
  }

  /// Sees to it that so many rows, and any outcomes among them, can be folded without needing more
  /// room on the disk. Costs a little where it is called for few rows at a time.
  ///
  /// @throws CromfordException with the code `STORAGE` if there is not enough room; nothing has
  ///   changed then
  public void makeRoom(int count) {
    operators.log.makeRoom(count);
  }

  /// Folds a row as the next ordinal, and writes its features.
  ///
  /// @param row the observation's columns
  /// @param eventMillis its event time
  /// @param features filled in the order of [FeaturePlan#features], NaN for NULL, 0 and 1 for
  ///   booleans
  /// @throws IllegalStateException if rows of a batch are pending
  public void observe(Row row, long eventMillis, double[] features) {
    if (batch.size > 0) {
      throw new IllegalStateException(batch.size + " rows of a batch are pending");
    }
    boolean inOrder = isInOrder(eventMillis);
    enqueue(row, eventMillis);
    if (inOrder) {
      drain(features);
    } else {
      drainLate(row, features);
    }
  }

  /// Sets the outcome of a row, or corrects it.
  ///
  /// @param ordinal the row
  /// @param itsOutcome the outcome's columns, those of the plan's input from `outcomeStart` on
  /// @throws IllegalArgumentException if no such row has arrived
  public void outcome(long ordinal, Row itsOutcome) {
    if (ordinal < 0 || ordinal >= appended) {
      throw new IllegalArgumentException("row %d is none of %d".formatted(ordinal, appended));
    }
    outcomes++;
    PagedLog log = operators.log.outcomes;
    if (log == null) {
      return;
    }
    log.read(ordinal, old.words, layout.rowWords);
    if (saved.words() > 0) {
      operators.log.details.read(ordinal, detail, 0);
      cells.point(saved.row(detail, keys.length), itsOutcome);
    } else {
      cells.point(itsOutcome, itsOutcome);
    }
    long stamp = old.words[layout.rowWords];
    boolean late = (stamp & Layout.LATE) != 0;
    recorder.outcome(cells, stamp >> Layout.TIME_SHIFT, late, changed.words, 0);
    log.write(ordinal, changed.words, layout.rowWords);
    if (changesSums(ordinal, late)) {
      relabel(ordinal);
    }
  }

  /// What the engine has done and what memory it takes.
  public EngineStatistics statistics() {
    long index = 0;
    long keyCount = 0;
    for (int i = 0; i < keys.length; i++) {
      index += keys[i].heapBytes();
      keyCount += keys[i].size();
    }
    long heaps = operators.cursors.stream().mapToLong(Cursor::lateBytes).sum();
    long waiting = operators.cursors.stream().mapToLong(c -> c.late().size()).sum();
    long windows = operators.kept.stream().mapToLong(k -> k.window().heapBytes()).sum();
    long overflows =
        recorder.overflows()
            + outputs.overflows()
            + Arrays.stream(operators.readers).mapToLong(AggregateReader::overflows).sum();
    return new EngineStatistics(
        new EngineStatistics.Counts(rows(), lateRows, waiting, outcomes, keyCount, overflows),
        new EngineStatistics.Memory(
            index,
            operators.stateBytes(),
            texts.heapBytes(),
            heaps,
            windows,
            operators.log.heapBytes()));
  }

  @Override
  public void close() {
    operators.close();
  }

  /// The first word of a record that is later than a time: every word below it is not.
  static long stampAfter(long eventMillis) {
    return (Math.max(eventMillis, MIN_TIME) + 1) << Layout.TIME_SHIFT;
  }

  /// Writes what it knows, and makes its files durable as far as that reaches.
  ///
  /// @throws IllegalStateException if rows of a batch are pending
  public void save(SnapshotWriter out) {
    if (batch.size > 0) {
      throw new IllegalStateException(batch.size + " rows of a batch are pending");
    }
    out.section("engine");
    out.number(front);
    out.number(appended);
    out.number(lateRows);
    out.number(outcomes);
    texts.save(out);
    recorder.save(out);
    outputs.save(out);
    for (KeyNumbers one : keys) {
      one.save(out);
    }
    operators.save(out);
    out.section("engine's end");
  }

  /// Writes what of its rows is in memory alone, so that whoever reads its files beside finds all
  /// rows that [#save] would leave to them.
  public void settle() {
    operators.log.settle();
  }

  /// Holds the files of another engine, which has folded the same rows and perhaps more, to having
  /// what this one's have, and makes them durable.
  ///
  /// @param other its folder
  /// @throws CromfordException with STATE_CONFLICT if they have not
  public void requireSame(Path other) {
    operators.log.requireSame(other);
  }

  /// Takes on what an engine of the same plan has saved, before the first row.
  ///
  /// @param kept that engine's folder. If it is this engine's own it goes on there; else what lies
  ///   there is only read, and may grow meanwhile
  /// @throws CromfordException with STATE_CONFLICT if it does not fit, or the files are not what
  ///   they were; the engine can only be closed then
  public void restore(SnapshotReader in, Path kept) {
    in.section("engine");
    front = in.number();
    appended = in.number();
    lateRows = in.number();
    outcomes = in.number();
    texts.restore(in);
    recorder.restore(in);
    outputs.restore(in);
    for (KeyNumbers one : keys) {
      one.restore(in);
    }
    operators.restore(in, kept);
    in.section("engine's end");
  }

  /// Whether a row at this time would not be late.
  boolean isInOrder(long eventMillis) {
    return eventMillis >= front;
  }

  /// The number of rows of the batch so far.
  int pending() {
    return batch.size;
  }

  /// Takes in a row; its features come with [#drain].
  void enqueue(Row row, long eventMillis) {
    if (eventMillis > MAX_TIME || eventMillis <= MIN_TIME) {
      throw new IllegalArgumentException("event time %d is out of range".formatted(eventMillis));
    }
    int at = batch.size;
    boolean late = eventMillis < front;
    cells.point(row);
    outputs.writeEarly(cells, batch.early, at * batch.earlyCount);
    batch.times[at] = eventMillis;
    recorder.row(cells, eventMillis, late, batch.records, at * batch.recordWords);
    recorder.unknownOutcome(cells, eventMillis, late, batch.records, at * batch.recordWords);
    for (int i = 0; i < keys.length; i++) {
      keys[i].code(row, batch.keys[i], at * keys[i].width());
    }
    saved.save(row, batch.details, at * batch.detailWords + keys.length);
    if (outputs.keepsRows()) {
      batch.observations.get(at).copyFrom(row);
    }
    front = Math.max(front, eventMillis);
    batch.size++;
  }

  /// Computes the features of the batch, none of whose rows is late, and empties it.
  void drain(double[] features) {
    long first = appended;
    if (batch.size == 1) {
      touchKeys();
    }
    numberKeys();
    touchStates();
    append();
    for (Operators.Group group : operators.groups) {
      run(group, first);
    }
    for (int from = 0; from < batch.size; from += CHUNK_ROWS) {
      int count = Math.min(CHUNK_ROWS, batch.size - from);
      for (FrameSums frame : frames) {
        frame.read(batch, from, count, sums);
      }
      finish(from, count, features);
    }
    batch.size = 0;
  }

  /// Whether the batch must be drained before this outcome is set, because a row of the batch comes
  /// before the outcome and may pass the row it is of.
  boolean mustDrainBefore(long ordinal) {
    PagedLog log = operators.log.outcomes;
    if (batch.size == 0 || ordinal >= appended) {
      return batch.size > 0;
    }
    if (log == null || outcomeCursors.length == 0) {
      return false;
    }
    log.read(ordinal, old.words, layout.rowWords);
    long stamp = old.words[layout.rowWords];
    boolean late = (stamp & Layout.LATE) != 0;
    boolean gone = !late && ordinal < outcomeCursors[outcomeCursors.length - 1].position();
    long time = stamp >> Layout.TIME_SHIFT;
    return !gone && time <= front - outcomeCursors[0].lagMillis;
  }

  /// Brings what finding a lone row's keys takes into the cache; many keys bring theirs.
  private void touchKeys() {
    for (int partition = 0; partition < keys.length; partition++) {
      touched += keys[partition].touch(batch.keys[partition]);
    }
  }

  /// Brings the states of the rows' keys into the cache: the reads wait for memory side by side.
  private void touchStates() {
    for (int partition = 0; partition < keys.length; partition++) {
      touched += operators.states[partition].touch(batch.numbers[partition], batch.size);
    }
  }

  /// Computes the features of the one row of the batch, which is late.
  private void drainLate(Row row, double[] features) {
    numberKeys();
    batch.point(current, 0, appended);
    boolean rewound = rewind();
    if (rewound) {
      for (FrameSums frame : frames) {
        frame.read(batch, 0, 1, sums);
      }
    } else {
      walk();
    }
    for (Operators.Kept one : operators.kept) {
      Cursor outer = operators.cursor(one.window().frame().outerLagMillis());
      one.window().readLate(current, rewound, outer, kept, one.at());
    }
    if (rewound) {
      operators.cursors.forEach(cursor -> cursor.replay(current));
    }
    cells.point(row);
    finish(0, 1, features);
    append();
    for (Cursor cursor : operators.cursors) {
      cursor.addLate(current);
    }
    lateRows++;
    batch.size = 0;
  }

  /// Takes the cursors back to where the current row, which is late, finds what it comes after.
  ///
  /// Rows leave a frame later than they enter it, so the longest lags go first.
  ///
  /// @return whether it is near enough; if not, nothing has changed
  private boolean rewind() {
    for (Cursor cursor : operators.cursors) {
      if (!cursor.lookBack(current)) {
        return false;
      }
    }
    for (Cursor cursor : operators.cursors.reversed()) {
      cursor.rewind(current);
    }
    return true;
  }

  private void numberKeys() {
    for (int partition = 0; partition < keys.length; partition++) {
      KeyNumbers numbers = keys[partition];
      int[] found = batch.numbers[partition];
      numbers.number(batch.keys[partition], batch.size, found);
      int word = Layout.keyWord(partition);
      int shift = Layout.keyShift(partition);
      for (int i = 0; i < batch.size; i++) {
        batch.records[i * batch.recordWords + word] |= (long) found[i] << shift;
      }
      if (numbers.size() > operators.states[partition].size()) {
        operators.grow(partition, numbers.size());
      }
    }
  }

  private void append() {
    for (int partition = 0; partition < keys.length; partition++) {
      PagedLongs states = operators.states[partition];
      for (int i = 0; i < batch.size; i++) {
        int key = batch.numbers[partition][i];
        long[] page = states.page(key);
        int at = states.offset(key);
        batch.details[i * batch.detailWords + partition] = page[at];
        page[at] = appended + i + 1;
      }
    }
    operators.log.append(batch);
    appended += batch.size;
  }

  /// Sums up the frames of the current row from its keys' rows.
  private void walk() {
    for (long[] column : sums) {
      column[0] = 0;
    }
    for (int partition = 0; partition < keys.length; partition++) {
      List<FrameSums> frames = framesOf(partition);
      if (!frames.isEmpty()) {
        walk(partition, frames);
      }
    }
    for (FrameSums frame : frames) {
      frame.addCurrent(current, sums);
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
              frame.add(row, sums);
            }
          }
          return row.isLate() || row.time() > time - longest;
        });
  }

  private List<FrameSums> framesOf(int partition) {
    return Arrays.stream(frames).filter(f -> f.partition == partition).toList();
  }

  private void run(Operators.Group group, long first) {
    if (!group.isLone()) {
      runTogether(group, first);
    } else if (batch.size == 1) {
      group.cursors[0].advance(batch.times[0], first);
    } else {
      group.cursors[0].follow(batch, first);
    }
  }

  private void runTogether(Operators.Group group, long first) {
    for (int i = 0; i < batch.size; i++) {
      batch.point(current, i, first);
      for (Cursor cursor : group.cursors) {
        cursor.followOne(batch, i, first);
      }
      for (Operators.Kept one : group.reads) {
        one.window().read(current, kept, i * operators.keptWords + one.at());
      }
    }
  }

  private void finish(int from, int count, double[] features) {
    int keptWords = operators.keptWords;
    for (AggregateReader reader : operators.readers) {
      reader.read(count, kept, from * keptWords, keptWords);
    }
    outputs.write(batch, from, count, cells, features, from * featureCount);
  }

  private boolean changesSums(long ordinal, boolean late) {
    if (outcomeCursors.length == 0) {
      return false;
    }
    Cursor oldest = outcomeCursors[outcomeCursors.length - 1];
    return late || (ordinal < outcomeCursors[0].position() && ordinal >= oldest.position());
  }

  private void relabel(long ordinal) {
    operators.log.rows.read(ordinal, old.words, 0);
    System.arraycopy(old.words, 0, changed.words, 0, layout.rowWords);
    old.ordinal = ordinal;
    changed.ordinal = ordinal;
    for (Cursor cursor : outcomeCursors) {
      if (cursor.hasPassed(old)) {
        cursor.relabel(old, changed);
      }
    }
    for (Operators.Kept one : operators.kept) {
      KeptWindow window = one.window();
      if (window.readsOutcomes()) {
        KeptFrame frame = window.frame();
        window.relabel(
            old,
            changed,
            operators.cursor(frame.innerLagMillis()),
            operators.cursor(frame.outerLagMillis()));
      }
    }
  }
}
