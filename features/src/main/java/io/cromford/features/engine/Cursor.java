package io.cromford.features.engine;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// Follows the log at a fixed lag: it adds a row to the sums of its edges when the row is that old.
///
/// Rows that came in order are passed in the log's order; late ones are skipped there and wait in a
/// heap, unless they were old enough when they came. The rows that are passed while a batch is
/// followed are first copied side by side; then each edge and each kept window takes them in, in a
/// loop of its own.
final class Cursor implements AutoCloseable {
  final long lagMillis;

  private final ViewLog log;
  private final Passage passage;
  private final EdgeSums[] edges;
  private final KeptWindow[] entering;
  private final KeptWindow[] leaving;
  private final boolean readsOutcomes;
  private final LateHeap late = new LateHeap();
  private final RowRef passing;
  private PagedLog.@Nullable Page rowPage;
  private PagedLog.@Nullable Page outcomePage;
  private long position;
  private long limit = Long.MIN_VALUE;

  /// A cursor before the first row.
  ///
  /// @param passage room for the rows that are passed; cursors share it
  /// @param entering what takes a row in at this lag
  /// @param leaving what lets a row go at this lag
  Cursor(
      long lagMillis,
      ViewLog log,
      Passage passage,
      List<EdgeSums> edges,
      List<KeptWindow> entering,
      List<KeptWindow> leaving) {
    this.lagMillis = lagMillis;
    this.log = log;
    this.passage = passage;
    this.edges = edges.toArray(EdgeSums[]::new);
    this.entering = entering.toArray(KeptWindow[]::new);
    this.leaving = leaving.toArray(KeptWindow[]::new);
    this.readsOutcomes =
        edges.stream().anyMatch(EdgeSums::readsOutcomes)
            || entering.stream().anyMatch(KeptWindow::readsOutcomes)
            || leaving.stream().anyMatch(KeptWindow::readsOutcomes);
    this.passing = new RowRef(passage.recordWords);
  }

  /// Whether an outcome changes anything here.
  boolean readsOutcomes() {
    return readsOutcomes;
  }

  /// The first row in order that has not been passed.
  long position() {
    return position;
  }

  /// The late rows that wait.
  LateHeap late() {
    return late;
  }

  /// Whether a row's contribution is in the sums.
  boolean hasPassed(RowRef row) {
    return row.isLate() ? row.time() <= limit : row.ordinal < position;
  }

  /// Passes the rows that rows `from` to `to` - 1 of a batch come after, and notes the sums at each
  /// of these.
  ///
  /// @param firstOrdinal the ordinal of the batch's first row
  void follow(Batch batch, int from, int to, long firstOrdinal) {
    int done = from;
    int row = from;
    passage.size = 0;
    while (row < to) {
      if (collect(batch.time(row) - lagMillis, firstOrdinal + row)) {
        passage.upTo[row] = passage.size;
        row++;
      } else {
        fold(batch, done, row);
        done = row;
      }
    }
    fold(batch, done, to);
  }

  /// Takes in a row that came late: at once if it is old enough, else when it is.
  void addLate(RowRef row) {
    if (row.time() > limit) {
      late.add(row.time(), row.ordinal);
      return;
    }
    for (EdgeSums edge : edges) {
      edge.add(row.words, row.at);
    }
    keep(row);
  }

  /// Replaces what a passed row with its old outcome added by what it adds now.
  void relabel(RowRef old, RowRef now) {
    for (EdgeSums edge : edges) {
      edge.subtract(old.words, old.at);
      edge.add(now.words, now.at);
    }
  }

  @Override
  public void close() {
    release();
  }

  /// Collects the rows up to a time, of those before an ordinal.
  ///
  /// @return whether all are collected; else the passage is full
  private boolean collect(long upTo, long end) {
    limit = upTo;
    while (position < end) {
      PagedLog.Page page = rowPage == null ? turn() : rowPage;
      int offset = log.rows.offset(position);
      int stop = (int) Math.min(page.words.length, offset + (end - position) * log.rows.width());
      int reached = collect(page.words, offset, stop);
      position += (reached - offset) / log.rows.width();
      if (reached == page.words.length) {
        release();
      } else if (passage.isFull() && reached < stop) {
        return false;
      } else {
        break;
      }
    }
    return !late.hasUpTo(upTo) || collectLate();
  }

  /// Collects rows of a page up to the limit.
  ///
  /// @return where the first row starts that is not passed, at most `stop`
  private int collect(long[] words, int offset, int stop) {
    int width = log.rows.width();
    long first = (Math.max(limit, FeatureEngine.MIN_TIME) + 1) << Layout.TIME_SHIFT;
    int at = offset;
    while (at < stop && words[at] < first && !passage.isFull()) {
      if ((words[at] & Layout.LATE) == 0) {
        copy(words, at, width, position + (at - offset) / width);
      }
      at += width;
    }
    return at;
  }

  private void copy(long[] words, int at, int width, long ordinal) {
    int to = passage.size * passage.recordWords;
    long[] records = passage.records;
    for (int i = 0; i < width; i++) {
      records[to + i] = words[at + i];
    }
    if (outcomePage != null && log.outcomes != null) {
      int outcomeAt = log.outcomes.offset(ordinal);
      int outcomeWidth = log.outcomes.width();
      for (int i = 0; i < outcomeWidth; i++) {
        records[to + width + i] = outcomePage.words[outcomeAt + i];
      }
    }
    passage.ordinals[passage.size] = ordinal;
    passage.size++;
  }

  private boolean collectLate() {
    while (late.hasUpTo(limit)) {
      if (passage.isFull()) {
        return false;
      }
      passage.point(passing, passage.size);
      log.read(late.poll(), passing);
      passage.ordinals[passage.size] = passing.ordinal;
      passage.size++;
    }
    return true;
  }

  /// Takes in what is collected, noting the sums at rows of the batch, and empties the passage.
  private void fold(Batch batch, int from, int to) {
    for (EdgeSums edge : edges) {
      edge.fold(passage, batch, from, to);
    }
    if (entering.length > 0 || leaving.length > 0) {
      for (int i = 0; i < passage.size; i++) {
        passage.point(passing, i);
        keep(passing);
      }
    }
    passage.size = 0;
  }

  private void keep(RowRef row) {
    for (KeptWindow window : entering) {
      window.enter(row);
    }
    for (KeptWindow window : leaving) {
      window.leave(row, limit);
    }
  }

  private PagedLog.Page turn() {
    PagedLog.Page page = log.rows.pin(position);
    rowPage = page;
    if (readsOutcomes && log.outcomes != null) {
      outcomePage = log.outcomes.pin(position);
    }
    return page;
  }

  private void release() {
    if (rowPage != null) {
      log.rows.unpin(rowPage);
      rowPage = null;
    }
    if (outcomePage != null && log.outcomes != null) {
      log.outcomes.unpin(outcomePage);
      outcomePage = null;
    }
  }
}
