package io.cromford.features.engine;

import io.cromford.core.SnapshotReader;
import io.cromford.core.SnapshotWriter;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Follows the log at a fixed lag: it adds a row to the sums of its edges when the row is that old.
///
/// Rows that came in order are passed in the log's order; late ones are skipped there and wait in a
/// heap, unless they were old enough when they came. Which rows come next is known long before they
/// are passed, so their keys' sums, if they are too many for the cache, are brought there some rows
/// at a time.
///
/// What a late row comes after is what the cursor has passed less the rows between its time and the
/// front, less the lag: they lie just before the position, but for late ones, of which the cursor
/// remembers the last.
final class Cursor implements AutoCloseable {
  /// Rows whose sums are brought into the cache together: the reads wait for memory side by side.
  /// Cursors that take turns row by row share the cache.
  private static final int AHEAD = 32;

  private static final int BATCH_AHEAD = 256;

  final long lagMillis;

  private final ViewLog log;
  private final EdgeSums[] edges;
  private final KeptWindow[] entering;
  private final KeptWindow[] leaving;
  private final boolean readsOutcomes;
  private final boolean keeps;
  private final boolean plain;
  private final LateHeap late = new LateHeap();
  private final LookBack back;
  private final RowRef passing;
  private final Place place;
  private PagedLog.@Nullable Page rowPage;
  private PagedLog.@Nullable Page outcomePage;
  private long position;

  /// The rows from the position up to here, exclusive, lie in the page and have been touched.
  private long known;

  private long limit = Long.MIN_VALUE;

  // Only written: reading ahead must have a result, or the compiler leaves it out.
  @SuppressWarnings("UnusedVariable")
  private long touched;

  /// A cursor before the first row.
  ///
  /// @param entering what takes a row in at this lag
  /// @param leaving what lets a row go at this lag
  /// @param mostBack how many rows it looks back for a late one
  Cursor(
      long lagMillis,
      ViewLog log,
      Layout layout,
      List<EdgeSums> edges,
      List<KeptWindow> entering,
      List<KeptWindow> leaving,
      int mostBack) {
    this.lagMillis = lagMillis;
    this.log = log;
    this.edges = edges.toArray(EdgeSums[]::new);
    this.entering = entering.toArray(KeptWindow[]::new);
    this.leaving = leaving.toArray(KeptWindow[]::new);
    this.readsOutcomes =
        edges.stream().anyMatch(EdgeSums::readsOutcomes)
            || entering.stream().anyMatch(KeptWindow::readsOutcomes)
            || leaving.stream().anyMatch(KeptWindow::readsOutcomes);
    int[] partitions =
        IntStream.concat(
                edges.stream().mapToInt(EdgeSums::partition),
                Stream.concat(entering.stream(), leaving.stream())
                    .mapToInt(window -> window.frame().partition()))
            .distinct()
            .toArray();
    this.back = new LookBack(log, layout, partitions, mostBack);
    this.keeps = !entering.isEmpty() || !leaving.isEmpty();
    this.plain = lagMillis > 0 && edges.size() == 1 && edges.getFirst().isPlain() && !keeps;
    this.passing = new RowRef(layout.recordWords);
    this.place = new Place(layout);
  }

  void save(SnapshotWriter out) {
    out.number(position);
    out.number(limit);
    late.save(out);
  }

  /// Takes on what was saved, once the log has.
  void restore(SnapshotReader in) {
    position = in.number();
    known = position;
    limit = in.number();
    back.forgetLate(limit);
    late.restore(in);
    int row = (int) (position & (PagedLog.PAGE_ROWS - 1));
    if (row > 0) {
      turn();
      place.skip(row);
    }
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

  /// Bytes of memory for late rows.
  long lateBytes() {
    return late.heapBytes() + back.heapBytes();
  }

  /// Whether a row's contribution is in the sums.
  boolean hasPassed(RowRef row) {
    return row.isLate() ? row.time() <= limit : row.ordinal < position;
  }

  /// Passes the rows that each row of a batch comes after, and notes the sums at each.
  ///
  /// @param first the ordinal of the batch's first row
  void follow(Batch batch, long first) {
    int row = 0;
    while (row < batch.size) {
      row = plain ? followPlain(batch, row) : followOne(batch, row, first);
    }
  }

  /// Passes the rows that a row comes after.
  ///
  /// @param time its event time, at least those of the rows before
  /// @param ordinal its ordinal
  void advance(long time, long ordinal) {
    limit = time - lagMillis;
    long first = FeatureEngine.stampAfter(limit);
    while ((position < known || look(ordinal, AHEAD)) && place.rows[place.at] < first) {
      pass();
    }
    takeLate(limit);
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
      edge.add(now.words, now.at, now.words, now.at);
    }
  }

  /// Finds the passed rows of a late row's keys that it does not come after: those between its time
  /// and the front, both less the lag.
  ///
  /// @return whether they lie near enough to be looked for
  boolean lookBack(RowRef current) {
    return back.find(current, current.time() - lagMillis, position);
  }

  /// Shows the rows that were found, in no order. The reference is moved from row to row.
  void eachNewer(Consumer<RowRef> rows) {
    back.each(rows);
  }

  /// Undoes the passing of the rows that were found, for the keys that they share with the late
  /// row. Sums are exact, so that [#replay] leaves nothing of it.
  void rewind(RowRef current) {
    back.each(row -> {
      for (EdgeSums edge : edges) {
        if (row.isOfSameKey(edge.partition(), current)) {
          edge.subtract(row.words, row.at);
        }
      }
      eachOfSameKey(leaving, row, current, window -> window.add(row));
      eachOfSameKey(entering, row, current, window -> window.remove(row));
    });
  }

  /// Undoes [#rewind].
  void replay(RowRef current) {
    back.each(row -> {
      for (EdgeSums edge : edges) {
        if (row.isOfSameKey(edge.partition(), current)) {
          edge.add(row.words, row.at, row.words, row.at);
        }
      }
      eachOfSameKey(entering, row, current, window -> window.add(row));
      eachOfSameKey(leaving, row, current, window -> window.remove(row));
    });
  }

  private static void eachOfSameKey(
      KeptWindow[] windows, RowRef row, RowRef current, Consumer<KeptWindow> act) {
    for (KeptWindow window : windows) {
      if (row.isOfSameKey(window.frame().partition(), current)) {
        act.accept(window);
      }
    }
  }

  /// Passes the rows that one row of a batch comes after, and notes the sums.
  ///
  /// @return the next row of the batch
  int followOne(Batch batch, int row, long first) {
    advance(batch.times[row], first + row);
    for (EdgeSums edge : edges) {
      edge.note(batch, row);
    }
    return row + 1;
  }

  /// Passes rows that are known, in a loop over the rows of the batch.
  ///
  /// @return the first row of the batch that needs more rows, or late ones, first
  private int followPlain(Batch batch, int from) {
    if (position == known) {
      look(log.rows.size(), BATCH_AHEAD);
    }
    int to = late.size() == 0 ? batch.size : batch.firstAt(late.firstTime() + lagMillis, from);
    int before = place.at;
    int row = edges[0].follow(place, (int) (known - position), batch, from, to, lagMillis);
    position += (place.at - before) / place.step;
    takeLate(batch.times[Math.min(row, batch.size - 1)] - lagMillis);
    return row;
  }

  private void pass() {
    if (!place.isLate()) {
      for (EdgeSums edge : edges) {
        edge.add(place.rows, place.at, place.outcomes, place.outcomeAt);
      }
      if (keeps) {
        place.copy(passing);
        passing.ordinal = position;
        keep(passing);
      }
    }
    place.skip(1);
    position++;
  }

  private void takeLate(long upTo) {
    limit = upTo;
    while (late.hasUpTo(upTo)) {
      log.read(late.poll(), passing);
      take(passing);
    }
  }

  private void take(RowRef row) {
    back.rememberLate(row);
    for (EdgeSums edge : edges) {
      edge.add(row.words, row.at, row.words, row.at);
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

  /// Gets to know the next rows.
  ///
  /// @param end the first row that must not be passed
  /// @param ahead the most rows
  /// @return whether there is one
  private boolean look(long end, int ahead) {
    if (position == end) {
      return false;
    }
    if (place.at == place.rows.length) {
      turn();
    }
    int count = (place.rows.length - place.at) / place.step;
    known = Math.min(Math.min(end, position + ahead), position + count);
    for (EdgeSums edge : edges) {
      touched += edge.touch(place, (int) (known - position));
    }
    return true;
  }

  /// Lets the page go, and opens the one where the position lies.
  private void turn() {
    close();
    PagedLog.Page page = log.rows.pin(position);
    rowPage = page;
    place.rows = page.words;
    place.at = 0;
    if (readsOutcomes && log.outcomes != null) {
      PagedLog.Page beside = log.outcomes.pin(position);
      outcomePage = beside;
      place.outcomes = beside.words;
      place.outcomeAt = -place.step;
    }
  }

  @Override
  public void close() {
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
