package io.cromford.features.engine;

import io.cromford.features.engine.Layout.Cell;
import io.cromford.features.engine.Layout.Kind;
import java.util.ArrayList;
import java.util.List;

/// Keeps the sums of one edge, for all keys of its partition.
///
/// The cells of a key lie side by side, sorted by kind, so that each loop runs over one kind.
final class EdgeSums {
  final int partition;
  final int bufferAt;
  final int words;

  private final PagedLongs states;
  private final int stateAt;
  private final int keyWord;
  private final int keyShift;
  private final boolean countsAll;
  private final int[] rowBits;
  private final int[] outcomeBits;
  private final int[] rowWords;
  private final int[] outcomeWords;
  private final List<Field> wide;
  private final List<Field> squares;

  /// The sums of an edge.
  ///
  /// @param states the states of the partition's keys
  EdgeSums(Layout layout, Layout.Edge edge, PagedLongs states) {
    this.partition = edge.partition();
    this.bufferAt = edge.bufferAt();
    this.states = states;
    this.stateAt = edge.stateAt();
    this.keyWord = Layout.keyWord(partition);
    this.keyShift = Layout.keyShift(partition);
    List<Field> counts = fields(layout, edge, Kind.COUNT);
    List<Field> sums = fields(layout, edge, Kind.SUM);
    this.countsAll = counts.contains(Field.ALWAYS);
    this.rowBits = bits(counts, false);
    this.outcomeBits = bits(counts, true);
    this.rowWords = words(sums, false);
    this.outcomeWords = words(sums, true);
    this.wide = fields(layout, edge, Kind.WIDE_SUM);
    this.squares = fields(layout, edge, Kind.SQUARES);
    this.words = counts.size() + sums.size() + 2 * wide.size() + 3 * squares.size();
  }

  /// Whether an outcome changes a sum.
  boolean readsOutcomes() {
    return outcomeBits.length > 0
        || outcomeWords.length > 0
        || wide.stream().anyMatch(Field::outcome)
        || squares.stream().anyMatch(Field::outcome);
  }

  /// Adds a row.
  void add(long[] row, int at, long[] outcomes, int outcomeAt) {
    int key = (int) (row[at + keyWord] >>> keyShift);
    long[] state = states.page(key);
    int to = states.offset(key) + stateAt;
    if (countsAll) {
      state[to++]++;
    }
    for (int bit : rowBits) {
      state[to++] += row[at + (bit >>> 6)] >>> bit & 1;
    }
    for (int bit : outcomeBits) {
      state[to++] += outcomes[outcomeAt + (bit >>> 6)] >>> bit & 1;
    }
    for (int word : rowWords) {
      state[to++] += row[at + word];
    }
    for (int word : outcomeWords) {
      state[to++] += outcomes[outcomeAt + word];
    }
    if (!wide.isEmpty() || !squares.isEmpty()) {
      addWide(state, to, row, at, outcomes, outcomeAt);
    }
  }

  /// Replaces what a row's old outcome added by what the new one adds.
  void relabel(RowRef old, long[] outcomes, int outcomeAt) {
    int key = old.key(partition);
    long[] state = states.page(key);
    int to = states.offset(key) + stateAt + (countsAll ? 1 : 0) + rowBits.length;
    for (int bit : outcomeBits) {
      state[to++] +=
          (outcomes[outcomeAt + (bit >>> 6)] >>> bit & 1)
              - (old.outcomes[old.outcomeAt + (bit >>> 6)] >>> bit & 1);
    }
    to += rowWords.length;
    for (int word : outcomeWords) {
      state[to++] += outcomes[outcomeAt + word] - old.outcomes[old.outcomeAt + word];
    }
    if (!wide.isEmpty() || !squares.isEmpty()) {
      subtractWide(state, to, old);
      addWide(state, to, old.row, old.at, outcomes, outcomeAt);
    }
  }

  /// Copies a key's sums.
  void copy(int key, long[] into, int at) {
    long[] state = states.page(key);
    int from = states.offset(key) + stateAt;
    for (int i = 0; i < words; i++) {
      into[at + i] = state[from + i];
    }
  }

  private void addWide(
      long[] state, int at, long[] row, int rowAt, long[] outcomes, int outcomeAt) {
    int to = at;
    for (Field field : wide) {
      Wide.add(state, to, field.get(row, rowAt, outcomes, outcomeAt));
      to += 2;
    }
    for (Field field : squares) {
      Wide.addSquare(state, to, field.get(row, rowAt, outcomes, outcomeAt));
      to += 3;
    }
  }

  private void subtractWide(long[] state, int at, RowRef old) {
    int to = at;
    for (Field field : wide) {
      Wide.subtract(state, to, old.get(field));
      to += 2;
    }
    for (Field field : squares) {
      Wide.subtractSquare(state, to, old.get(field));
      to += 3;
    }
  }

  private static List<Field> fields(Layout layout, Layout.Edge edge, Kind kind) {
    List<Field> fields = new ArrayList<>();
    for (Cell cell : edge.cells().keySet()) {
      if (cell.kind() == kind) {
        fields.add(layout.field(cell.measure()));
      }
    }
    return List.copyOf(fields);
  }

  private static int[] bits(List<Field> fields, boolean outcome) {
    return fields.stream()
        .filter(f -> f.word() >= 0 && f.outcome() == outcome)
        .mapToInt(f -> f.word() << 6 | f.bit())
        .toArray();
  }

  private static int[] words(List<Field> fields, boolean outcome) {
    return fields.stream().filter(f -> f.outcome() == outcome).mapToInt(Field::word).toArray();
  }
}
