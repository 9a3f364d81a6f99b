package io.cromford.core;

import java.util.HashSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;

/// The columns of a source, in order.
///
/// @param columns at least 1 and at most 64 (a row's nulls are one word), names unique
public record Schema(List<Column> columns) {
  /// The most columns a schema can have.
  public static final int MAX_COLUMNS = 64;

  /// Checks the number of columns and that their names differ.
  public Schema {
    columns = List.copyOf(columns);
    if (columns.isEmpty() || columns.size() > MAX_COLUMNS) {
      throw new IllegalArgumentException(
          "a schema has 1 to %d columns, not %d".formatted(MAX_COLUMNS, columns.size()));
    }
    Set<String> names = new HashSet<>();
    for (Column column : columns) {
      if (!names.add(column.name())) {
        throw new IllegalArgumentException("column `%s` appears twice".formatted(column.name()));
      }
    }
  }

  /// A schema of these columns.
  public static Schema of(Column... columns) {
    return new Schema(List.of(columns));
  }

  /// The number of columns.
  public int size() {
    return columns.size();
  }

  /// The column at an index, from 0.
  public Column column(int index) {
    return columns.get(index);
  }

  /// The index of a column.
  ///
  /// @return empty if no column has that name
  public OptionalInt find(String name) {
    for (int i = 0; i < columns.size(); i++) {
      if (columns.get(i).name().equals(name)) {
        return OptionalInt.of(i);
      }
    }
    return OptionalInt.empty();
  }

  /// The index of a column that is known to exist.
  ///
  /// @throws IllegalArgumentException if no column has that name
  public int indexOf(String name) {
    return find(name)
        .orElseThrow(
            () -> new IllegalArgumentException("no column `%s` in %s".formatted(name, this)));
  }

  /// The names, separated by commas.
  public String names() {
    return columns.stream().map(Column::name).collect(Collectors.joining(", "));
  }
}
