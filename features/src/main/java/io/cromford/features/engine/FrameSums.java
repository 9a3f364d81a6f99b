package io.cromford.features.engine;

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
  private final Term[] narrow;
  private final Term[] wide;
  private final long[] three = new long[3];

  /// Where the words of a cell lie: in the edges' sums, and as columns.
  private record Term(Kind kind, Field field, int inner, int outer, int to) {}

  /// The sums of a frame of a layout.
  FrameSums(Layout layout, Layout.Frame frame, Map<Layout.Edge, EdgeSums> edges) {
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

  /// Writes the sums at rows of a batch.
  ///
  /// @param from the first row, written to the columns' start
  void read(Batch batch, int from, int count, long[][] columns) {
    for (Term term : narrow) {
      subtract(term, from, count, columns[term.to()]);
      if (includesCurrent) {
        addCurrent(term.field(), batch, from, count, columns[term.to()]);
      }
    }
    for (Term term : wide) {
      for (int i = 0; i < count; i++) {
        subtractWide(term, from + i);
        if (includesCurrent) {
          addWide(term, batch.records, (from + i) * batch.recordWords);
        }
        scatter(term, columns, i);
      }
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

  private void subtract(Term term, int from, int count, long[] column) {
    long[] minuends = innerEdge.values;
    long[] subtrahends = outerEdge.values;
    int innerStep = innerEdge.words;
    int outerStep = outerEdge.words;
    int innerAt = from * innerStep + term.inner();
    int outerAt = from * outerStep + term.outer();
    for (int i = 0; i < count; i++) {
      column[i] = minuends[innerAt + i * innerStep] - subtrahends[outerAt + i * outerStep];
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
    int at = from * step + field.word();
    if (field.isBit()) {
      for (int i = 0; i < count; i++) {
        column[i] += records[at + i * step] >>> field.bit() & 1;
      }
      return;
    }
    for (int i = 0; i < count; i++) {
      column[i] += records[at + i * step];
    }
  }

  private void subtractWide(Term term, int row) {
    Wide.difference(
        innerEdge.values,
        row * innerEdge.words + term.inner(),
        outerEdge.values,
        row * outerEdge.words + term.outer(),
        three,
        0,
        term.kind().words);
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
