package io.cromford.features.sql;

import static org.assertj.core.api.Assertions.assertThat;

import io.cromford.core.Cases;
import io.cromford.core.ColumnType;
import io.cromford.core.CromfordException;
import io.cromford.core.Row;
import io.cromford.features.plan.FeaturePlan;
import io.cromford.features.plan.Output;
import io.cromford.features.scalar.CompiledExpression;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;

/// The same text, compiled here and executed by DuckDB, gives the same values.
final class DuckDbParity {
  private static final int OUTPUTS = 12;

  private final Connection connection;
  private int compiled;
  private int refused;
  private int failed;

  private DuckDbParity(Connection connection) {
    this.connection = connection;
  }

  /// Compares random expressions over random rows.
  ///
  /// @param queries how many tables, each with a dozen expressions
  static void check(int queries) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:")) {
      DuckDbParity parity = new DuckDbParity(connection);
      Cases.check(queries, parity::checkQuery);
      assertThat(parity.refused).isLessThan(parity.compiled / 3);
      assertThat(parity.failed).isLessThan(parity.compiled / 50);
    }
  }

  /// Compares these expressions over random rows; all must compile and none may fail.
  static void check(List<String> expressions) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:")) {
      DuckDbParity parity = new DuckDbParity(connection);
      Table table = Table.of(new SplittableRandom(1), 40);
      table.create(connection);
      for (String expression : expressions) {
        parity.checkExpression(expression, table);
      }
      assertThat(parity.refused + parity.failed).isZero();
    }
  }

  private void checkQuery(SplittableRandom random) throws SQLException {
    Table table = Table.of(random, 40);
    table.create(connection);
    RandomQueries queries = RandomQueries.of(random);
    for (int i = 0; i < OUTPUTS; i++) {
      checkExpression(queries.output(), table);
    }
  }

  private void checkExpression(String expression, Table table) throws SQLException {
    String sql =
        "SELECT tx_id, %s AS value FROM payments %s"
            .formatted(expression, RandomQueries.WINDOW_CLAUSE);
    switch (Payments.compile(sql)) {
      case Compilation.Refused refusal -> {
        refused++;
        assertThat(refusal.problems().getFirst().message()).as(expression).contains("18 digits");
      }
      case Compilation.Compiled(FeaturePlan plan) -> {
        compiled++;
        compare(sql, plan, table);
      }
    }
  }

  private void compare(String sql, FeaturePlan plan, Table table) throws SQLException {
    List<Object> theirs;
    try {
      theirs = values(sql);
    } catch (SQLException error) {
      failed++;
      assertThat(error.getMessage())
          .as(sql)
          .containsAnyOf("Overflow", "out of range", "Could not cast");
      return;
    }
    CompiledExpression value = CompiledExpression.of(plan.outputs().getLast().expression());
    for (int i = 0; i < table.rows().size(); i++) {
      Row row = table.rows().get(i);
      Object ours;
      try {
        ours = ours(value, new NaiveCells(plan, table.rows(), row));
      } catch (CromfordException overflow) {
        failed++;
        return;
      }
      assertSame(sql, row, ours, theirs.get(i), plan.outputs().getLast());
    }
  }

  private static void assertSame(String sql, Row row, Object ours, Object theirs, Output output) {
    boolean same = Objects.equals(ours, theirs);
    if (ours instanceof BigDecimal exact && theirs instanceof BigDecimal other) {
      same = exact.compareTo(other) == 0;
    } else if (ours instanceof Double a && theirs instanceof Double b) {
      same = a.doubleValue() == b.doubleValue();
    }
    if (!same) {
      throw new AssertionError(
          "%s%n%s%nCromford has %s, DuckDB %s%n%s".formatted(sql, row, ours, theirs, output));
    }
  }

  private static Object ours(CompiledExpression value, NaiveCells cells) {
    long slot = value.evaluate(cells);
    ColumnType type = value.type();
    if (cells.wasNull()) {
      return null;
    }
    return switch (type.kind()) {
      case BOOLEAN -> slot != 0;
      case DOUBLE -> Double.longBitsToDouble(slot);
      default -> BigDecimal.valueOf(slot, type.scale());
    };
  }

  private List<Object> values(String sql) throws SQLException {
    List<Object> values = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT * FROM (%s) ORDER BY 1".formatted(sql))) {
      while (rows.next()) {
        Object value = rows.getObject(2);
        boolean keep = value == null || value instanceof Boolean || value instanceof Double;
        values.add(keep ? value : new BigDecimal(value.toString()));
      }
    }
    return values;
  }
}
