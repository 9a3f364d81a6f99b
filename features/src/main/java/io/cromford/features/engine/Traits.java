package io.cromford.features.engine;

import io.cromford.core.ColumnType;
import io.cromford.core.Schema;
import io.cromford.features.plan.Expression;
import io.cromford.features.plan.Expression.AggregateValue;
import io.cromford.features.plan.Expression.Call;
import io.cromford.features.plan.Expression.Case;
import io.cromford.features.plan.Expression.Cast;
import io.cromford.features.plan.Expression.ColumnValue;
import io.cromford.features.plan.Expression.Literal;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// What can be said of an expression without running it.
final class Traits {
  /// A sum of values below this cannot overflow 64 bits before 900 million rows of one key lie in
  /// one window.
  private static final long NARROW = 10_000_000_000L;

  private static final long UNBOUNDED = Long.MAX_VALUE;

  private Traits() {}

  /// The columns that an expression reads.
  static Set<Integer> columns(Expression expression) {
    Set<Integer> columns = new TreeSet<>();
    collect(expression, columns);
    return columns;
  }

  /// The columns that a measure reads.
  static Set<Integer> columns(Measure measure) {
    Set<Integer> columns = new TreeSet<>();
    switch (measure) {
      case Measure.Present(Expression filter, Expression argument) -> {
        collectFrom(filter, columns);
        collectFrom(argument, columns);
      }
      case Measure.Amount(Expression filter, Expression argument, _) -> {
        collectFrom(filter, columns);
        collect(argument, columns);
      }
    }
    return columns;
  }

  /// Whether an expression reads an aggregate.
  static boolean readsAggregates(Expression expression) {
    return switch (expression) {
      case AggregateValue _ -> true;
      case ColumnValue _, Literal _ -> false;
      case Call call -> call.arguments().stream().anyMatch(Traits::readsAggregates);
      case Case choice ->
          choice.conditions().stream().anyMatch(Traits::readsAggregates)
              || choice.results().stream().anyMatch(Traits::readsAggregates)
              || readsAggregates(choice.otherwise());
      case Cast cast -> readsAggregates(cast.argument());
    };
  }

  /// Whether an expression can be NULL; true where in doubt.
  static boolean canBeNull(Expression expression, Schema input) {
    return switch (expression) {
      case ColumnValue column -> input.column(column.index()).nullable();
      case AggregateValue _ -> true;
      case Literal literal -> literal.isNull();
      case Cast cast ->
          cast.argument().type().kind() == ColumnType.Kind.VARCHAR
              || canBeNull(cast.argument(), input);
      case Case choice ->
          anyCanBeNull(choice.results(), input) || canBeNull(choice.otherwise(), input);
      case Call call -> canBeNull(call, input);
    };
  }

  /// Whether 64 bits hold the sum of any number of values of a window.
  static boolean isNarrow(Expression expression) {
    return bound(expression) <= NARROW;
  }

  private static boolean canBeNull(Call call, Schema input) {
    return switch (call.operator()) {
      case IS_NULL, IS_NOT_NULL -> false;
      case COALESCE -> call.arguments().stream().allMatch(a -> canBeNull(a, input));
      case EQUAL, NOT_EQUAL, LESS, LESS_OR_EQUAL, GREATER, GREATER_OR_EQUAL, AND, OR, NOT, IN ->
          anyCanBeNull(call.arguments(), input);
      case EXTRACT_YEAR,
          EXTRACT_MONTH,
          EXTRACT_DAY,
          EXTRACT_HOUR,
          EXTRACT_MINUTE,
          EXTRACT_SECOND,
          EXTRACT_ISODOW,
          EXTRACT_DOY,
          UPPER,
          LOWER,
          LENGTH ->
          anyCanBeNull(call.arguments(), input);
      default -> true;
    };
  }

  private static boolean anyCanBeNull(List<Expression> expressions, Schema input) {
    return expressions.stream().anyMatch(e -> canBeNull(e, input));
  }

  /// The largest absolute value an expression can have; the largest long where in doubt.
  private static long bound(Expression expression) {
    return switch (expression) {
      case Literal literal ->
          literal.slot() == Long.MIN_VALUE ? UNBOUNDED : Math.abs(literal.slot());
      case Case choice ->
          choice.results().stream()
              .mapToLong(Traits::bound)
              .reduce(bound(choice.otherwise()), Math::max);
      case Call call -> isSmall(call.operator()) ? NARROW : typeBound(call.type());
      case ColumnValue _, AggregateValue _, Cast _ -> typeBound(expression.type());
    };
  }

  private static long typeBound(ColumnType type) {
    return type.kind() == ColumnType.Kind.DECIMAL
        ? (long) Math.pow(10, type.precision())
        : UNBOUNDED;
  }

  private static boolean isSmall(Expression.Operator operator) {
    return switch (operator) {
      case EXTRACT_YEAR,
          EXTRACT_MONTH,
          EXTRACT_DAY,
          EXTRACT_HOUR,
          EXTRACT_MINUTE,
          EXTRACT_SECOND,
          EXTRACT_ISODOW,
          EXTRACT_DOY,
          LENGTH ->
          true;
      default -> false;
    };
  }

  private static void collectFrom(@Nullable Expression expression, Set<Integer> columns) {
    if (expression != null) {
      collect(expression, columns);
    }
  }

  private static void collect(Expression expression, Set<Integer> columns) {
    switch (expression) {
      case ColumnValue column -> columns.add(column.index());
      case AggregateValue _, Literal _ -> {}
      case Call call -> call.arguments().forEach(a -> collect(a, columns));
      case Case choice -> {
        choice.conditions().forEach(c -> collect(c, columns));
        choice.results().forEach(r -> collect(r, columns));
        collect(choice.otherwise(), columns);
      }
      case Cast cast -> collect(cast.argument(), columns);
    }
  }
}
