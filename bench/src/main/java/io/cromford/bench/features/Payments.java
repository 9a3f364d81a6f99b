package io.cromford.bench.features;

import io.cromford.core.Row;
import io.cromford.core.Schema;
import io.cromford.features.engine.HistoryDriver;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;

/// The handbook's payments in columns, in the order of their ids.
final class Payments {
  private static final long DELAY_MILLIS = Duration.ofDays(7).toMillis();

  private static final String SELECT =
      """
      SELECT TRANSACTION_ID::BIGINT AS tx_id, TX_DATETIME::TIMESTAMP AS ts,
             CUSTOMER_ID::BIGINT AS customer_id, TERMINAL_ID::BIGINT AS terminal_id,
             round(TX_AMOUNT::DOUBLE, 2)::DECIMAL(10, 2) AS amount, TX_FRAUD::INTEGER = 1 AS fraud
      FROM read_csv('FILE', header = true)
      """;

  private final int size;
  private final long[][] columns;

  private Payments(int size) {
    this.size = size;
    this.columns = new long[6][size];
  }

  /// Makes DuckDB's table `payments` of a file, and reads it.
  static Payments load(Connection connection, Path file) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("CREATE TABLE payments AS " + select(file) + " ORDER BY tx_id");
      return new Payments(count(statement)).fill(statement);
    }
  }

  /// The payments of a file, as DuckDB reads them.
  static String select(Path file) {
    return SELECT.replace("FILE", file.toString().replace("'", "''"));
  }

  int size() {
    return size;
  }

  /// Folds all payments, the fraud a column of each.
  void foldTable(HistoryDriver driver) {
    Row row = new Row(FeatureText.schema(true));
    for (int i = 0; i < size; i++) {
      set(row, i, columns.length);
      driver.observe(row, columns[1][i]);
    }
    driver.flush();
  }

  /// Folds all payments, each one's outcome seven days later.
  void foldOutcomes(HistoryDriver driver) {
    Row row = new Row(FeatureText.schema(false));
    Row outcome = new Row(Schema.of(FeatureText.FRAUD));
    int known = 0;
    for (int i = 0; i < size; i++) {
      while (columns[1][known] + DELAY_MILLIS <= columns[1][i]) {
        outcome.setSlot(0, columns[5][known]);
        driver.outcome(known, outcome);
        known++;
      }
      set(row, i, columns.length - 1);
      driver.observe(row, columns[1][i]);
    }
    driver.flush();
  }

  private void set(Row row, int payment, int count) {
    for (int column = 0; column < count; column++) {
      row.setSlot(column, columns[column][payment]);
    }
  }

  private static int count(Statement statement) throws SQLException {
    try (ResultSet rows = statement.executeQuery("SELECT count(*) FROM payments")) {
      rows.next();
      return rows.getInt(1);
    }
  }

  private Payments fill(Statement statement) throws SQLException {
    try (ResultSet rows =
        statement.executeQuery(
            "SELECT tx_id, epoch_ms(ts), customer_id, terminal_id, (amount * 100)::BIGINT,"
                + " fraud::BIGINT FROM payments ORDER BY tx_id")) {
      for (int i = 0; rows.next(); i++) {
        for (int column = 0; column < columns.length; column++) {
          columns[column][i] = rows.getLong(column + 1);
        }
      }
    }
    return this;
  }
}
