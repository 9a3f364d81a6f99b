package io.cromford.serving;

import io.cromford.core.ColumnType;
import io.cromford.core.Row;
import io.cromford.core.Values;

/// Gives the values of a row as cells.
final class RowCells {
  private RowCells() {}

  /// Gives one column's value.
  static void give(Row row, int column, Cells into) {
    if (row.isNull(column)) {
      into.none();
      return;
    }
    switch (row.schema().column(column).type().kind()) {
      case BIGINT -> into.integer(row.slot(column));
      case DOUBLE -> into.real(row.doubleValue(column));
      case DECIMAL -> into.decimal(row.slot(column));
      case BOOLEAN -> into.flag(row.slot(column) != 0);
      case TIMESTAMP -> into.time(row.slot(column));
      case VARCHAR -> into.text(String.valueOf(row.text(column)));
    }
  }

  /// Gives one column's value as a text, whatever its type.
  static void giveText(Row row, int column, Cells into) {
    if (row.isNull(column)) {
      into.none();
      return;
    }
    ColumnType type = row.schema().column(column).type();
    into.text(Values.format(type, row.slot(column), row.text(column)));
  }
}
