package io.cromford.bench.features;

import io.cromford.core.Column;
import io.cromford.core.ColumnType;
import io.cromford.core.Row;
import io.cromford.features.engine.FeatureEngine;
import io.cromford.features.engine.HistoryDriver;
import io.cromford.features.plan.FeaturePlan;
import io.cromford.features.plan.Output;
import io.cromford.parquet.ParquetOutput;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/// The job of a fresh JVM: a CSV file of payments to their fifteen features in a Parquet file, by
/// this house or by DuckDB. It ends with one line that says what it cost.
public final class FeatureJob {
  private final FeaturePlan plan = FeatureText.overTable();
  private final long[] ids = new long[HistoryDriver.MAX_BATCH_ROWS];
  private final ParquetOutput output;
  private long observed;
  private long written;

  private FeatureJob(ParquetOutput output) {
    this.output = output;
  }

  /// Runs the job.
  ///
  /// @param arguments `cromford` or `duckdb`, the CSV file, the Parquet file, and how many times
  ///   the payments come, each time after the last
  public static void main(String[] arguments) throws SQLException, IOException {
    Path csv = Path.of(arguments[1]);
    Path parquet = Path.of(arguments[2]);
    long rows =
        arguments[0].equals("duckdb")
            ? duckDb(csv, parquet)
            : cromford(csv, parquet, Integer.parseInt(arguments[3]));
    new PrintStream(System.out, true, StandardCharsets.UTF_8)
        .println(Cost.ofThisProcess(rows).line());
  }

  private static long duckDb(Path csv, Path parquet) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE VIEW payments AS " + Payments.select(csv));
      statement.execute(
          "COPY (%s) TO '%s' (FORMAT parquet, COMPRESSION zstd)"
              .formatted(FeatureText.sql(), parquet));
      try (ResultSet rows =
          statement.executeQuery("SELECT count(*) FROM '%s'".formatted(parquet))) {
        rows.next();
        return rows.getLong(1);
      }
    }
  }

  private static long cromford(Path csv, Path parquet, int times) throws IOException {
    Path scratch = Files.createTempDirectory("cromford-features");
    try (ParquetOutput output = ParquetOutput.create(parquet, columns());
        FeatureEngine engine = FeatureEngine.open(FeatureText.overTable(), scratch)) {
      FeatureJob job = new FeatureJob(output);
      job.fold(csv, engine, times);
      output.finish();
      return job.written;
    } finally {
      Files.delete(scratch);
    }
  }

  private static List<Column> columns() {
    List<Column> columns = new ArrayList<>();
    columns.add(new Column("tx_id", ColumnType.BIGINT, false));
    for (Output feature : FeatureText.overTable().features()) {
      columns.add(new Column(feature.name(), ColumnType.DOUBLE, true));
    }
    return columns;
  }

  private void fold(Path csv, FeatureEngine engine, int times) {
    HistoryDriver driver = new HistoryDriver(engine, this::write);
    for (int i = 0; i < times; i++) {
      PaymentFile.read(csv, i, row -> observe(driver, row));
    }
    driver.flush();
  }

  private void observe(HistoryDriver driver, Row row) {
    ids[(int) (observed % ids.length)] = row.slot(PaymentFile.ID);
    observed++;
    driver.observe(row, row.slot(PaymentFile.TIME));
  }

  private void write(long first, int rows, double[] features) {
    int width = plan.features().size();
    int done = 0;
    while (done < rows) {
      int count = Math.min(output.room(), rows - done);
      int at = (int) ((first + done) % ids.length);
      int run = Math.min(count, ids.length - at);
      output.slots(0, ids, at, 1, run);
      for (int i = 0; i < width; i++) {
        output.doubles(i + 1, features, done * width + i, width, run);
      }
      output.endRows(run);
      done += run;
    }
    written += rows;
  }
}
