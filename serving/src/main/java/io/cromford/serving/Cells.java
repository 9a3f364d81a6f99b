package io.cromford.serving;

/// Takes a table cell by cell: each row's cells in the order of the columns, then the row's end.
///
/// A cell is given by the method of its column's type, or is [#none].
public interface Cells {
  /// A cell without a value.
  void none();

  /// A cell of a `BIGINT` column.
  void integer(long value);

  /// A cell of a `DOUBLE` column, no NaN.
  void real(double value);

  /// A cell of a `DECIMAL` column.
  ///
  /// @param unscaled 12.34 is 1234 where the column's scale is 2
  void decimal(long unscaled);

  /// A cell of a `BOOLEAN` column.
  void flag(boolean value);

  /// A cell of a `TIMESTAMP` column.
  ///
  /// @param millis since 1970 UTC
  void time(long millis);

  /// A cell of a `VARCHAR` column.
  void text(String value);

  /// The row is complete.
  void endRow();
}
