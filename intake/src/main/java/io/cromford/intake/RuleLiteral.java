package io.cromford.intake;

import io.cromford.core.Row;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;

/// A literal of a rule, as the column it is compared with holds it.
public sealed interface RuleLiteral {
  /// How a row's value, not null, compares with the literal: below 0 if it is less.
  int order(Row row, int column);

  /// For columns that hold a whole number of units: bigint, decimal, timestamp, boolean.
  ///
  /// @param floor the literal in the column's units, rounded down
  /// @param exact whether it is a whole number of them
  record Units(long floor, boolean exact) implements RuleLiteral {
    /// A number in units of 10^-scale; beyond 64 bits it is above or below every value.
    static Units of(BigDecimal number, int scale) {
      BigInteger floor = number.setScale(scale, RoundingMode.FLOOR).unscaledValue();
      if (floor.bitLength() > 63) {
        return new Units(floor.signum() < 0 ? Long.MIN_VALUE : Long.MAX_VALUE, false);
      }
      boolean exact = new BigDecimal(floor, scale).compareTo(number) == 0;
      return new Units(floor.longValue(), exact);
    }

    @Override
    public int order(Row row, int column) {
      long slot = row.slot(column);
      if (slot == floor) {
        return exact ? 0 : floor == Long.MIN_VALUE ? 1 : -1;
      }
      return slot < floor ? -1 : 1;
    }
  }

  /// For doubles.
  ///
  /// @param value finite
  record Real(double value) implements RuleLiteral {
    @Override
    public int order(Row row, int column) {
      return RuleLiteral.order(row.doubleValue(column), value);
    }
  }

  /// For texts, in the order of their UTF-16 units.
  ///
  /// @param value the text
  record Text(String value) implements RuleLiteral {
    @Override
    public int order(Row row, int column) {
      String text = row.text(column);
      return text == null ? -1 : text.compareTo(value);
    }
  }

  /// The order of two numbers, where -0.0 equals 0.0.
  static int order(double left, double right) {
    return left < right ? -1 : left > right ? 1 : 0;
  }
}
