package io.cromford.features.engine;

import io.cromford.core.PagedLongs;
import io.cromford.features.engine.Layout.Cell;
import io.cromford.features.engine.Layout.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// Keeps the sums of one edge, for all keys of its partition.
///
/// The cells of a key lie side by side in the key's state, sorted by kind, so that each loop runs
/// over one kind. The shape that features have most, a count of all rows beside one sum or one
/// count of some, has a loop of its own.
final class EdgeSums {
  /// Where in a key's state its sums start.
  final int base;

  /// The sums at the rows of a batch, a column per word.
  final long[] noted;

  private final int partition;
  private final int words;
  private final PagedLongs states;
  private final int batchRows;
  private final int keyWord;
  private final int keyShift;
  private final boolean plain;
  private final boolean countsAll;
  private final int[] bits;
  private final int[] outcomeBits;
  private final int[] rowSums;
  private final int[] outcomeSums;
  private final Field[] wide;
  private final Field[] squares;
  private final boolean readsOutcomes;

  /// The second cell of a plain edge: `word >>> shift & mask` is what a row adds to it.
  private final Field second;

  private final int secondShift;
  private final long secondMask;

  /// The sums of an edge.
  ///
  /// @param states the states of its partition's keys
  /// @param base where in a key's state its sums start
  /// @param batchRows the most rows of a batch
  EdgeSums(Layout layout, Layout.Edge edge, PagedLongs states, int base, int batchRows) {
    this.partition = edge.partition();
    this.words = edge.words();
    this.states = states;
    this.base = base;
    this.batchRows = batchRows;
    this.noted = new long[batchRows * words];
    this.keyWord = Layout.keyWord(partition);
    this.keyShift = Layout.keyShift(partition);
    List<Field> counts = fields(layout, edge, Kind.COUNT);
    this.countsAll = counts.remove(Field.ALWAYS);
    List<Field> added = fields(layout, edge, Kind.SUM);
    this.bits = bits(counts, false);
    this.outcomeBits = bits(counts, true);
    this.rowSums = words(added, false);
    this.outcomeSums = words(added, true);
    this.wide = fields(layout, edge, Kind.WIDE_SUM).toArray(Field[]::new);
    this.squares = fields(layout, edge, Kind.SQUARES).toArray(Field[]::new);
    this.readsOutcomes =
        edge.cells().keySet().stream().anyMatch(c -> layout.field(c.measure()).outcome());
    this.plain = countsAll && words == 2;
    this.second =
        plain
            ? Stream.concat(counts.stream(), added.stream()).findFirst().orElseThrow()
            : Field.ALWAYS;
    this.secondShift = second.isBit() ? second.bit() : 0;
    this.secondMask = second.isBit() ? 1 : -1;
  }

  /// The partition whose keys it is of.
  int partition() {
    return partition;
  }

  /// Whether an outcome changes a sum.
  boolean readsOutcomes() {
    return readsOutcomes;
  }

  /// Notes the sums of its key at a row of a batch.
  void note(Batch batch, int row) {
    int key = batch.numbers[partition][row];
    long[] state = states.page(key);
    int at = states.offset(key) + base;
    for (int word = 0; word < words; word++) {
      noted[noted(word, row)] = state[at + word];
    }
  }

  /// Where a word noted at a row of a batch lies; those of the next rows follow.
  int noted(int word, int row) {
    return word * batchRows + row;
  }

  /// Whether [#follow] can be used: a count of all rows, and one more word.
  boolean isPlain() {
    return plain;
  }

  /// Adds rows of a page that rows of the batch come after and notes the sums at each of these, in
  /// one loop.
  ///
  /// @param place where the rows start; moved to the first that was not passed
  /// @param count the number of rows
  /// @param to the first row of the batch that needs late rows first
  /// @return the first row of the batch that needs rows of the next page, or late ones, first
  int follow(Place place, int count, Batch batch, int from, int to, long lagMillis) {
    boolean outcome = second.outcome();
    long[] rows = place.rows;
    long[] amounts = outcome ? place.outcomes : rows;
    int step = place.step;
    int amountStep = outcome ? place.outcomeStep : step;
    int amountAt = (outcome ? place.outcomeAt : place.at) + second.word();
    int amountShift = secondShift;
    long mask = secondMask;
    long[] times = batch.times;
    int[] keys = batch.numbers[partition];
    long[][] pages = states.pages();
    int width = states.width();
    int start = base;
    long[] sums = noted;
    int column = batchRows;
    int word = keyWord;
    int shift = keyShift;
    int at = place.at;
    int end = at + count * step;
    int row = from;
    for (; row < to; row++) {
      long first = FeatureEngine.stampAfter(times[row] - lagMillis);
      while (at < end && rows[at] < first) {
        if ((rows[at] & Layout.LATE) == 0) {
          int key = (int) (rows[at + word] >>> shift);
          long[] state = pages[key >>> PagedLongs.PAGE_SHIFT];
          int offset = (key & PagedLongs.MASK) * width + start;
          state[offset]++;
          state[offset + 1] += (amounts[amountAt] >>> amountShift) & mask;
        }
        at += step;
        amountAt += amountStep;
      }
      if (at == end) {
        break;
      }
      int key = keys[row];
      long[] state = pages[key >>> PagedLongs.PAGE_SHIFT];
      int offset = (key & PagedLongs.MASK) * width + start;
      sums[row] = state[offset];
      sums[column + row] = state[offset + 1];
    }
    place.skip((at - place.at) / step);
    return row;
  }

  /// Adds a row.
  ///
  /// @param at where its record starts
  /// @param outcomeAt where its record would start in the array that holds its outcome's part
  void add(long[] row, int at, long[] outcome, int outcomeAt) {
    int key = (int) (row[at + keyWord] >>> keyShift);
    long[] state = states.page(key);
    int to = states.offset(key) + base;
    if (plain) {
      long word = second.outcome() ? outcome[outcomeAt + second.word()] : row[at + second.word()];
      state[to]++;
      state[to + 1] += (word >>> secondShift) & secondMask;
    } else {
      addEach(row, at, outcome, outcomeAt, state, to);
    }
  }

  /// Takes a row out again.
  ///
  /// @param at where its record starts
  void subtract(long[] record, int at) {
    int key = (int) (record[at + keyWord] >>> keyShift);
    long[] state = states.page(key);
    int to = states.offset(key) + base;
    if (countsAll) {
      state[to++]--;
    }
    for (int bit : bits) {
      state[to++] -= record[at + (bit >>> 6)] >>> bit & 1;
    }
    for (int bit : outcomeBits) {
      state[to++] -= record[at + (bit >>> 6)] >>> bit & 1;
    }
    for (int word : rowSums) {
      state[to++] -= record[at + word];
    }
    for (int word : outcomeSums) {
      state[to++] -= record[at + word];
    }
    for (Field field : wide) {
      Wide.subtract(state, to, field.get(record, at));
      to += 2;
    }
    for (Field field : squares) {
      Wide.subtractSquare(state, to, field.get(record, at));
      to += 3;
    }
  }

  /// Reads sums of the keys of some rows, to have them in the cache if it does not hold all.
  long touch(Place place, int count) {
    if (!states.isLarge()) {
      return 0;
    }
    long[] rows = place.rows;
    int at = place.at + keyWord;
    int step = place.step;
    long sum = 0;
    for (int i = 0; i < count; i++) {
      int key = (int) (rows[at + i * step] >>> keyShift);
      sum += states.page(key)[states.offset(key) + base];
    }
    return sum;
  }

  private void addEach(long[] row, int at, long[] outcome, int outcomeAt, long[] state, int first) {
    int to = first;
    if (countsAll) {
      state[to++]++;
    }
    for (int bit : bits) {
      state[to++] += row[at + (bit >>> 6)] >>> bit & 1;
    }
    for (int bit : outcomeBits) {
      state[to++] += outcome[outcomeAt + (bit >>> 6)] >>> bit & 1;
    }
    for (int word : rowSums) {
      state[to++] += row[at + word];
    }
    for (int word : outcomeSums) {
      state[to++] += outcome[outcomeAt + word];
    }
    for (Field field : wide) {
      Wide.add(state, to, value(field, row, at, outcome, outcomeAt));
      to += 2;
    }
    for (Field field : squares) {
      Wide.addSquare(state, to, value(field, row, at, outcome, outcomeAt));
      to += 3;
    }
  }

  private static long value(Field field, long[] row, int at, long[] outcome, int outcomeAt) {
    return field.outcome() ? field.get(outcome, outcomeAt) : field.get(row, at);
  }

  private static int[] bits(List<Field> fields, boolean outcome) {
    return fields.stream()
        .filter(f -> f.outcome() == outcome)
        .mapToInt(f -> f.word() << 6 | f.bit())
        .toArray();
  }

  private static int[] words(List<Field> fields, boolean outcome) {
    return fields.stream().filter(f -> f.outcome() == outcome).mapToInt(Field::word).toArray();
  }

  private static List<Field> fields(Layout layout, Layout.Edge edge, Kind kind) {
    List<Field> fields = new ArrayList<>();
    for (Cell cell : edge.cells().keySet()) {
      if (cell.kind() == kind) {
        fields.add(layout.field(cell.measure()));
      }
    }
    return fields;
  }
}
