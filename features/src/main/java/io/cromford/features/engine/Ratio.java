package io.cromford.features.engine;

import io.cromford.core.ColumnType;
import io.cromford.features.plan.Expression;
import io.cromford.features.plan.Expression.AggregateValue;
import io.cromford.features.plan.Expression.Call;
import io.cromford.features.plan.Expression.Cast;
import io.cromford.features.plan.Expression.Literal;
import io.cromford.features.plan.Expression.Operator;
import java.util.List;
import java.util.Optional;

/// A share, the shape that features have most: one aggregate divided by another, NULL where the
/// other is 0, and then perhaps a constant.
///
/// `COALESCE(CAST(a AS DOUBLE) / NULLIF(b, 0), 0)`, with or without COALESCE and NULLIF (a division
/// by zero is NULL in any case), of bigints and doubles. It gives the same bits as the expression
/// evaluated row by row, in one loop over the rows of a chunk.
///
/// @param over index of the aggregate that is divided
/// @param under index of the aggregate that divides
/// @param otherwise the value where the division is NULL; NaN for NULL
record Ratio(Operand over, Operand under, double otherwise) {
  /// An aggregate as a double.
  ///
  /// @param index its index in the plan
  /// @param isDouble whether it is one already; else it is a bigint
  record Operand(int index, boolean isDouble) {}

  /// Reads an expression as a share.
  ///
  /// @return empty if it is something else
  static Optional<Ratio> of(Expression expression) {
    if (expression instanceof Call(Operator operator, List<Expression> arguments, _)
        && operator == Operator.COALESCE
        && arguments.size() == 2) {
      return constant(arguments.get(1))
          .flatMap(otherwise -> division(arguments.getFirst(), otherwise));
    }
    return division(expression, Double.NaN);
  }

  /// Writes the values for the first rows of a chunk.
  ///
  /// @param to where the first goes
  /// @param step from one to the next
  void write(AggregateReader[] aggregates, int count, double[] features, int to, int step) {
    AggregateReader dividends = aggregates[over.index()];
    AggregateReader divisors = aggregates[under.index()];
    for (int i = 0; i < count; i++) {
      double quotient =
          value(dividends.slots[i], over.isDouble()) / value(divisors.slots[i], under.isDouble());
      boolean isNull =
          dividends.nulls[i] || divisors.nulls[i] || !(Math.abs(quotient) <= Double.MAX_VALUE);
      features[to + i * step] = isNull ? otherwise : quotient;
    }
  }

  private static double value(long slot, boolean isDouble) {
    return isDouble ? Double.longBitsToDouble(slot) : (double) slot;
  }

  private static Optional<Ratio> division(Expression expression, double otherwise) {
    if (expression instanceof Call(Operator operator, List<Expression> arguments, _)
        && operator == Operator.DIVIDE) {
      return operand(arguments.getFirst())
          .flatMap(over ->
              operand(withoutNullIf(arguments.get(1)))
                  .map(under -> new Ratio(over, under, otherwise)));
    }
    return Optional.empty();
  }

  private static Optional<Operand> operand(Expression expression) {
    return switch (expression) {
      case AggregateValue(int index, ColumnType type) when type.equals(ColumnType.DOUBLE) ->
          Optional.of(new Operand(index, true));
      case Cast(AggregateValue(int index, ColumnType from), ColumnType to)
          when from.equals(ColumnType.BIGINT) && to.equals(ColumnType.DOUBLE) ->
          Optional.of(new Operand(index, false));
      default -> Optional.empty();
    };
  }

  /// Takes NULLIF(x, 0) off a divisor, within or around a cast to a double.
  private static Expression withoutNullIf(Expression divisor) {
    return switch (divisor) {
      case Cast(Call call, ColumnType type) when isNullIfZero(call) ->
          new Cast(call.arguments().getFirst(), type);
      case Call call when isNullIfZero(call) -> call.arguments().getFirst();
      default -> divisor;
    };
  }

  private static boolean isNullIfZero(Call call) {
    return call.operator() == Operator.NULLIF
        && constant(call.arguments().get(1)).filter(zero -> zero == 0).isPresent();
  }

  /// The double of a whole or double constant.
  private static Optional<Double> constant(Expression expression) {
    return switch (expression) {
      case Literal(ColumnType type, long slot, _, boolean isNull)
          when !isNull && type.equals(ColumnType.DOUBLE) ->
          Optional.of(Double.longBitsToDouble(slot));
      case Literal(ColumnType type, long slot, _, boolean isNull)
          when !isNull && type.equals(ColumnType.BIGINT) ->
          Optional.of((double) slot);
      case Cast(Literal literal, ColumnType type) when type.equals(ColumnType.DOUBLE) ->
          constant(literal);
      default -> Optional.empty();
    };
  }
}
