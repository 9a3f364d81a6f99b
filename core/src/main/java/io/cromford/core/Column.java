package io.cromford.core;

/// A named, typed column.
///
/// @param name the name, lower case, as SQL and the factory file write it
/// @param type what its values are
/// @param nullable whether a row may lack the value
public record Column(String name, ColumnType type, boolean nullable) {
  /// Checks that the name is not blank.
  public Column {
    if (name.isBlank()) {
      throw new IllegalArgumentException("a column needs a name");
    }
  }
}
