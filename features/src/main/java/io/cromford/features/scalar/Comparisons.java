package io.cromford.features.scalar;

import io.cromford.core.ColumnType;
import io.cromford.features.plan.Expression;
import io.cromford.features.plan.Expression.Call;
import io.cromford.features.plan.Expression.Literal;
import io.cromford.features.plan.Expression.Operator;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Comparisons: texts by code points, doubles by IEEE order, exact numbers whatever their scales.
final class Comparisons {
  private static final int FEW = 6;

  private Comparisons() {}

  static SlotFunction compile(Call call) {
    List<Expression> arguments = call.arguments();
    if (call.operator() == Operator.IN) {
      return in(arguments);
    }
    Expression left = arguments.getFirst();
    Expression right = arguments.get(1);
    if (SlotCompiler.isText(left)) {
      return text(TextCompiler.compile(left), TextCompiler.compile(right), holds(call.operator()));
    }
    SlotFunction a = SlotCompiler.compile(left);
    SlotFunction b = SlotCompiler.compile(right);
    return SlotCompiler.isDouble(left.type())
        ? doubles(a, b, call.operator())
        : exact(a, left.type().scale(), b, right.type().scale(), holds(call.operator()));
  }

  @FunctionalInterface
  private interface Holds {
    boolean of(int comparison);
  }

  private static Holds holds(Operator operator) {
    return switch (operator) {
      case EQUAL -> c -> c == 0;
      case NOT_EQUAL -> c -> c != 0;
      case LESS -> c -> c < 0;
      case LESS_OR_EQUAL -> c -> c <= 0;
      case GREATER -> c -> c > 0;
      case GREATER_OR_EQUAL -> c -> c >= 0;
      default -> throw new IllegalArgumentException(operator + " is no comparison");
    };
  }

  private static SlotFunction text(TextFunction a, TextFunction b, Holds holds) {
    return cells -> {
      String left = a.at(cells);
      String right = left == null ? null : b.at(cells);
      cells.wasNull = right == null;
      return left != null && right != null && holds.of(left.equals(right) ? 0 : 1) ? 1 : 0;
    };
  }

  private static SlotFunction doubles(SlotFunction a, SlotFunction b, Operator operator) {
    Holds holds = holds(operator);
    return cells -> {
      long left = a.at(cells);
      if (cells.wasNull) {
        return 0;
      }
      long right = b.at(cells);
      if (cells.wasNull) {
        return 0;
      }
      return holds.of(compare(Double.longBitsToDouble(left), Double.longBitsToDouble(right)))
          ? 1
          : 0;
    };
  }

  /// Both zeros are equal; neither is NaN.
  private static int compare(double a, double b) {
    return a < b ? -1 : a > b ? 1 : 0;
  }

  private static SlotFunction exact(
      SlotFunction a, int scaleA, SlotFunction b, int scaleB, Holds holds) {
    return cells -> {
      long left = a.at(cells);
      if (cells.wasNull) {
        return 0;
      }
      long right = b.at(cells);
      if (cells.wasNull) {
        return 0;
      }
      int order =
          scaleA == scaleB ? Long.compare(left, right) : Exact.compare(left, scaleA, right, scaleB);
      return holds.of(order) ? 1 : 0;
    };
  }

  private static SlotFunction in(List<Expression> arguments) {
    Expression first = arguments.getFirst();
    List<Expression> rest = arguments.subList(1, arguments.size());
    boolean constant = rest.stream().allMatch(e -> e instanceof Literal l && !l.isNull());
    boolean sameType = rest.stream().allMatch(e -> e.type().scale() == first.type().scale());
    if (constant && rest.size() > FEW && SlotCompiler.isText(first)) {
      return inTexts(TextCompiler.compile(first), rest);
    }
    if (constant && sameType && isExact(first)) {
      return inSlots(SlotCompiler.compile(first), rest);
    }
    SlotFunction[] equals =
        rest.stream()
            .map(e -> compile(new Call(Operator.EQUAL, List.of(first, e), ColumnType.BOOLEAN)))
            .toArray(SlotFunction[]::new);
    return Logic.or(equals);
  }

  private static SlotFunction inTexts(TextFunction text, List<Expression> literals) {
    Set<String> texts = new HashSet<>();
    literals.forEach(l -> texts.add(String.valueOf(((Literal) l).text())));
    return cells -> {
      String value = text.at(cells);
      cells.wasNull = value == null;
      return value != null && texts.contains(value) ? 1 : 0;
    };
  }

  private static SlotFunction inSlots(SlotFunction value, List<Expression> literals) {
    long[] slots = literals.stream().mapToLong(l -> ((Literal) l).slot()).sorted().toArray();
    return slots.length > FEW
        ? cells -> {
          long slot = value.at(cells);
          return !cells.wasNull && Arrays.binarySearch(slots, slot) >= 0 ? 1 : 0;
        }
        : cells -> {
          long slot = value.at(cells);
          return !cells.wasNull && holds(slots, slot) ? 1 : 0;
        };
  }

  private static boolean holds(long[] few, long slot) {
    boolean found = false;
    for (long one : few) {
      found |= one == slot;
    }
    return found;
  }

  private static boolean isExact(Expression expression) {
    return !SlotCompiler.isText(expression) && !SlotCompiler.isDouble(expression.type());
  }

  /// LEAST and GREATEST, of arguments of one type: the extreme of those that are not NULL.
  static SlotFunction extreme(Call call) {
    SlotFunction[] arguments = SlotCompiler.compileAll(call.arguments());
    boolean isDouble = SlotCompiler.isDouble(call.type());
    int sign = call.operator() == Operator.LEAST ? -1 : 1;
    return cells -> {
      long best = 0;
      boolean none = true;
      for (SlotFunction argument : arguments) {
        long slot = argument.at(cells);
        if (!cells.wasNull && (none || order(slot, best, isDouble) == sign)) {
          best = slot;
          none = false;
        }
      }
      cells.wasNull = none;
      return best;
    };
  }

  private static int order(long a, long b, boolean isDouble) {
    return isDouble
        ? compare(Double.longBitsToDouble(a), Double.longBitsToDouble(b))
        : Long.compare(a, b);
  }
}
