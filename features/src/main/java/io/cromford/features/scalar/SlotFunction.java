package io.cromford.features.scalar;

/// A node that yields a slot and sets [Cells#wasNull] to whether it is NULL (the slot is then 0).
@FunctionalInterface
interface SlotFunction {
  long at(Cells cells);
}
