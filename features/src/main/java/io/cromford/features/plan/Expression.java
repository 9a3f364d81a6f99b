package io.cromford.features.plan;

import io.cromford.core.ColumnType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A typed scalar expression. NULL behaves as in SQL; nothing converts implicitly but where said.
public sealed interface Expression {
  /// The type of the value.
  ColumnType type();

  /// A column of the plan's input.
  ///
  /// @param index into the input's columns
  record ColumnValue(int index, ColumnType type) implements Expression {}

  /// The value of an aggregate at the current row.
  ///
  /// @param index into the plan's aggregates
  record AggregateValue(int index, ColumnType type) implements Expression {}

  /// A constant.
  ///
  /// @param slot the value, as said at [ColumnType]; 0 for a text or null
  /// @param text the value of a `VARCHAR`
  /// @param isNull whether it is NULL
  record Literal(ColumnType type, long slot, @Nullable String text, boolean isNull)
      implements Expression {}

  /// An operator or function.
  ///
  /// @param arguments already converted to what the operator takes
  record Call(Operator operator, List<Expression> arguments, ColumnType type)
      implements Expression {
    /// Copies the arguments.
    public Call {
      arguments = List.copyOf(arguments);
    }
  }

  /// CASE WHEN … THEN … ELSE … END.
  ///
  /// @param conditions booleans, tried in order
  /// @param results as many, of this type
  /// @param otherwise the value if none is true
  record Case(
      List<Expression> conditions, List<Expression> results, Expression otherwise, ColumnType type)
      implements Expression {
    /// Copies the lists.
    public Case {
      conditions = List.copyOf(conditions);
      results = List.copyOf(results);
    }
  }

  /// CAST(argument AS type), and the conversions the dialect does by itself (bigint or decimal to
  /// double beside a double, a decimal to a larger scale).
  record Cast(Expression argument, ColumnType type) implements Expression {}

  /// The scalar operators and functions.
  enum Operator {
    /// Exact on bigints and decimals, IEEE on doubles.
    ADD,
    /// As ADD.
    SUBTRACT,
    /// As ADD.
    MULTIPLY,
    /// Doubles alone; a division by zero is NULL.
    DIVIDE,
    /// Changes the sign.
    NEGATE,
    /// Comparison; NULL beside NULL is NULL.
    EQUAL,
    /// Comparison.
    NOT_EQUAL,
    /// Comparison.
    LESS,
    /// Comparison.
    LESS_OR_EQUAL,
    /// Comparison.
    GREATER,
    /// Comparison.
    GREATER_OR_EQUAL,
    /// Three-valued.
    AND,
    /// Three-valued.
    OR,
    /// Three-valued.
    NOT,
    /// The first argument equals one of the rest; three-valued.
    IN,
    /// Never NULL.
    IS_NULL,
    /// Never NULL.
    IS_NOT_NULL,
    /// The first argument that is not NULL.
    COALESCE,
    /// NULL if both are equal, else the first.
    NULLIF,
    /// The smallest that is not NULL.
    LEAST,
    /// The largest that is not NULL.
    GREATEST,
    /// Absolute value.
    ABS,
    /// Natural logarithm of a double; NULL at 0 and below.
    LN,
    /// Exponential of a double.
    EXP,
    /// Square root of a double; NULL below 0.
    SQRT,
    /// Power of doubles.
    POWER,
    /// Half away from zero, to a constant number of digits.
    ROUND,
    /// Largest whole number not above.
    FLOOR,
    /// Text in capitals (Unicode, no locale).
    UPPER,
    /// Text in small letters (Unicode, no locale).
    LOWER,
    /// Characters (code points) of a text: a bigint.
    LENGTH,
    /// Part of a text: start from 1, and a length.
    SUBSTRING,
    /// Year of a timestamp, in UTC.
    EXTRACT_YEAR,
    /// Month, 1 to 12.
    EXTRACT_MONTH,
    /// Day of the month, 1 to 31.
    EXTRACT_DAY,
    /// Hour, 0 to 23.
    EXTRACT_HOUR,
    /// Minute, 0 to 59.
    EXTRACT_MINUTE,
    /// Second, 0 to 59, whole: refused by the compiler where engines differ.
    EXTRACT_SECOND,
    /// Day of the week, Monday 1 to Sunday 7.
    EXTRACT_ISODOW,
    /// Day of the year, 1 to 366.
    EXTRACT_DOY,
    /// Seconds since 1970-01-01, with milliseconds: a double.
    EXTRACT_EPOCH
  }
}
