package io.cromford.features.engine;

import io.cromford.core.Column;
import io.cromford.core.ColumnType;
import io.cromford.core.Row;
import io.cromford.core.Schema;
import io.cromford.features.plan.FeaturePlan;
import io.cromford.features.sql.Catalog;
import io.cromford.features.sql.Compilation;
import io.cromford.features.sql.FeatureCompiler;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;

/// Card payments in columns, as the handbook has them, and the plan of its fifteen features.
final class Handbook {
  static final long DELAY_MILLIS = Duration.ofDays(7).toMillis();

  static final Schema OBSERVATION =
      Schema.of(
          new Column("tx_id", ColumnType.BIGINT, false),
          new Column("ts", ColumnType.TIMESTAMP, false),
          new Column("customer_id", ColumnType.BIGINT, false),
          new Column("terminal_id", ColumnType.BIGINT, false),
          new Column("amount", ColumnType.decimal(10, 2), false));
  static final Column FRAUD = new Column("fraud", ColumnType.BOOLEAN, true);

  final int size;
  final long[] ids;
  final long[] times;
  final long[] customers;
  final long[] terminals;
  final long[] cents;
  final boolean[] frauds;

  /// What takes in a stream.
  interface Fold {
    /// Takes a row.
    void observe(Row row, long eventMillis);

    /// Takes an outcome.
    void outcome(long ordinal, Row outcome);

    /// A driver as what takes in a stream.
    static Fold of(HistoryDriver driver) {
      return new Fold() {
        @Override
        public void observe(Row row, long eventMillis) {
          driver.observe(row, eventMillis);
        }

        @Override
        public void outcome(long ordinal, Row outcome) {
          driver.outcome(ordinal, outcome);
        }
      };
    }
  }

  private Handbook(int size) {
    this.size = size;
    this.ids = new long[size];
    this.times = new long[size];
    this.customers = new long[size];
    this.terminals = new long[size];
    this.cents = new long[size];
    this.frauds = new boolean[size];
  }

  /// The payments of the table `payments`, in the order of their ids.
  static Handbook read(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      int size;
      try (ResultSet count = statement.executeQuery("SELECT count(*) FROM payments")) {
        count.next();
        size = count.getInt(1);
      }
      Handbook payments = new Handbook(size);
      try (ResultSet rows =
          statement.executeQuery(
              "SELECT tx_id, epoch_ms(ts), customer_id, terminal_id, CAST(amount * 100 AS BIGINT),"
                  + " fraud FROM payments ORDER BY tx_id")) {
        for (int i = 0; rows.next(); i++) {
          payments.ids[i] = rows.getLong(1);
          payments.times[i] = rows.getLong(2);
          payments.customers[i] = rows.getLong(3);
          payments.terminals[i] = rows.getLong(4);
          payments.cents[i] = rows.getLong(5);
          payments.frauds[i] = rows.getBoolean(6);
        }
      }
      return payments;
    }
  }

  /// Makes the table `payments` from the handbook's file.
  static void load(Connection connection, String csv) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(
          """
          CREATE TABLE payments AS
          SELECT TRANSACTION_ID::BIGINT AS tx_id, TX_DATETIME::TIMESTAMP AS ts,
                 CUSTOMER_ID::BIGINT AS customer_id, TERMINAL_ID::BIGINT AS terminal_id,
                 round(TX_AMOUNT::DOUBLE, 2)::DECIMAL(10, 2) AS amount,
                 TX_FRAUD::INTEGER = 1 AS fraud
          FROM read_csv('%s', header = true)
          ORDER BY tx_id
          """
              .formatted(csv));
    }
  }

  /// Makes the table `payments` from chance: a few customers and terminals with many ties.
  static void generate(Connection connection, int size) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("SELECT setseed(0.5)");
      statement.execute(
          """
          CREATE TABLE payments AS
          SELECT i AS tx_id,
                 TIMESTAMP '2018-04-01' + to_seconds(i * 40 - i * 40 %% 160) AS ts,
                 CAST(floor(random() * 500) AS BIGINT) AS customer_id,
                 CAST(floor(random() * 900) AS BIGINT) AS terminal_id,
                 CAST(random() * 200 AS DECIMAL(10, 2)) AS amount,
                 random() < 0.05 AS fraud
          FROM range(%d) numbers(i)
          ORDER BY i
          """
              .formatted(size));
    }
  }

  /// The text of the fifteen features.
  static String sql() {
    try (InputStream in = Compilation.class.getResourceAsStream("handbook.sql")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException failure) {
      throw new IllegalStateException(failure);
    }
  }

  /// The plan of a text.
  static FeaturePlan plan(String sql) {
    Catalog.Outcome outcome =
        new Catalog.Outcome(List.of(FRAUD), "fraud", Duration.ofMillis(DELAY_MILLIS));
    Catalog catalog = new Catalog("payments", OBSERVATION, "tx_id", "ts", outcome);
    return switch (FeatureCompiler.compile(sql, "handbook.sql", catalog)) {
      case Compilation.Compiled(FeaturePlan plan) -> plan;
      case Compilation.Refused refused -> throw new IllegalStateException(refused.toString());
    };
  }

  /// Runs the payments through, each outcome seven days after its payment.
  void run(Fold fold) {
    Row row = new Row(OBSERVATION);
    Row outcome = new Row(Schema.of(FRAUD));
    int known = 0;
    for (int i = 0; i < size; i++) {
      while (times[known] + DELAY_MILLIS <= times[i]) {
        outcome.setBoolean(0, frauds[known]);
        fold.outcome(known, outcome);
        known++;
      }
      row.setSlot(0, ids[i]);
      row.setSlot(1, times[i]);
      row.setSlot(2, customers[i]);
      row.setSlot(3, terminals[i]);
      row.setSlot(4, cents[i]);
      fold.observe(row, times[i]);
    }
  }
}
