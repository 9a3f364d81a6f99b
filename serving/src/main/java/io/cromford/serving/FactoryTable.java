package io.cromford.serving;

import io.cromford.core.Column;
import io.cromford.core.Progress;
import io.cromford.ledger.LedgerReader;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// A part of what a ledger holds, as a table.
public interface FactoryTable {
  /// The name, lower case, as SQL writes it.
  String name();

  /// The columns; no two have names that differ in case only.
  List<Column> columns();

  /// Reads the whole table in the ledger's order, without holding it in memory.
  ///
  /// @param reader moved to the beginning first; up to its limit is read
  void read(LedgerReader reader, Cells into, Progress.Step step);

  /// The columns with an underscore behind those names that an earlier one has.
  static List<Column> distinct(List<Column> columns) {
    Set<String> taken = new HashSet<>();
    List<Column> distinct = new ArrayList<>(columns.size());
    for (Column column : columns) {
      String name = column.name();
      while (!taken.add(name.toLowerCase(Locale.ROOT))) {
        name += "_";
      }
      distinct.add(new Column(name, column.type(), column.nullable()));
    }
    return distinct;
  }
}
