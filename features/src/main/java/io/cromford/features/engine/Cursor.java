package io.cromford.features.engine;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// Follows the log at a fixed lag: it adds a row to the sums of its edges when the row is that old.
///
/// Rows that came in order are passed in the log's order; late ones are skipped there and wait in a
/// heap, unless they were old enough when they came. While a batch is followed, first the rows are
/// counted that each of its rows comes after; then each edge and each kept window takes them in, in
/// a loop of its own.
final class Cursor implements AutoCloseable {
  final long lagMillis;

  private final ViewLog log;
  private final Layout layout;
  private final Segment segment;
  private final EdgeSums[] edges;
  private final KeptWindow[] entering;
  private final KeptWindow[] leaving;
  private final boolean readsOutcomes;
  private final boolean plain;
  private final LateHeap late = new LateHeap();
  private final RowRef passing;
  private PagedLog.@Nullable Page rowPage;
  private PagedLog.@Nullable Page outcomePage;
  private long position;
  private long limit = Long.MIN_VALUE;

  /// A cursor before the first row.
  ///
  /// @param segment room for what is passed; cursors share it
  /// @param entering what takes a row in at this lag
  /// @param leaving what lets a row go at this lag
  Cursor(
      long lagMillis,
      ViewLog log,
      Layout layout,
      Segment segment,
      List<EdgeSums> edges,
      List<KeptWindow> entering,
      List<KeptWindow> leaving) {
    this.lagMillis = lagMillis;
    this.log = log;
    this.layout = layout;
    this.segment = segment;
    this.edges = edges.toArray(EdgeSums[]::new);
    this.entering = entering.toArray(KeptWindow[]::new);
    this.leaving = leaving.toArray(KeptWindow[]::new);
    this.readsOutcomes =
        edges.stream().anyMatch(EdgeSums::readsOutcomes)
            || entering.stream().anyMatch(KeptWindow::readsOutcomes)
            || leaving.stream().anyMatch(KeptWindow::readsOutcomes);
    this.plain =
        lagMillis > 0
            && edges.size() == 1
            && edges.getFirst().isPlain()
            && entering.isEmpty()
            && leaving.isEmpty();
    this.passing = new RowRef(layout.recordWords);
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
    int row = from;
    while (row < to) {
      row = plain ? followPlain(batch, row, to) : followAny(batch, row, to, firstOrdinal);
      if (row < to && late.size() > 0) {
        takeLate(batch.times[row] - lagMillis);
      }
    }
  }

  /// Reads what passing the next row will change, to have it in the cache.
  long touchNext() {
    PagedLog.Page page = rowPage;
    if (page == null || position >= log.rows.size()) {
      return 0;
    }
    int at = log.rows.offset(position);
    int next = at + log.rows.width();
    boolean two = next < page.words.length && position + 1 < log.rows.size();
    long touched = 0;
    for (EdgeSums edge : edges) {
      touched += edge.touch(page.words, at);
      touched += two ? edge.touch(page.words, next) : 0;
    }
    return touched;
  }

  /// Takes in a row that came late: at once if it is old enough, else when it is.
  void addLate(RowRef row) {
    if (row.time() > limit) {
      late.add(row.time(), row.ordinal);
      return;
    }
    take(row);
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

  private int followPlain(Batch batch, int from, int to) {
    long[] words = open();
    long left = (log.rows.size() - position) * segment.step;
    int pageEnd = (int) Math.min(words.length, segment.at + left);
    boolean isLast = segment.at + left == pageEnd;
    long until = late.size() == 0 ? Long.MAX_VALUE : late.firstTime() + lagMillis;
    int row = edges[0].follow(segment, batch, from, to, lagMillis, pageEnd, isLast, until);
    limit = batch.times[Math.min(row, to - 1)] - lagMillis;
    leaveSegment();
    return row;
  }

  private int followAny(Batch batch, int from, int to, long firstOrdinal) {
    int row = count(batch, from, to, firstOrdinal);
    fold(batch, from, row);
    return row;
  }

  /// Counts the rows of the page that rows of the batch come after, and makes them the segment.
  ///
  /// @return the first row of the batch that needs rows of the next page, or late ones, first
  private int count(Batch batch, int from, int to, long firstOrdinal) {
    long[] words = open();
    int width = segment.step;
    int at = segment.at;
    int start = at;
    int pageEnd = (int) Math.min(words.length, at + (log.rows.size() - position) * width);
    boolean more = position + (pageEnd - at) / width < log.rows.size();
    long flags = 0;
    int counted = 0;
    int row = from;
    for (; row < to; row++) {
      limit = batch.times[row] - lagMillis;
      int end =
          lagMillis > 0
              ? pageEnd
              : (int) Math.min(pageEnd, start + (firstOrdinal + row - position) * width);
      long first = FeatureEngine.stampAfter(limit);
      while (at < end && words[at] < first) {
        flags |= words[at];
        at += width;
        counted++;
      }
      if ((at == pageEnd && more) || late.hasUpTo(limit)) {
        break;
      }
      segment.upTo[row] = counted;
    }
    segment.hasLate = (flags & Layout.LATE) != 0;
    segment.size = counted;
    return row;
  }

  /// Takes in what is counted, noting the sums at rows of the batch, and lets a page go that is
  /// passed.
  private void fold(Batch batch, int from, int to) {
    for (EdgeSums edge : edges) {
      edge.fold(segment, batch, from, to);
    }
    if (entering.length > 0 || leaving.length > 0) {
      for (int i = 0; i < segment.size; i++) {
        if (!segment.isLate(i)) {
          segment.copy(i, layout, passing);
          keep(passing);
        }
      }
    }
    leaveSegment();
  }

  private void leaveSegment() {
    position += segment.size;
    if (segment.size > 0 && log.rows.offset(position) == 0) {
      release();
    }
  }

  private void takeLate(long upTo) {
    limit = upTo;
    while (late.hasUpTo(upTo)) {
      log.read(late.poll(), passing);
      take(passing);
    }
  }

  private void take(RowRef row) {
    for (EdgeSums edge : edges) {
      edge.add(row.words, row.at);
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

  /// Starts a segment where the cursor stands.
  private long[] open() {
    PagedLog.Page page = rowPage == null ? turn() : rowPage;
    segment.rows = page.words;
    segment.at = log.rows.offset(position);
    segment.step = log.rows.width();
    segment.firstOrdinal = position;
    if (outcomePage != null && log.outcomes != null) {
      segment.outcomes = outcomePage.words;
      segment.outcomeAt = log.outcomes.offset(position) - layout.rowWords;
      segment.outcomeStep = log.outcomes.width();
    } else {
      segment.outcomeStep = 0;
    }
    return page.words;
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
