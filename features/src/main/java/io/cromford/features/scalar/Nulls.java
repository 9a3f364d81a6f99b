package io.cromford.features.scalar;

import io.cromford.core.ColumnType;
import io.cromford.features.plan.Expression;
import io.cromford.features.plan.Expression.Call;
import io.cromford.features.plan.Expression.Operator;
import java.util.List;

/// What makes NULL and what takes it away.
final class Nulls {
  private Nulls() {}

  /// Always NULL.
  static long none(Cells cells) {
    cells.wasNull = true;
    return 0;
  }

  static SlotFunction isNull(Expression argument) {
    if (SlotCompiler.isText(argument)) {
      TextFunction text = TextCompiler.compile(argument);
      return cells -> {
        boolean missing = text.at(cells) == null;
        cells.wasNull = false;
        return missing ? 1 : 0;
      };
    }
    SlotFunction value = SlotCompiler.compile(argument);
    return cells -> {
      value.at(cells);
      boolean missing = cells.wasNull;
      cells.wasNull = false;
      return missing ? 1 : 0;
    };
  }

  static SlotFunction coalesce(SlotFunction[] arguments) {
    return cells -> {
      for (SlotFunction argument : arguments) {
        long slot = argument.at(cells);
        if (!cells.wasNull) {
          return slot;
        }
      }
      return 0;
    };
  }

  static SlotFunction nullIf(Expression first, Expression second) {
    SlotFunction value = SlotCompiler.compile(first);
    SlotFunction equal =
        Comparisons.compile(new Call(Operator.EQUAL, List.of(first, second), ColumnType.BOOLEAN));
    return cells -> {
      boolean same = equal.at(cells) != 0 && !cells.wasNull;
      return same ? none(cells) : value.at(cells);
    };
  }
}
