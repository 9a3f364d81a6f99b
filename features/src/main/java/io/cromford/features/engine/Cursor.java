package io.cromford.features.engine;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// Follows the log at a fixed lag: it adds a row to the sums of its edges when the row is that old.
///
/// Rows that came in order are passed in the log's order; late ones are skipped there and wait in a
/// heap, unless they were old enough when they came.
final class Cursor implements AutoCloseable {
  final long lagMillis;

  private final ViewLog log;
  private final EdgeSums[] edges;
  private final KeptWindow[] entering;
  private final KeptWindow[] leaving;
  private final boolean readsOutcomes;
  private final boolean keeps;
  private final LateHeap late = new LateHeap();
  private final RowRef lateRow = new RowRef();
  private final RowRef passing = new RowRef();
  private final long[] noOutcomes = new long[0];
  private PagedLog.@Nullable Page rowPage;
  private PagedLog.@Nullable Page outcomePage;
  private long position;
  private long limit = Long.MIN_VALUE;

  /// A cursor before the first row.
  ///
  /// @param entering what takes a row in at this lag
  /// @param leaving what lets a row go at this lag
  Cursor(
      long lagMillis,
      ViewLog log,
      Layout layout,
      List<EdgeSums> edges,
      List<KeptWindow> entering,
      List<KeptWindow> leaving) {
    this.lagMillis = lagMillis;
    this.log = log;
    this.edges = edges.toArray(EdgeSums[]::new);
    this.entering = entering.toArray(KeptWindow[]::new);
    this.leaving = leaving.toArray(KeptWindow[]::new);
    this.keeps = !entering.isEmpty() || !leaving.isEmpty();
    this.readsOutcomes =
        edges.stream().anyMatch(EdgeSums::readsOutcomes)
            || entering.stream().anyMatch(KeptWindow::readsOutcomes)
            || leaving.stream().anyMatch(KeptWindow::readsOutcomes);
    lateRow.row = new long[layout.rowWords];
    lateRow.outcomes = new long[layout.outcomeWords];
  }

  /// Whether an outcome changes anything here.
  boolean readsOutcomes() {
    return readsOutcomes;
  }

  /// The edges whose sums are kept here.
  EdgeSums[] edges() {
    return edges;
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

  /// Passes all rows up to a time.
  ///
  /// @param front the event time that has been reached; the lag is taken off
  /// @param end no row from this ordinal on
  void advance(long front, long end) {
    limit = front - lagMillis;
    long at = position;
    int width = log.rows.width();
    while (at < end) {
      PagedLog.Page page = rowPage;
      if (page == null) {
        page = turn(at);
      }
      long[] words = page.words;
      int offset = log.rows.offset(at);
      long first = words[offset];
      if (first >> Layout.TIME_SHIFT > limit) {
        break;
      }
      if ((first & Layout.LATE) == 0) {
        pass(words, offset, at);
      }
      at++;
      if (offset + width == words.length) {
        release();
      }
    }
    position = at;
    if (late.hasUpTo(limit)) {
      drain();
    }
  }

  /// Takes in a row that came late: at once if it is old enough, else when it is.
  void addLate(RowRef row) {
    if (row.time() <= limit) {
      pass(row);
    } else {
      late.add(row.time(), row.ordinal);
    }
  }

  /// Replaces what a passed row's old outcome added.
  void relabel(RowRef old, long[] outcomes, int outcomeAt) {
    for (EdgeSums edge : edges) {
      edge.relabel(old, outcomes, outcomeAt);
    }
  }

  @Override
  public void close() {
    release();
  }

  private void drain() {
    while (late.hasUpTo(limit)) {
      log.read(late.poll(), lateRow);
      pass(lateRow);
    }
  }

  private void pass(long[] words, int offset, long ordinal) {
    long[] outcomes = outcomePage == null ? noOutcomes : outcomePage.words;
    int outcomeAt = log.outcomes == null ? 0 : log.outcomes.offset(ordinal);
    for (EdgeSums edge : edges) {
      edge.add(words, offset, outcomes, outcomeAt);
    }
    if (keeps) {
      passing.row = words;
      passing.at = offset;
      passing.outcomes = outcomes;
      passing.outcomeAt = outcomeAt;
      passing.ordinal = ordinal;
      keep(passing);
    }
  }

  private void pass(RowRef row) {
    for (EdgeSums edge : edges) {
      edge.add(row.row, row.at, row.outcomes, row.outcomeAt);
    }
    keep(row);
  }

  private void keep(RowRef row) {
    for (KeptWindow window : entering) {
      window.enter(row);
    }
    for (KeptWindow window : leaving) {
      window.leave(row, limit);
    }
  }

  private PagedLog.Page turn(long ordinal) {
    PagedLog.Page page = log.rows.pin(ordinal);
    rowPage = page;
    if (readsOutcomes && log.outcomes != null) {
      outcomePage = log.outcomes.pin(ordinal);
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
