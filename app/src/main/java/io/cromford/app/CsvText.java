package io.cromford.app;

import java.io.PrintStream;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/// Writes rows as CSV.
///
/// @see <a href="https://www.rfc-editor.org/rfc/rfc4180">RFC 4180</a>
final class CsvText {
  private CsvText() {}

  static void write(ResultSet rows, PrintStream out) throws SQLException {
    int columns = rows.getMetaData().getColumnCount();
    StringJoiner header = new StringJoiner(",");
    for (int i = 1; i <= columns; i++) {
      header.add(field(rows.getMetaData().getColumnLabel(i)));
    }
    out.print(header + "\r\n");
    while (rows.next()) {
      StringJoiner line = new StringJoiner(",");
      for (int i = 1; i <= columns; i++) {
        line.add(field(CellText.of(rows, i)));
      }
      out.print(line + "\r\n");
    }
  }

  private static String field(@Nullable String text) {
    if (text == null) {
      return "";
    }
    boolean plain = !text.isEmpty() && text.chars().noneMatch(c -> ",\"\r\n".indexOf(c) >= 0);
    return plain ? text : "\"" + text.replace("\"", "\"\"") + "\"";
  }
}
