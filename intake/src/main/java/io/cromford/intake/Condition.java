package io.cromford.intake;

import io.cromford.core.ColumnType;
import io.cromford.core.Row;
import java.util.List;

/// The meaning of a rule: a condition on a row, with SQL's three truth values.
public sealed interface Condition {
  /// True, false, or NULL because a value is.
  enum Truth {
    /// It holds.
    TRUE,
    /// It does not hold.
    FALSE,
    /// A value is NULL.
    UNKNOWN;

    static Truth of(boolean value) {
      return value ? TRUE : FALSE;
    }

    Truth not() {
      return switch (this) {
        case TRUE -> FALSE;
        case FALSE -> TRUE;
        case UNKNOWN -> UNKNOWN;
      };
    }
  }

  /// The operators of comparison.
  enum Operator {
    /// `=`
    EQUAL,
    /// `<>`
    UNEQUAL,
    /// `<`
    LESS,
    /// `<=`
    AT_MOST,
    /// `>`
    GREATER,
    /// `>=`
    AT_LEAST;

    boolean accepts(int order) {
      return switch (this) {
        case EQUAL -> order == 0;
        case UNEQUAL -> order != 0;
        case LESS -> order < 0;
        case AT_MOST -> order <= 0;
        case GREATER -> order > 0;
        case AT_LEAST -> order >= 0;
      };
    }
  }

  /// What the condition says of a row.
  Truth test(Row row);

  /// A column against a literal.
  record Compare(int column, Operator operator, RuleLiteral literal) implements Condition {
    @Override
    public Truth test(Row row) {
      return row.isNull(column)
          ? Truth.UNKNOWN
          : Truth.of(operator.accepts(literal.order(row, column)));
    }
  }

  /// A column against a column of the same type.
  record CompareColumns(int left, Operator operator, int right) implements Condition {
    @Override
    public Truth test(Row row) {
      return row.isNull(left) || row.isNull(right)
          ? Truth.UNKNOWN
          : Truth.of(operator.accepts(order(row)));
    }

    private int order(Row row) {
      String text = row.text(left);
      String other = row.text(right);
      if (text != null && other != null) {
        return text.compareTo(other);
      }
      boolean isDouble = row.schema().column(left).type().kind() == ColumnType.Kind.DOUBLE;
      return isDouble
          ? RuleLiteral.order(row.doubleValue(left), row.doubleValue(right))
          : Long.compare(row.slot(left), row.slot(right));
    }
  }

  /// A column among literals.
  record In(int column, List<RuleLiteral> literals) implements Condition {
    /// Copies the literals.
    public In {
      literals = List.copyOf(literals);
    }

    @Override
    public Truth test(Row row) {
      if (row.isNull(column)) {
        return Truth.UNKNOWN;
      }
      for (RuleLiteral literal : literals) {
        if (literal.order(row, column) == 0) {
          return Truth.TRUE;
        }
      }
      return Truth.FALSE;
    }
  }

  /// A column that has no value.
  record IsNull(int column) implements Condition {
    @Override
    public Truth test(Row row) {
      return Truth.of(row.isNull(column));
    }
  }

  /// Not.
  record Not(Condition condition) implements Condition {
    @Override
    public Truth test(Row row) {
      return condition.test(row).not();
    }
  }

  /// Both.
  record And(Condition left, Condition right) implements Condition {
    @Override
    public Truth test(Row row) {
      Truth first = left.test(row);
      if (first == Truth.FALSE) {
        return first;
      }
      Truth second = right.test(row);
      return second == Truth.TRUE ? first : second;
    }
  }

  /// Either.
  record Or(Condition left, Condition right) implements Condition {
    @Override
    public Truth test(Row row) {
      Truth first = left.test(row);
      if (first == Truth.TRUE) {
        return first;
      }
      Truth second = right.test(row);
      return second == Truth.FALSE ? first : second;
    }
  }
}
