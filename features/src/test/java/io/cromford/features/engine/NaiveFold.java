package io.cromford.features.engine;

import io.cromford.core.Column;
import io.cromford.core.ColumnType;
import io.cromford.core.Row;
import io.cromford.core.Schema;
import io.cromford.features.plan.Aggregate;
import io.cromford.features.plan.Expression;
import io.cromford.features.plan.FeaturePlan;
import io.cromford.features.plan.Output;
import io.cromford.features.plan.Window;
import io.cromford.features.scalar.Cells;
import io.cromford.features.scalar.CompiledExpression;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The meaning of a plan, by brute force: every aggregate is computed anew over all rows that have
/// arrived.
final class NaiveFold {
  private final FeaturePlan plan;
  private final List<Row> rows = new ArrayList<>();
  private final List<Long> times = new ArrayList<>();
  private final List<@Nullable Row> outcomes = new ArrayList<>();
  private final NaiveCells cells;

  NaiveFold(FeaturePlan plan) {
    this.plan = plan;
    this.cells = new NaiveCells(plan);
  }

  /// The features of the next row.
  double[] observe(Row row, long time) {
    Row copy = new Row(row.schema());
    copy.copyFrom(row);
    int current = rows.size();
    rows.add(copy);
    times.add(time);
    outcomes.add(null);
    for (int i = 0; i < plan.aggregates().size(); i++) {
      cells.aggregates[i] = value(plan.aggregates().get(i), current);
    }
    cells.row = copy;
    cells.outcome = null;
    List<Output> features = plan.features();
    double[] values = new double[features.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = CompiledExpression.of(features.get(i).expression()).evaluateDouble(cells);
    }
    return values;
  }

  void outcome(long ordinal, Row outcome) {
    Row copy = new Row(outcome.schema());
    copy.copyFrom(outcome);
    outcomes.set((int) ordinal, copy);
  }

  private @Nullable Object value(Aggregate aggregate, int current) {
    List<@Nullable Object> values = new ArrayList<>();
    List<Integer> ordinals = new ArrayList<>();
    for (int i = 0; i <= current; i++) {
      if (isInFrame(plan.windows().get(aggregate.window()), i, current)
          && isTrue(aggregate.filter(), i)) {
        values.add(aggregate.argument() == null ? Long.valueOf(1) : value(aggregate.argument(), i));
        ordinals.add(i);
      }
    }
    List<Object> present = values.stream().filter(Objects::nonNull).toList();
    return switch (aggregate.function()) {
      case COUNT -> (long) present.size();
      case COUNT_DISTINCT -> (long) new HashSet<>(present).size();
      case SUM -> present.isEmpty() ? null : sum(present).longValueExact();
      case AVG -> present.isEmpty() ? null : average(aggregate, present);
      case STDDEV -> present.size() < 2 ? null : deviation(aggregate, present);
      case MIN -> present.stream().min(NaiveFold::compare).orElse(null);
      case MAX -> present.stream().max(NaiveFold::compare).orElse(null);
      case LAST -> last(values, ordinals);
    };
  }

  private @Nullable Object last(List<@Nullable Object> values, List<Integer> ordinals) {
    int best = -1;
    for (int i = 0; i < values.size(); i++) {
      if (best < 0 || times.get(ordinals.get(i)) >= times.get(ordinals.get(best))) {
        best = i;
      }
    }
    return best < 0 ? null : values.get(best);
  }

  private boolean isInFrame(Window window, int other, int current) {
    for (int column : window.partition()) {
      if (!Objects.equals(key(rows.get(other), column), key(rows.get(current), column))) {
        return false;
      }
    }
    if (other == current) {
      return window.includesCurrent();
    }
    long age = times.get(current) - times.get(other);
    return age <= window.startMillis()
        && age >= (window.includesCurrent() ? 1 : window.endMillis());
  }

  private static @Nullable Object key(Row row, int column) {
    if (row.isNull(column)) {
      return null;
    }
    String text = row.text(column);
    return text == null ? (Object) row.slot(column) : text;
  }

  private boolean isTrue(@Nullable Expression filter, int row) {
    cells.row = rows.get(row);
    cells.outcome = outcomes.get(row);
    return filter == null || CompiledExpression.of(filter).isTrue(cells);
  }

  private @Nullable Object value(Expression argument, int row) {
    cells.row = rows.get(row);
    cells.outcome = outcomes.get(row);
    CompiledExpression expression = CompiledExpression.of(argument);
    if (argument.type().kind() == ColumnType.Kind.VARCHAR) {
      return expression.evaluateText(cells);
    }
    long slot = expression.evaluate(cells);
    if (cells.wasNull()) {
      return null;
    }
    return argument.type().kind() == ColumnType.Kind.DOUBLE
        ? (Object) Double.longBitsToDouble(slot)
        : (Object) slot;
  }

  private static int compare(Object a, Object b) {
    return switch (a) {
      case Long value -> Long.compare(value, (Long) b);
      case Double value -> Double.compare(value, (Double) b);
      default -> a.toString().compareTo(b.toString());
    };
  }

  private static BigInteger sum(List<Object> values) {
    return values.stream().map(v -> BigInteger.valueOf((Long) v)).reduce(BigInteger::add).get();
  }

  private static double average(Aggregate aggregate, List<Object> values) {
    BigDecimal sum = new BigDecimal(sum(values), aggregate.argument().type().scale());
    return sum.divide(BigDecimal.valueOf(values.size()), new MathContext(60)).doubleValue();
  }

  private static double deviation(Aggregate aggregate, List<Object> values) {
    MathContext digits = new MathContext(60);
    int scale = aggregate.argument().type().scale();
    BigDecimal count = BigDecimal.valueOf(values.size());
    BigDecimal mean = new BigDecimal(sum(values), scale).divide(count, digits);
    BigDecimal squares = BigDecimal.ZERO;
    for (Object value : values) {
      BigDecimal off = BigDecimal.valueOf((Long) value, scale).subtract(mean);
      squares = squares.add(off.multiply(off));
    }
    return squares
        .divide(count.subtract(BigDecimal.ONE), digits)
        .sqrt(new MathContext(30))
        .doubleValue();
  }

  /// What expressions read here.
  private static final class NaiveCells extends Cells {
    private final int outcomeStart;
    private final @Nullable Object[] aggregates;
    private Row row = new Row(Schema.of(new Column("none", ColumnType.BIGINT, true)));
    private @Nullable Row outcome;

    NaiveCells(FeaturePlan plan) {
      this.outcomeStart = plan.outcomeStart();
      this.aggregates = new Object[plan.aggregates().size()];
    }

    @Override
    public boolean isNull(int column) {
      return column < outcomeStart
          ? row.isNull(column)
          : outcome == null || outcome.isNull(column - outcomeStart);
    }

    @Override
    public long slot(int column) {
      return column < outcomeStart ? row.slot(column) : outcome.slot(column - outcomeStart);
    }

    @Override
    public @Nullable String text(int column) {
      return column < outcomeStart
          ? row.text(column)
          : outcome == null ? null : outcome.text(column - outcomeStart);
    }

    @Override
    public boolean aggregateIsNull(int aggregate) {
      return aggregates[aggregate] == null;
    }

    @Override
    public long aggregateSlot(int aggregate) {
      return aggregates[aggregate] instanceof Double value
          ? Double.doubleToRawLongBits(value)
          : (Long) aggregates[aggregate];
    }

    @Override
    public @Nullable String aggregateText(int aggregate) {
      return (String) aggregates[aggregate];
    }
  }
}
