package io.cromford.features.scalar;

import org.jspecify.annotations.Nullable;

/// What an expression reads: the columns of one row, and the window aggregates at that row.
///
/// The argument or filter of an aggregate reads columns alone; an output of the plan reads both.
/// How a value lies in its slot is said at [io.cromford.core.ColumnType]. Cells also carry whether
/// the value evaluated last was NULL, so they belong to one thread.
public abstract class Cells {
  /// Whether the value evaluated last is NULL. A field, because every node reads and writes it.
  boolean wasNull;

  /// Whether the value that was evaluated last is NULL.
  public final boolean wasNull() {
    return wasNull;
  }

  /// Whether a column of the plan's input is NULL in this row.
  public abstract boolean isNull(int column);

  /// The slot of a column; anything where it is NULL or a text.
  public abstract long slot(int column);

  /// The text of a `VARCHAR` column; null where it is NULL.
  public abstract @Nullable String text(int column);

  /// Whether an aggregate of the plan is NULL at this row.
  public abstract boolean aggregateIsNull(int aggregate);

  /// The slot of an aggregate; anything where it is NULL or a text.
  public abstract long aggregateSlot(int aggregate);

  /// The text of an aggregate of type `VARCHAR`; null where it is NULL.
  public abstract @Nullable String aggregateText(int aggregate);
}
