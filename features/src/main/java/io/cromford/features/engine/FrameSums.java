package io.cromford.features.engine;

import io.cromford.features.engine.Layout.Cell;
import io.cromford.features.engine.Layout.Kind;
import java.util.ArrayList;
import java.util.List;

/// The sums over a frame: the inner edge less the outer.
final class FrameSums {
  final int partition;

  private final long innerLagMillis;
  private final long outerLagMillis;
  private final boolean includesCurrent;
  private final List<Term> wide = new ArrayList<>();
  private final int[] inner;
  private final int[] outer;
  private final int[] to;
  private final Field[] fields;

  /// Where the words of a cell lie.
  private record Term(Kind kind, Field field, int inner, int outer, int to) {}

  /// The sums of a frame of a layout.
  FrameSums(Layout layout, Layout.Frame frame) {
    this.partition = frame.partition();
    this.innerLagMillis = frame.innerLagMillis();
    this.outerLagMillis = frame.outerLagMillis();
    this.includesCurrent = frame.window().includesCurrent();
    List<Term> narrow = new ArrayList<>();
    for (Cell cell : frame.cells().keySet()) {
      Term term = term(layout, frame, cell);
      (cell.kind().words == 1 ? narrow : wide).add(term);
    }
    this.inner = narrow.stream().mapToInt(Term::inner).toArray();
    this.outer = narrow.stream().mapToInt(Term::outer).toArray();
    this.to = narrow.stream().mapToInt(Term::to).toArray();
    this.fields = narrow.stream().map(Term::field).toArray(Field[]::new);
  }

  /// The largest lag.
  long outerLagMillis() {
    return outerLagMillis;
  }

  /// Whether the row itself counts.
  boolean includesCurrent() {
    return includesCurrent;
  }

  /// Whether a row at a time lies in the frame of another.
  boolean holds(long time, long current) {
    return time <= current - innerLagMillis && time > current - outerLagMillis;
  }

  /// Writes the differences of the edges' sums.
  ///
  /// @param from where this row's part of the buffer starts
  void subtract(long[] buffer, int from, long[] differences) {
    for (int i = 0; i < to.length; i++) {
      differences[to[i]] = buffer[from + inner[i]] - buffer[from + outer[i]];
    }
    for (int i = 0; i < wide.size(); i++) {
      Term term = wide.get(i);
      Wide.difference(
          buffer,
          from + term.inner(),
          buffer,
          from + term.outer(),
          differences,
          term.to(),
          term.kind().words);
    }
  }

  /// Adds one row.
  void add(RowRef row, long[] differences) {
    for (int i = 0; i < to.length; i++) {
      differences[to[i]] += row.get(fields[i]);
    }
    for (int i = 0; i < wide.size(); i++) {
      Term term = wide.get(i);
      if (term.kind() == Kind.SQUARES) {
        Wide.addSquare(differences, term.to(), row.get(term.field()));
      } else {
        Wide.add(differences, term.to(), row.get(term.field()));
      }
    }
  }

  private static Term term(Layout layout, Layout.Frame frame, Cell cell) {
    return new Term(
        cell.kind(),
        layout.field(cell.measure()),
        bufferAt(layout, frame.partition(), frame.innerLagMillis(), cell),
        bufferAt(layout, frame.partition(), frame.outerLagMillis(), cell),
        frame.differenceAt() + offset(frame.cells().get(cell)));
  }

  private static int bufferAt(Layout layout, int partition, long lag, Cell cell) {
    for (Layout.Edge edge : layout.edges) {
      if (edge.partition() == partition && edge.lagMillis() == lag) {
        return edge.bufferAt() + offset(edge.cells().get(cell));
      }
    }
    throw new IllegalArgumentException("no edge at " + lag + " ms");
  }

  private static int offset(@org.jspecify.annotations.Nullable Integer offset) {
    if (offset == null) {
      throw new IllegalArgumentException("no such cell");
    }
    return offset;
  }
}
