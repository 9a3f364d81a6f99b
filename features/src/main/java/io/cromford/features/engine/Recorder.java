package io.cromford.features.engine;

import io.cromford.core.ColumnType;
import io.cromford.core.CromfordException;
import io.cromford.features.plan.Expression;
import io.cromford.features.scalar.CompiledExpression;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Computes what a row or its outcome adds to sums, once, into the words of its record.
///
/// Arithmetic that does not fit its type is NULL here and counted: a fold goes on.
final class Recorder {
  private final List<Entry> rowEntries = new ArrayList<>();
  private final List<Entry> outcomeEntries = new ArrayList<>();
  private final TextDictionary texts;
  private long overflows;

  private record Entry(
      Field field,
      @Nullable CompiledExpression filter,
      @Nullable CompiledExpression argument,
      boolean compared,
      ColumnType.Kind kind) {}

  /// A recorder for all measures of a layout.
  Recorder(Layout layout, TextDictionary texts) {
    this.texts = texts;
    for (Map.Entry<Measure, Field> placed : layout.fields.entrySet()) {
      Field field = placed.getValue();
      if (!field.equals(Field.ALWAYS)) {
        (field.outcome() ? outcomeEntries : rowEntries).add(entry(field, placed.getKey()));
      }
    }
  }

  /// Fills a row record but for the keys.
  void row(EngineCells cells, long time, boolean late, long[] record) {
    record[0] = time << Layout.TIME_SHIFT | (late ? Layout.LATE : 0);
    fill(rowEntries, cells, record);
  }

  /// Fills an outcome record.
  void outcome(EngineCells cells, long time, boolean late, long[] record) {
    java.util.Arrays.fill(record, 0);
    record[0] = time << Layout.TIME_SHIFT | (late ? Layout.LATE : 0);
    fill(outcomeEntries, cells, record);
  }

  /// How many values did not fit their type.
  long overflows() {
    return overflows;
  }

  private void fill(List<Entry> entries, EngineCells cells, long[] record) {
    for (int i = 0; i < entries.size(); i++) {
      Entry entry = entries.get(i);
      Field field = entry.field();
      if (field.isBit()) {
        long bit = isPresent(entry, cells) ? 1 : 0;
        record[field.word()] |= bit << field.bit();
      } else {
        record[field.word()] = amount(entry, cells);
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

  private static Entry entry(Field field, Measure measure) {
    return switch (measure) {
      case Measure.Present(Expression filter, Expression argument) ->
          new Entry(field, compile(filter), compile(argument), false, ColumnType.Kind.BOOLEAN);
      case Measure.Amount(Expression filter, Expression argument, boolean compared) ->
          new Entry(field, compile(filter), compile(argument), compared, argument.type().kind());
    };
  }

  private static @Nullable CompiledExpression compile(@Nullable Expression expression) {
    return expression == null ? null : CompiledExpression.of(expression);
  }
}
