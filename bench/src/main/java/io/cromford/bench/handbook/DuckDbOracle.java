package io.cromford.bench.handbook;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;

/// DuckDB running the same text over the same file, which it reads by itself.
///
/// Every outcome is known exactly 7 days after its payment and every frame that reads one ends
/// there, so the label is a plain column here.
///
/// An average of decimals is here one rounded division of the exact sum. DuckDB does the same for
/// `AVG(amount)`, but for `AVG(CAST(amount AS DOUBLE))` it adds up doubles and comes out some units
/// in the last place away from the exact value. So it is compared with the former, and how far the
/// latter is off is reported.
final class DuckDbOracle {
  private static final String LOAD =
      """
      CREATE TABLE payments AS
      SELECT TRANSACTION_ID AS tx_id, TX_DATETIME AS ts, CUSTOMER_ID AS customer_id,
             TERMINAL_ID AS terminal_id, TX_AMOUNT AS amount, TX_FRAUD = 1 AS fraud
      FROM read_csv(?, header = true, columns = {
        'TRANSACTION_ID': 'BIGINT', 'TX_DATETIME': 'TIMESTAMP', 'CUSTOMER_ID': 'BIGINT',
        'TERMINAL_ID': 'BIGINT', 'TX_AMOUNT': 'DECIMAL(10,2)', 'TX_TIME_SECONDS': 'BIGINT',
        'TX_TIME_DAYS': 'BIGINT', 'TX_FRAUD': 'BIGINT', 'TX_FRAUD_SCENARIO': 'BIGINT'})
      """;

  private static final String AVERAGE_OF_DOUBLES = "AVG(CAST(amount AS DOUBLE))";
  private static final String AVERAGE_OF_DECIMALS = "AVG(amount)";

  private DuckDbOracle() {}

  /// What DuckDB found.
  ///
  /// @param exact with averages from exact sums: averages within 1 unit in the last place, all else
  ///   equal
  /// @param verbatim the text as it stands, compared in the same way
  /// @param mostUlps the largest difference of an average of the text as it stands, in units in the
  ///   last place
  record Finding(Comparison exact, Comparison verbatim, long mostUlps) {}

  /// Compares every row.
  ///
  /// @param scratch a folder for what does not fit into memory
  static Finding compare(Path file, String sql, HandbookData data, FeatureTable ours, Path scratch)
      throws SQLException {
    Properties streaming = new Properties();
    streaming.setProperty("jdbc_stream_results", "true");
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:", streaming);
        Statement statement = connection.createStatement()) {
      statement.execute("SET temp_directory = '%s'".formatted(quoted(scratch)));
      statement.execute(LOAD.replace("?", "'" + quoted(file) + "'"));
      UlpTolerance tolerance = new UlpTolerance(ours);
      Comparison verbatim = compare(statement, sql, data, new ComparisonTally(ours, tolerance));
      String exactSums = sql.replace(AVERAGE_OF_DOUBLES, AVERAGE_OF_DECIMALS);
      Comparison exact =
          compare(statement, exactSums, data, new ComparisonTally(ours, new UlpTolerance(ours)));
      return new Finding(exact, verbatim, tolerance.mostUlps);
    }
  }

  private static Comparison compare(
      Statement statement, String sql, HandbookData data, ComparisonTally tally)
      throws SQLException {
    try (ResultSet rows = statement.executeQuery(ordered(sql))) {
      double[] theirs = new double[rows.getMetaData().getColumnCount() - 1];
      for (int row = 0; rows.next(); row++) {
        if (row == data.size() || rows.getLong(1) != data.id(row)) {
          throw new SQLException("row %d is another payment in DuckDB".formatted(row));
        }
        read(rows, theirs);
        tally.add(data.id(row), row, theirs);
      }
    }
    return tally.result();
  }

  /// Averages within one unit in the last place, all else equal.
  private static final class UlpTolerance implements ComparisonTally.Tolerance {
    private final FeatureTable ours;
    private long mostUlps;

    UlpTolerance(FeatureTable ours) {
      this.ours = ours;
    }

    @Override
    public boolean grants(int feature, double own, double other) {
      if (!ours.names().get(feature).contains("mean")) {
        return own == other;
      }
      long ulps = Math.abs(Double.doubleToLongBits(own) - Double.doubleToLongBits(other));
      mostUlps = Math.max(mostUlps, ulps);
      return ulps <= 1;
    }
  }

  private static void read(ResultSet rows, double[] theirs) throws SQLException {
    for (int feature = 0; feature < theirs.length; feature++) {
      double value = rows.getDouble(feature + 2);
      theirs[feature] = rows.wasNull() ? Double.NaN : value;
    }
  }

  /// In the file's order, which is that of the ids.
  private static String ordered(String sql) {
    return "SELECT * FROM (" + sql + ") ORDER BY tx_id";
  }

  private static String quoted(Path path) {
    return path.toAbsolutePath().toString().replace("'", "''");
  }
}
