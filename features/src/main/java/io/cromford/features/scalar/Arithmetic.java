package io.cromford.features.scalar;

import io.cromford.core.ColumnType;
import io.cromford.features.plan.Expression;
import io.cromford.features.plan.Expression.Call;
import io.cromford.features.plan.Expression.Literal;
import java.util.List;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;

/// Arithmetic and the numeric functions: exact on bigints and decimals, IEEE on doubles.
///
/// LN, EXP and POWER are `StrictMath`'s (fdlibm), the same bits on every machine; a C library's may
/// differ from them by an ulp.
final class Arithmetic {
  private Arithmetic() {}

  static SlotFunction compile(Call call) {
    List<Expression> arguments = call.arguments();
    SlotFunction a = SlotCompiler.compile(arguments.getFirst());
    boolean isDouble = SlotCompiler.isDouble(arguments.getFirst().type());
    return switch (call.operator()) {
      case ADD, SUBTRACT, MULTIPLY -> binary(call, a, SlotCompiler.compile(arguments.get(1)));
      case DIVIDE -> doubles(a, SlotCompiler.compile(arguments.get(1)), (x, y) -> x / y);
      case POWER -> doubles(a, SlotCompiler.compile(arguments.get(1)), StrictMath::pow);
      case NEGATE -> isDouble ? doubles(a, x -> -x) : exact(a, Exact::negate);
      case ABS -> isDouble ? doubles(a, Math::abs) : exact(a, x -> x < 0 ? Exact.negate(x) : x);
      case LN -> doubles(a, StrictMath::log);
      case EXP -> doubles(a, StrictMath::exp);
      case SQRT -> doubles(a, Math::sqrt);
      case FLOOR -> isDouble ? doubles(a, Math::floor) : floor(a, arguments.getFirst().type());
      case ROUND -> round(a, arguments.getFirst().type(), digits(arguments));
      default -> throw new IllegalArgumentException(call.operator() + " is no arithmetic");
    };
  }

  private static SlotFunction binary(Call call, SlotFunction a, SlotFunction b) {
    ColumnType type = call.type();
    boolean isDouble = SlotCompiler.isDouble(type);
    return switch (call.operator()) {
      case ADD -> isDouble ? doubles(a, b, Double::sum) : exact(a, b, Exact::add, type);
      case SUBTRACT ->
          isDouble ? doubles(a, b, (x, y) -> x - y) : exact(a, b, Exact::subtract, type);
      default -> isDouble ? doubles(a, b, (x, y) -> x * y) : exact(a, b, Exact::multiply, type);
    };
  }

  private static SlotFunction doubles(SlotFunction a, DoubleUnaryOperator function) {
    return cells -> {
      long slot = a.at(cells);
      if (cells.wasNull) {
        return 0;
      }
      return finite(cells, function.applyAsDouble(Double.longBitsToDouble(slot)));
    };
  }

  private static SlotFunction doubles(
      SlotFunction a, SlotFunction b, DoubleBinaryOperator function) {
    return cells -> {
      long left = a.at(cells);
      if (cells.wasNull) {
        return 0;
      }
      long right = b.at(cells);
      if (cells.wasNull) {
        return 0;
      }
      return finite(
          cells,
          function.applyAsDouble(Double.longBitsToDouble(left), Double.longBitsToDouble(right)));
    };
  }

  private static long finite(Cells cells, double value) {
    if (Math.abs(value) <= Double.MAX_VALUE) {
      return Double.doubleToRawLongBits(value);
    }
    cells.wasNull = true;
    return 0;
  }

  @FunctionalInterface
  private interface ExactUnary {
    long of(long a);
  }

  @FunctionalInterface
  private interface ExactBinary {
    long of(long a, long b, ColumnType type);
  }

  private static SlotFunction exact(SlotFunction a, ExactUnary function) {
    return cells -> {
      long slot = a.at(cells);
      return cells.wasNull ? 0 : function.of(slot);
    };
  }

  private static SlotFunction exact(
      SlotFunction a, SlotFunction b, ExactBinary function, ColumnType type) {
    return cells -> {
      long left = a.at(cells);
      if (cells.wasNull) {
        return 0;
      }
      long right = b.at(cells);
      return cells.wasNull ? 0 : function.of(left, right, type);
    };
  }

  private static SlotFunction floor(SlotFunction a, ColumnType type) {
    long power = Exact.power(type.scale());
    return exact(a, x -> Math.floorDiv(x, power));
  }

  private static SlotFunction round(SlotFunction a, ColumnType type, int digits) {
    if (SlotCompiler.isDouble(type)) {
      double power = Exact.power(digits);
      return doubles(a, x -> round(x, power));
    }
    int by = type.scale() - digits;
    return exact(a, x -> Exact.round(x, by));
  }

  private static double round(double value, double power) {
    double rounded = Exact.round(value * power) / power;
    return Math.abs(rounded) <= Double.MAX_VALUE ? rounded : value;
  }

  private static int digits(List<Expression> arguments) {
    if (arguments.size() == 1) {
      return 0;
    }
    if (arguments.get(1) instanceof Literal(_, long digits, _, _)) {
      return (int) digits;
    }
    throw new IllegalArgumentException("ROUND takes a constant number of digits");
  }
}
