package io.cromford.app;

import java.io.PrintStream;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Writes rows as columns side by side, as wide as the first thousand rows need.
final class TextTable {
  private static final int SAMPLE = 1000;
  private static final int WIDEST = 60;
  private static final String GAP = "  ";

  private final List<String> names = new ArrayList<>();
  private final int[] widths;
  private final boolean[] numeric;
  private final PrintStream out;

  private TextTable(ResultSet rows, PrintStream out) throws SQLException {
    this.out = out;
    int columns = rows.getMetaData().getColumnCount();
    this.widths = new int[columns];
    this.numeric = new boolean[columns];
    for (int i = 0; i < columns; i++) {
      names.add(rows.getMetaData().getColumnLabel(i + 1));
      numeric[i] = CellText.isNumeric(rows, i + 1);
      widths[i] = names.get(i).length();
    }
  }

  static void write(ResultSet rows, PrintStream out) throws SQLException {
    new TextTable(rows, out).write(rows);
  }

  private void write(ResultSet rows) throws SQLException {
    List<List<String>> sample = new ArrayList<>();
    while (sample.size() < SAMPLE && rows.next()) {
      sample.add(read(rows));
    }
    sample.forEach(this::widen);
    line(names);
    long count = sample.size();
    sample.forEach(this::line);
    while (rows.next()) {
      line(read(rows));
      count++;
    }
    out.printf(Locale.ROOT, "(%,d %s)%n", count, count == 1 ? "row" : "rows");
  }

  private List<String> read(ResultSet row) throws SQLException {
    List<String> cells = new ArrayList<>(names.size());
    for (int i = 1; i <= names.size(); i++) {
      String text = CellText.of(row, i);
      cells.add(text == null ? "NULL" : text);
    }
    return cells;
  }

  private void widen(List<String> cells) {
    for (int i = 0; i < widths.length; i++) {
      widths[i] = Math.min(WIDEST, Math.max(widths[i], cells.get(i).length()));
    }
  }

  private void line(List<String> cells) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < widths.length; i++) {
      String cell = cells.get(i);
      String space = " ".repeat(Math.max(0, widths[i] - cell.length()));
      line.append(i == 0 ? "" : GAP).append(numeric[i] ? space + cell : cell + space);
    }
    out.println(line.toString().stripTrailing());
  }
}
