package io.cromford.training.report;

import java.util.ArrayList;
import java.util.List;

/// A table of texts; columns of numbers stand to the right.
public final class Table {
  private final String caption;
  private final List<Column> columns;
  private final List<Row> rows = new ArrayList<>();

  /// A column.
  ///
  /// @param heading at its top
  /// @param number whether it holds numbers
  public record Column(String heading, boolean number) {
    /// A column of texts.
    public static Column text(String heading) {
      return new Column(heading, false);
    }

    /// A column of numbers.
    public static Column number(String heading) {
      return new Column(heading, true);
    }
  }

  private record Row(boolean marked, List<String> cells) {}

  /// A table without rows.
  ///
  /// @param caption what it shows
  public Table(String caption, List<Column> columns) {
    this.caption = caption;
    this.columns = List.copyOf(columns);
  }

  /// Adds a row.
  ///
  /// @param cells as many as columns
  public Table row(String... cells) {
    return add(false, cells);
  }

  /// Adds a row that stands out.
  public Table marked(String... cells) {
    return add(true, cells);
  }

  /// The table, which scrolls sideways where the page is narrow.
  public Fragment fragment() {
    StringBuilder html = new StringBuilder("<div class=\"scroll\" tabindex=\"0\"><table>\n");
    html.append("<caption>").append(Fragment.escaped(caption)).append("</caption>\n<thead><tr>");
    for (Column column : columns) {
      html.append(column.number() ? "<th scope=\"col\" class=\"end\">" : "<th scope=\"col\">")
          .append(Fragment.escaped(column.heading()))
          .append("</th>");
    }
    html.append("</tr></thead>\n<tbody>\n");
    rows.forEach(row -> append(html, row));
    return new Fragment(html.append("</tbody></table></div>\n").toString());
  }

  private Table add(boolean marked, String... cells) {
    if (cells.length != columns.size()) {
      throw new IllegalArgumentException(
          cells.length + " cells in a table of " + columns.size() + " columns");
    }
    rows.add(new Row(marked, List.of(cells)));
    return this;
  }

  private void append(StringBuilder html, Row row) {
    html.append(row.marked() ? "<tr class=\"marked\">" : "<tr>");
    for (int i = 0; i < row.cells().size(); i++) {
      html.append(columns.get(i).number() ? "<td class=\"end\">" : "<td>")
          .append(Fragment.escaped(row.cells().get(i)))
          .append("</td>");
    }
    html.append("</tr>\n");
  }
}
