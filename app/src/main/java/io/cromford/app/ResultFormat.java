package io.cromford.app;

import java.io.PrintStream;
import java.sql.ResultSet;
import java.sql.SQLException;

/// How the answer to a statement is written.
enum ResultFormat {
  /// Columns side by side, for people.
  TABLE {
    @Override
    void write(ResultSet rows, PrintStream out) throws SQLException {
      TextTable.write(rows, out);
    }
  },
  /// A header and a line per row, as RFC 4180 has it; an empty field is NULL, `""` an empty text.
  CSV {
    @Override
    void write(ResultSet rows, PrintStream out) throws SQLException {
      CsvText.write(rows, out);
    }
  },
  /// One array of objects.
  JSON {
    @Override
    void write(ResultSet rows, PrintStream out) throws SQLException {
      JsonRows.write(rows, out);
    }
  };

  /// Writes all rows, without holding them in memory.
  abstract void write(ResultSet rows, PrintStream out) throws SQLException;
}
