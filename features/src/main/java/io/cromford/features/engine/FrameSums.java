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
  private final PagedLongs states;
  private final Term[] narrow;
  private final Term[] wide;
  private final long[] three = new long[3];

  /// Where the words of a cell lie, in the key's state and as columns, and what a row adds to it if
  /// it is one word: `(word >>> shift & mask) + plus`.
  private record Term(
      Kind kind,
      Field field,
      int inner,
      int outer,
      int to,
      int word,
      int shift,
      long mask,
      long plus) {
    static Term of(Kind kind, Field field, int inner, int outer, int to, boolean adds) {
      boolean always = field.equals(Field.ALWAYS);
      long mask = !adds || always ? 0 : field.isBit() ? 1 : -1;
      return new Term(
          kind,
          field,
          inner,
          outer,
          to,
          Math.max(0, field.word()),
          Math.max(0, field.bit()),
          mask,
          adds && always ? 1 : 0);
    }
  }

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
    int innerAt = Objects.requireNonNull(edges.get(inner)).base;
    int outerAt = Objects.requireNonNull(edges.get(outer)).base;
    List<Term> terms = new ArrayList<>();
    for (Cell cell : frame.cells().keySet()) {
      terms.add(
          Term.of(
              cell.kind(),
              layout.field(cell.measure()),
              innerAt + offset(inner.cells(), cell),
              outerAt + offset(outer.cells(), cell),
              frame.sumAt() + offset(frame.cells(), cell),
              includesCurrent));
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
      int key = batch.numbers[partition][0];
      read(states.page(key), states.offset(key), batch, 0, 1, columns);
    } else {
      read(batch.sums[partition], from * states.width(), batch, from, count, columns);
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

  private void read(long[] sums, int at, Batch batch, int from, int count, long[][] columns) {
    int step = states.width();
    for (Term term : narrow) {
      subtract(term, sums, at, step, batch, from, count, columns[term.to()]);
    }
    for (Term term : wide) {
      for (int i = 0; i < count; i++) {
        subtractWide(term, sums, at + i * step);
        if (includesCurrent) {
          addWide(term, batch.records, (from + i) * batch.recordWords);
        }
        scatter(term, columns, i);
      }
    }
  }

  private static void subtract(
      Term term, long[] sums, int at, int step, Batch batch, int from, int count, long[] column) {
    int inner = at + term.inner();
    int outer = at + term.outer();
    long[] records = batch.records;
    int recordStep = batch.recordWords;
    int word = from * recordStep + term.word();
    int shift = term.shift();
    long mask = term.mask();
    long plus = term.plus();
    for (int i = 0; i < count; i++) {
      column[i] =
          sums[inner + i * step]
              - sums[outer + i * step]
              + (records[word + i * recordStep] >>> shift & mask)
              + plus;
    }
  }

  private void subtractWide(Term term, long[] sums, int at) {
    int words = term.kind().words;
    Wide.difference(sums, at + term.inner(), sums, at + term.outer(), three, 0, words);
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
