package io.cromford.features.scalar;

/// Three-valued logic.
final class Logic {
  private Logic() {}

  /// False if one is false, else NULL if one is NULL, else true.
  static SlotFunction and(SlotFunction[] arguments) {
    return cells -> {
      boolean unknown = false;
      for (SlotFunction argument : arguments) {
        long slot = argument.at(cells);
        if (cells.wasNull) {
          unknown = true;
        } else if (slot == 0) {
          return 0;
        }
      }
      cells.wasNull = unknown;
      return unknown ? 0 : 1;
    };
  }

  /// True if one is true, else NULL if one is NULL, else false.
  static SlotFunction or(SlotFunction[] arguments) {
    return cells -> {
      boolean unknown = false;
      for (SlotFunction argument : arguments) {
        long slot = argument.at(cells);
        if (cells.wasNull) {
          unknown = true;
        } else if (slot != 0) {
          return 1;
        }
      }
      cells.wasNull = unknown;
      return 0;
    };
  }

  static SlotFunction not(SlotFunction argument) {
    return cells -> {
      long slot = argument.at(cells);
      return cells.wasNull ? 0 : slot ^ 1;
    };
  }
}
