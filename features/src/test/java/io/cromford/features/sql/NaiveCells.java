package io.cromford.features.sql;

import io.cromford.core.ColumnType.Kind;
import io.cromford.core.Row;
import io.cromford.features.plan.Aggregate;
import io.cromford.features.plan.FeaturePlan;
import io.cromford.features.plan.Window;
import io.cromford.features.scalar.Cells;
import io.cromford.features.scalar.CompiledExpression;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// The cells of a row in a small table, its aggregates computed by looking at every row.
final class NaiveCells extends Cells {
  private final FeaturePlan plan;
  private final List<Row> rows;
  private final Row row;
  private final Object[] aggregates;

  NaiveCells(FeaturePlan plan, List<Row> rows, Row row) {
    this.plan = plan;
    this.rows = rows;
    this.row = row;
    this.aggregates = new Object[plan.aggregates().size()];
    for (int i = 0; i < aggregates.length; i++) {
      aggregates[i] = compute(plan.aggregates().get(i));
    }
  }

  /// The cells that the arguments of aggregates read.
  private NaiveCells(FeaturePlan plan, Row row) {
    this.plan = plan;
    this.rows = List.of();
    this.row = row;
    this.aggregates = new Object[0];
  }

  private Object compute(Aggregate aggregate) {
    List<Object> values = new ArrayList<>();
    for (Row other : rows) {
      NaiveCells cells = new NaiveCells(plan, other);
      if (isIn(plan.windows().get(aggregate.window()), other)
          && (aggregate.filter() == null
              || CompiledExpression.of(aggregate.filter()).isTrue(cells))) {
        values.add(aggregate.argument() == null ? (Object) 1L : value(aggregate, cells));
      }
    }
    return fold(aggregate, values);
  }

  private boolean isIn(Window window, Row other) {
    for (int column : window.partition()) {
      boolean same =
          row.isNull(column) == other.isNull(column) && row.slot(column) == other.slot(column);
      if (!same) {
        return false;
      }
    }
    long behind = row.slot(plan.eventTime()) - other.slot(plan.eventTime());
    if (window.includesCurrent()) {
      return row == other || (behind > 0 && behind <= window.startMillis());
    }
    return behind >= window.endMillis() && behind <= window.startMillis();
  }

  private static Object value(Aggregate aggregate, Cells cells) {
    CompiledExpression argument = CompiledExpression.of(aggregate.argument());
    if (argument.type().kind() == Kind.VARCHAR) {
      return argument.evaluateText(cells);
    }
    long slot = argument.evaluate(cells);
    return cells.wasNull() ? null : (Object) slot;
  }

  private static Object fold(Aggregate aggregate, List<Object> values) {
    if (aggregate.function() == Aggregate.Function.LAST) {
      return values.isEmpty() ? null : values.getLast();
    }
    values.removeIf(v -> v == null);
    boolean isDouble = aggregate.type().kind() == Kind.DOUBLE;
    Set<Object> distinct = new HashSet<>(values);
    return switch (aggregate.function()) {
      case COUNT -> (long) values.size();
      case COUNT_DISTINCT -> (long) distinct.size();
      case SUM ->
          values.isEmpty()
              ? null
              : values.stream()
                  .map(v -> BigInteger.valueOf((Long) v))
                  .reduce(BigInteger.ZERO, BigInteger::add)
                  .longValueExact();
      case MIN -> values.stream().min((a, b) -> order(a, b, isDouble)).orElse(null);
      case MAX -> values.stream().max((a, b) -> order(a, b, isDouble)).orElse(null);
      case AVG, STDDEV, LAST -> throw new IllegalArgumentException();
    };
  }

  private static int order(Object a, Object b, boolean isDouble) {
    return isDouble
        ? Double.compare(Double.longBitsToDouble((Long) a), Double.longBitsToDouble((Long) b))
        : Long.compare((Long) a, (Long) b);
  }

  @Override
  public boolean isNull(int column) {
    return row.isNull(column);
  }

  @Override
  public long slot(int column) {
    return row.slot(column);
  }

  @Override
  public String text(int column) {
    return row.text(column);
  }

  @Override
  public boolean aggregateIsNull(int aggregate) {
    return aggregates[aggregate] == null;
  }

  @Override
  public long aggregateSlot(int aggregate) {
    return (Long) aggregates[aggregate];
  }

  @Override
  public String aggregateText(int aggregate) {
    return (String) aggregates[aggregate];
  }
}
