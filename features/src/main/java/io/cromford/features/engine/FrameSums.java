package io.cromford.features.engine;

import io.cromford.core.PagedLongs;
import io.cromford.features.engine.Layout.Cell;
import io.cromford.features.engine.Layout.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// The sums over a frame: the inner edge less the outer, and the row itself where it counts.
///
/// They are columns: one per word, with a value per row of a chunk of the batch.
final class FrameSums {
  final int partition;

  private final long innerLagMillis;
  private final long outerLagMillis;
  private final boolean includesCurrent;
  private final EdgeSums innerEdge;
  private final EdgeSums outerEdge;
  private final PagedLongs states;
  private final Term[] narrow;
  private final Term[] wide;
  private final long[] three = new long[3];
  private final long[] less = new long[3];

  /// Where the words of a cell lie: in the edges' sums, and as columns.
  private record Term(Kind kind, Field field, int inner, int outer, int to) {}

  /// The sums of a frame of a layout.
  ///
  /// @param states the states of its partition's keys
  FrameSums(
      Layout layout, Layout.Frame frame, Map<Layout.Edge, EdgeSums> edges, PagedLongs states) {
    this.states = states;
    this.partition = frame.partition();
    this.innerLagMillis = frame.innerLagMillis();
    this.outerLagMillis = frame.outerLagMillis();
    this.includesCurrent = frame.window().includesCurrent();
    Layout.Edge inner = layout.edge(partition, innerLagMillis);
    Layout.Edge outer = layout.edge(partition, outerLagMillis);
    this.innerEdge = Objects.requireNonNull(edges.get(inner));
    this.outerEdge = Objects.requireNonNull(edges.get(outer));
    List<Term> terms = new ArrayList<>();
    for (Cell cell : frame.cells().keySet()) {
      terms.add(
          new Term(
              cell.kind(),
              layout.field(cell.measure()),
              offset(inner.cells(), cell),
              offset(outer.cells(), cell),
              frame.sumAt() + offset(frame.cells(), cell)));
    }
    this.narrow = terms.stream().filter(t -> t.kind().words == 1).toArray(Term[]::new);
    this.wide = terms.stream().filter(t -> t.kind().words > 1).toArray(Term[]::new);
  }

  /// The largest lag.
  long outerLagMillis() {
    return outerLagMillis;
  }

  /// Whether a row at a time lies in the frame of another.
  boolean holds(long time, long current) {
    return time <= current - innerLagMillis && time > current - outerLagMillis;
  }

  /// Writes the sums at rows of a batch. A lone row has them where its key's state is.
  ///
  /// @param from the first row, written to the columns' start
  void read(Batch batch, int from, int count, long[][] columns) {
    if (batch.size == 1) {
      readLone(batch, columns);
    } else {
      readNoted(batch, from, count, columns);
    }
  }

  /// Adds a row to the sums in the first place of the columns.
  void add(RowRef row, long[][] columns) {
    for (Term term : narrow) {
      columns[term.to()][0] += row.get(term.field());
    }
    for (Term term : wide) {
      for (int i = 0; i < term.kind().words; i++) {
        three[i] = columns[term.to() + i][0];
      }
      addWide(term, row.words, row.at);
      scatter(term, columns, 0);
    }
  }

  /// Adds the row itself, if it counts, to the sums in the first place of the columns.
  void addCurrent(RowRef current, long[][] columns) {
    if (includesCurrent) {
      add(current, columns);
    }
  }

  private void readLone(Batch batch, long[][] columns) {
    int key = batch.numbers[partition][0];
    long[] state = states.page(key);
    int inner = states.offset(key) + innerEdge.base;
    int outer = states.offset(key) + outerEdge.base;
    for (Term term : narrow) {
      long own = includesCurrent ? term.field().get(batch.records, 0) : 0;
      columns[term.to()][0] = state[inner + term.inner()] - state[outer + term.outer()] + own;
    }
    for (Term term : wide) {
      int words = term.kind().words;
      System.arraycopy(state, inner + term.inner(), three, 0, words);
      System.arraycopy(state, outer + term.outer(), less, 0, words);
      subtractWide(term, batch, 0, columns, 0);
    }
  }

  private void readNoted(Batch batch, int from, int count, long[][] columns) {
    for (Term term : narrow) {
      long[] column = columns[term.to()];
      subtract(term, from, count, column);
      if (includesCurrent) {
        addCurrent(term.field(), batch, from, count, column);
      }
    }
    for (Term term : wide) {
      for (int i = 0; i < count; i++) {
        for (int word = 0; word < term.kind().words; word++) {
          three[word] = innerEdge.noted[innerEdge.noted(term.inner() + word, from + i)];
          less[word] = outerEdge.noted[outerEdge.noted(term.outer() + word, from + i)];
        }
        subtractWide(term, batch, from + i, columns, i);
      }
    }
  }

  private void subtract(Term term, int from, int count, long[] column) {
    long[] minuends = innerEdge.noted;
    long[] subtrahends = outerEdge.noted;
    int inner = innerEdge.noted(term.inner(), from);
    int outer = outerEdge.noted(term.outer(), from);
    for (int i = 0; i < count; i++) {
      column[i] = minuends[inner + i] - subtrahends[outer + i];
    }
  }

  private static void addCurrent(Field field, Batch batch, int from, int count, long[] column) {
    if (field.equals(Field.ALWAYS)) {
      for (int i = 0; i < count; i++) {
        column[i]++;
      }
      return;
    }
    long[] records = batch.records;
    int step = batch.recordWords;
    int at = from * step;
    for (int i = 0; i < count; i++) {
      column[i] += field.get(records, at + i * step);
    }
  }

  /// Writes the cell of a row whose words at the inner and outer edge are `three` and `less`.
  private void subtractWide(Term term, Batch batch, int row, long[][] columns, int to) {
    Wide.difference(three, 0, less, 0, three, 0, term.kind().words);
    if (includesCurrent) {
      addWide(term, batch.records, row * batch.recordWords);
    }
    scatter(term, columns, to);
  }

  private void addWide(Term term, long[] record, int at) {
    long value = term.field().get(record, at);
    if (term.kind() == Kind.SQUARES) {
      Wide.addSquare(three, 0, value);
    } else {
      Wide.add(three, 0, value);
    }
  }

  private void scatter(Term term, long[][] columns, int row) {
    for (int i = 0; i < term.kind().words; i++) {
      columns[term.to() + i][row] = three[i];
    }
  }

  private static int offset(Map<Cell, Integer> cells, Cell cell) {
    return Objects.requireNonNull(cells.get(cell));
  }
}
