package io.cromford.features.scalar;

import io.cromford.core.ColumnType;
import io.cromford.core.ColumnType.Kind;
import io.cromford.features.plan.Expression.Cast;

/// Conversions between numbers, and of booleans to numbers.
final class Casts {
  private Casts() {}

  static SlotFunction compile(Cast cast) {
    SlotFunction argument = SlotCompiler.compile(cast.argument());
    ColumnType from = cast.argument().type();
    ColumnType to = cast.type();
    return switch (to.kind()) {
      case DOUBLE -> toDouble(argument, from);
      case DECIMAL -> toDecimal(argument, from, to);
      case BIGINT -> toBigint(argument, from);
      case BOOLEAN, TIMESTAMP, VARCHAR -> argument;
    };
  }

  private static SlotFunction toDouble(SlotFunction argument, ColumnType from) {
    if (from.kind() == Kind.DOUBLE) {
      return argument;
    }
    int scale = from.scale();
    if (scale == 0) {
      return cells -> Double.doubleToRawLongBits((double) argument.at(cells));
    }
    return cells -> Double.doubleToRawLongBits(Exact.toDouble(argument.at(cells), scale));
  }

  private static SlotFunction toDecimal(SlotFunction argument, ColumnType from, ColumnType to) {
    if (from.kind() == Kind.DOUBLE) {
      return cells -> {
        long slot = argument.at(cells);
        return cells.wasNull ? 0 : Exact.fromDouble(Double.longBitsToDouble(slot), to);
      };
    }
    int by = to.scale() - from.scale();
    boolean fits =
        from.kind() == Kind.DECIMAL
            && from.precision() - from.scale() <= to.precision() - to.scale();
    if (by == 0 && fits) {
      return argument;
    }
    return cells -> Exact.extend(argument.at(cells), by, to);
  }

  private static SlotFunction toBigint(SlotFunction argument, ColumnType from) {
    if (from.kind() != Kind.DOUBLE) {
      return argument;
    }
    return cells -> {
      long slot = argument.at(cells);
      return cells.wasNull ? 0 : Exact.toBigint(Double.longBitsToDouble(slot));
    };
  }
}
