package io.cromford.features.scalar;

/// Columns without nulls or texts, and no aggregates.
final class SlotCells extends Cells {
  private final long[] slots;

  SlotCells(long[] slots) {
    this.slots = slots;
  }

  @Override
  public boolean isNull(int column) {
    return false;
  }

  @Override
  public long slot(int column) {
    return slots[column];
  }

  @Override
  public String text(int column) {
    throw new UnsupportedOperationException();
  }

  @Override
  public boolean aggregateIsNull(int aggregate) {
    throw new UnsupportedOperationException();
  }

  @Override
  public long aggregateSlot(int aggregate) {
    throw new UnsupportedOperationException();
  }

  @Override
  public String aggregateText(int aggregate) {
    throw new UnsupportedOperationException();
  }
}
