package io.cromford.features.sql;

import io.cromford.core.ColumnType.Kind;
import io.cromford.core.Row;
import io.cromford.core.Schema;
import io.cromford.core.Values;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Collectors;

/// Random rows of the payments and their outcomes, here and as a table in DuckDB.
final class Table {
  private static final String[] COUNTRIES = {"a", "BC", "", "Éclair", "ж", "😀x", "nl", "it's"};
  private static final long START = 1_577_836_800_000L;

  private final List<Row> rows = new ArrayList<>();
  private final Schema schema = Payments.CATALOG.input();

  private Table() {}

  static Table of(SplittableRandom random, int size) {
    Table table = new Table();
    long millis = START;
    for (int i = 0; i < size; i++) {
      millis += random.nextInt(3) == 0 ? 0 : random.nextInt(100_000_000);
      table.rows.add(table.row(random, i, millis));
    }
    return table;
  }

  private Row row(SplittableRandom random, int id, long millis) {
    Row row = new Row(schema);
    for (int i = 0; i < schema.size(); i++) {
      if (i > 1 && random.nextInt(6) == 0) {
        continue;
      }
      switch (schema.column(i).name()) {
        case "tx_id" -> row.setSlot(i, id);
        case "ts" -> row.setSlot(i, millis);
        case "customer_id", "terminal_id" -> row.setSlot(i, random.nextInt(4));
        case "amount", "loss" -> row.setSlot(i, random.nextInt(-500, 50_000));
        case "rate" -> row.setSlot(i, random.nextInt(-2_000_000, 2_000_000));
        case "score" -> row.setDouble(i, random.nextInt(8) == 0 ? 0 : random.nextDouble(-10, 1000));
        case "country" -> row.setText(i, COUNTRIES[random.nextInt(COUNTRIES.length)]);
        default -> row.setBoolean(i, random.nextBoolean());
      }
    }
    return row;
  }

  List<Row> rows() {
    return rows;
  }

  void create(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("CREATE OR REPLACE TABLE payments(%s)".formatted(columns()));
      String values = rows.stream().map(this::values).collect(Collectors.joining("), ("));
      statement.execute("INSERT INTO payments VALUES (%s)".formatted(values));
    }
  }

  private String columns() {
    return schema.columns().stream()
        .map(column -> "%s %s".formatted(column.name(), column.type()))
        .collect(Collectors.joining(", "));
  }

  private String values(Row row) {
    List<String> values = new ArrayList<>();
    for (int i = 0; i < schema.size(); i++) {
      values.add(row.isNull(i) ? "NULL" : value(row, i));
    }
    return String.join(", ", values);
  }

  private String value(Row row, int column) {
    Kind kind = schema.column(column).type().kind();
    String text = Values.format(schema.column(column).type(), row.slot(column), row.text(column));
    return switch (kind) {
      case VARCHAR -> "'%s'".formatted(text.replace("'", "''"));
      case TIMESTAMP -> "TIMESTAMP '%s'".formatted(text.replace("Z", ""));
      case DOUBLE ->
          "%s::DOUBLE"
              .formatted(
                  row.doubleValue(column) == 0 ? "0" : text.contains("E") ? text : text + "e0");
      case BIGINT, DECIMAL, BOOLEAN -> text;
    };
  }
}
