package io.cromford.features.engine;

import io.cromford.core.ColumnType;
import io.cromford.core.CromfordException;
import io.cromford.core.SnapshotReader;
import io.cromford.core.SnapshotWriter;
import io.cromford.features.plan.Expression;
import io.cromford.features.scalar.CompiledExpression;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Computes what a row or its outcome adds to sums, once, into the words of its record.
///
/// Arithmetic that does not fit its type is NULL here and counted: a fold goes on.
final class Recorder {
  /// The bits beside the time but for the one that says late.
  private static final long BITS = (1L << Layout.TIME_SHIFT) - 1 - Layout.LATE;

  private final Entry[] rowEntries;
  private final Entry[] outcomeEntries;
  private final int rowWords;
  private final int outcomeWords;
  private final TextDictionary texts;
  private final boolean mixesColumns;
  private long[] unknown = new long[0];
  private long overflows;

  private record Entry(
      Field field,
      @Nullable CompiledExpression filter,
      @Nullable CompiledExpression argument,
      boolean compared,
      ColumnType.Kind kind,
      int column) {}

  /// A recorder for all measures of a layout.
  ///
  /// @param mixesColumns whether a measure that reads an outcome also reads the observation
  Recorder(Layout layout, TextDictionary texts, boolean mixesColumns) {
    this.mixesColumns = mixesColumns;
    this.texts = texts;
    this.rowWords = layout.rowWords;
    this.outcomeWords = layout.outcomeWords;
    this.rowEntries = entries(layout, false);
    this.outcomeEntries = entries(layout, true);
  }

  /// Fills the row's part of a record but for the keys, which become 0.
  ///
  /// @param at where the record starts
  void row(EngineCells cells, long time, boolean late, long[] records, int at) {
    start(records, at, rowWords, time, late);
    fill(rowEntries, cells, records, at);
  }

  /// Fills the outcome's part of a record, if there is one, for a row whose outcome is not known.
  ///
  /// @param at where the record starts
  void unknownOutcome(EngineCells cells, long time, boolean late, long[] records, int at) {
    if (outcomeWords == 0 || mixesColumns) {
      outcome(cells, time, late, records, at);
      return;
    }
    if (unknown.length == 0) {
      outcome(cells, time, late, records, at);
      unknown = Arrays.copyOfRange(records, at + rowWords, at + rowWords + outcomeWords);
    }
    int to = at + rowWords;
    records[to] = time << Layout.TIME_SHIFT | (late ? Layout.LATE : 0) | (unknown[0] & BITS);
    for (int i = 1; i < outcomeWords; i++) {
      records[to + i] = unknown[i];
    }
  }

  /// Fills the outcome's part of a record, if there is one.
  ///
  /// @param at where the record starts
  void outcome(EngineCells cells, long time, boolean late, long[] records, int at) {
    if (outcomeWords > 0) {
      start(records, at + rowWords, outcomeWords, time, late);
      fill(outcomeEntries, cells, records, at);
    }
  }

  void save(SnapshotWriter out) {
    out.number(overflows);
  }

  void restore(SnapshotReader in) {
    overflows = in.number();
  }

  /// How many values did not fit their type.
  long overflows() {
    return overflows;
  }

  private static void start(long[] records, int at, int words, long time, boolean late) {
    records[at] = time << Layout.TIME_SHIFT | (late ? Layout.LATE : 0);
    for (int i = 1; i < words; i++) {
      records[at + i] = 0;
    }
  }

  private void fill(Entry[] entries, EngineCells cells, long[] records, int at) {
    for (Entry entry : entries) {
      Field field = entry.field();
      if (field.isBit()) {
        long bit = isPresent(entry, cells) ? 1 : 0;
        records[at + field.word()] |= bit << field.bit();
      } else {
        records[at + field.word()] = amount(entry, cells);
      }
    }
  }

  private boolean isPresent(Entry entry, EngineCells cells) {
    try {
      CompiledExpression filter = entry.filter();
      CompiledExpression argument = entry.argument();
      return (filter == null || filter.isTrue(cells))
          && (argument == null || isNotNull(argument, cells));
    } catch (CromfordException overflow) {
      overflows++;
      return false;
    }
  }

  private static boolean isNotNull(CompiledExpression argument, EngineCells cells) {
    if (argument.type().kind() == ColumnType.Kind.VARCHAR) {
      return argument.evaluateText(cells) != null;
    }
    long _ = argument.evaluate(cells);
    return !cells.wasNull();
  }

  private long amount(Entry entry, EngineCells cells) {
    int column = entry.column();
    if (column >= 0) {
      return cells.isNull(column) ? 0 : cells.slot(column);
    }
    CompiledExpression argument = entry.argument();
    if (argument == null) {
      throw new IllegalStateException("an amount needs an argument");
    }
    try {
      CompiledExpression filter = entry.filter();
      return filter == null || filter.isTrue(cells) ? value(entry, argument, cells) : 0;
    } catch (CromfordException overflow) {
      overflows++;
      return 0;
    }
  }

  private long value(Entry entry, CompiledExpression argument, EngineCells cells) {
    if (entry.kind() == ColumnType.Kind.VARCHAR) {
      String text = argument.evaluateText(cells);
      return text == null ? 0 : texts.code(text);
    }
    long slot = argument.evaluate(cells);
    if (cells.wasNull()) {
      return 0;
    }
    return entry.compared() ? Doubles.ordered(Double.longBitsToDouble(slot)) : slot;
  }

  private static Entry[] entries(Layout layout, boolean outcome) {
    return layout.fields.entrySet().stream()
        .filter(e -> e.getValue().word() >= 0 && e.getValue().outcome() == outcome)
        .map(e -> entry(e.getValue(), e.getKey()))
        .toArray(Entry[]::new);
  }

  private static Entry entry(Field field, Measure measure) {
    return switch (measure) {
      case Measure.Present(Expression filter, Expression argument) ->
          new Entry(field, compile(filter), compile(argument), false, ColumnType.Kind.BOOLEAN, -1);
      case Measure.Amount amount ->
          new Entry(
              field,
              compile(amount.filter()),
              compile(amount.argument()),
              amount.compared(),
              amount.argument().type().kind(),
              plainColumn(amount));
    };
  }

  /// The column whose slot is the amount; -1 if it takes more to compute it.
  private static int plainColumn(Measure.Amount amount) {
    boolean plain =
        amount.filter() == null
            && !amount.compared()
            && amount.argument().type().kind() != ColumnType.Kind.VARCHAR;
    return plain && amount.argument() instanceof Expression.ColumnValue column
        ? column.index()
        : -1;
  }

  private static @Nullable CompiledExpression compile(@Nullable Expression expression) {
    return expression == null ? null : CompiledExpression.of(expression);
  }
}
