package io.cromford.features.sql;

import io.cromford.core.ColumnType;
import io.cromford.core.ColumnType.Kind;
import io.cromford.features.plan.Expression;
import io.cromford.features.plan.Expression.Cast;
import io.cromford.features.plan.Expression.Literal;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Which numbers become which beside others: bigint to decimal to double, and NULL to any type.
final class Conversions {
  private Conversions() {}

  static boolean isNumeric(ColumnType type) {
    return switch (type.kind()) {
      case BIGINT, DECIMAL, DOUBLE -> true;
      case BOOLEAN, TIMESTAMP, VARCHAR -> false;
    };
  }

  static boolean isExact(ColumnType type) {
    return isNumeric(type) && type.kind() != Kind.DOUBLE;
  }

  /// Whether an expression is the word NULL, which has no type yet.
  static boolean isUntyped(Expression expression) {
    return expression instanceof Literal literal && literal.isNull();
  }

  /// Digits before the point that a number can have.
  static int integerDigits(Expression expression) {
    if (expression instanceof Literal(ColumnType type, long slot, _, _)
        && type.kind() == Kind.BIGINT) {
      return Long.toString(slot).replace("-", "").length();
    }
    ColumnType type = expression.type();
    return type.kind() == Kind.DECIMAL ? type.precision() - type.scale() : ColumnType.MAX_PRECISION;
  }

  /// A decimal for that many digits, cut to 18 before the point where few are after it.
  ///
  /// @return null if it would not fit
  static @Nullable ColumnType exact(int integerDigits, int scale) {
    int precision = Math.max(1, integerDigits + scale);
    if (precision > ColumnType.MAX_PRECISION && scale > Limits.SCALE_AT_RISK) {
      return null;
    }
    return ColumnType.decimal(Math.min(ColumnType.MAX_PRECISION, precision), scale);
  }

  /// The type that all of these numbers can take.
  ///
  /// @return null if their digits would not fit
  static @Nullable ColumnType commonNumber(List<Expression> numbers) {
    if (numbers.stream().anyMatch(e -> e.type().kind() == Kind.DOUBLE)) {
      return ColumnType.DOUBLE;
    }
    if (numbers.stream().allMatch(e -> e.type().kind() == Kind.BIGINT)) {
      return ColumnType.BIGINT;
    }
    int scale = numbers.stream().mapToInt(e -> e.type().scale()).max().orElse(0);
    int digits = numbers.stream().mapToInt(Conversions::integerDigits).max().orElse(0);
    return exact(digits, scale);
  }

  /// Whether a decimal among these numbers is too long to take more digits after the point.
  ///
  /// DuckDB has such a decimal, a SUM above all, with 38 digits, and beside one with more digits
  /// after the point it rounds the other.
  static boolean cutsDigits(List<Expression> numbers, ColumnType common) {
    return common.kind() == Kind.DECIMAL
        && numbers.stream()
            .filter(e -> e.type().kind() == Kind.DECIMAL && e.type().scale() < common.scale())
            .anyMatch(e -> integerDigits(e) + common.scale() > ColumnType.MAX_PRECISION);
  }

  /// An expression as a value of a type that it can take.
  static Expression convert(Expression expression, ColumnType type) {
    if (isUntyped(expression)) {
      return new Literal(type, 0, null, true);
    }
    if (expression.type().equals(type)) {
      return expression;
    }
    Literal folded = expression instanceof Literal literal ? fold(literal, type) : null;
    return folded == null ? new Cast(expression, type) : folded;
  }

  /// A number's literal in another type; null if it must wait for the row.
  private static @Nullable Literal fold(Literal literal, ColumnType type) {
    if (!isExact(literal.type())) {
      return null;
    }
    BigDecimal value = BigDecimal.valueOf(literal.slot(), literal.type().scale());
    if (type.kind() == Kind.DOUBLE) {
      return literal(type, Double.doubleToRawLongBits(value.doubleValue()));
    }
    if (type.kind() != Kind.DECIMAL || literal.type().scale() > type.scale()) {
      return null;
    }
    BigDecimal scaled = value.setScale(type.scale());
    return scaled.precision() <= type.precision()
        ? literal(type, scaled.unscaledValue().longValueExact())
        : null;
  }

  static Literal literal(ColumnType type, long slot) {
    return new Literal(type, slot, null, false);
  }
}
