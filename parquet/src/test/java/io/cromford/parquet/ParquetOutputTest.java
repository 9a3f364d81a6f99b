package io.cromford.parquet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cromford.core.Cases;
import io.cromford.core.Column;
import io.cromford.core.ColumnType;
import io.cromford.core.CromfordException;
import io.cromford.core.ErrorCode;
import io.cromford.core.Row;
import io.cromford.core.Schema;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Files are read back by DuckDB, which has another implementation of the format.
class ParquetOutputTest {
  private static final List<ColumnType> TYPES =
      List.of(
          ColumnType.BIGINT,
          ColumnType.DOUBLE,
          ColumnType.BOOLEAN,
          ColumnType.TIMESTAMP,
          ColumnType.VARCHAR,
          ColumnType.decimal(10, 2),
          ColumnType.decimal(18, 0));

  @TempDir Path folder;

  @Test
  void anotherReaderFindsEveryValue() throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:")) {
      Cases.check(20, random -> roundTrip(connection, random, random.nextInt(1, 400)));
      roundTrip(connection, new SplittableRandom(7), 150_000);
    }
  }

  private void roundTrip(Connection connection, SplittableRandom random, int rows)
      throws SQLException {
    List<Column> columns = new ArrayList<>();
    for (int i = 0; i < TYPES.size(); i++) {
      columns.add(new Column("c" + i, TYPES.get(i), random.nextBoolean()));
    }
    Schema schema = new Schema(columns);
    int[] distinct = columns.stream().mapToInt(_ -> 1 << random.nextInt(1, 18)).toArray();
    List<Row> written = new ArrayList<>();
    Path file = folder.resolve("table.parquet");
    try (ParquetOutput output = ParquetOutput.create(file, columns)) {
      for (int i = 0; i < rows; i++) {
        Row row = row(schema, distinct, random);
        written.add(row);
        output.write(row);
      }
      output.finish();
    }
    assertThat(read(connection, file, schema)).isEqualTo(texts(written));
  }

  private static Row row(Schema schema, int[] distinct, SplittableRandom random) {
    Row row = new Row(schema);
    for (int i = 0; i < schema.size(); i++) {
      Column column = schema.column(i);
      long value = random.nextLong(-distinct[i], distinct[i]);
      if (!column.nullable() || random.nextInt(5) > 0) {
        switch (column.type().kind()) {
          case BIGINT, DECIMAL, TIMESTAMP -> row.setSlot(i, value * 1_000);
          case DOUBLE -> row.setDouble(i, value / 7.0);
          case BOOLEAN -> row.setBoolean(i, value > 0);
          case VARCHAR -> row.setText(i, "é".repeat((int) (value & 3)) + value);
        }
      }
    }
    return row;
  }

  private static List<String> texts(List<Row> rows) {
    return rows.stream().map(Row::toString).toList();
  }

  private static List<String> read(Connection connection, Path file, Schema schema)
      throws SQLException {
    List<String> read = new ArrayList<>();
    String sql =
        "SELECT c0, c1, c2, epoch_ms(c3), c4, CAST(c5 * 100 AS BIGINT), CAST(c6 AS BIGINT) FROM '%s'"
            .formatted(file);
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      while (rows.next()) {
        Row row = new Row(schema);
        for (int i = 0; i < schema.size(); i++) {
          if (rows.getObject(i + 1) != null) {
            switch (schema.column(i).type().kind()) {
              case BIGINT, DECIMAL, TIMESTAMP -> row.setSlot(i, rows.getLong(i + 1));
              case DOUBLE -> row.setDouble(i, rows.getDouble(i + 1));
              case BOOLEAN -> row.setBoolean(i, rows.getBoolean(i + 1));
              case VARCHAR -> row.setText(i, rows.getString(i + 1));
            }
          }
        }
        read.add(row.toString());
      }
    }
    return read;
  }

  @Test
  void takesBatchesColumnByColumn() throws SQLException {
    Path file = folder.resolve("batches.parquet");
    List<Column> columns =
        List.of(
            new Column("id", ColumnType.BIGINT, false), new Column("x", ColumnType.DOUBLE, true));
    try (ParquetOutput output = ParquetOutput.create(file, columns)) {
      long next = 0;
      while (next < 300_000) {
        int count = Math.min(output.room(), 1000);
        long[] ids = new long[count];
        double[] values = new double[2 * count];
        for (int i = 0; i < count; i++) {
          ids[i] = next + i;
          values[2 * i + 1] = ids[i] % 10 == 0 ? Double.NaN : ids[i];
        }
        output.slots(0, ids, 0, 1, count);
        output.doubles(1, values, 1, 2, count);
        output.endRows(count);
        next += count;
      }
      output.finish();
    }
    String sql =
        "SELECT count(*), count(x), sum(id), sum(x), min(id), max(id) FROM '%s'".formatted(file);
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      rows.next();
      long count = rows.getLong(1);
      assertThat(rows.getLong(2)).isEqualTo(count - (count + 9) / 10);
      assertThat(rows.getLong(3)).isEqualTo(count * (count - 1) / 2);
      assertThat(rows.getLong(5)).isZero();
      assertThat(rows.getLong(6)).isEqualTo(count - 1);
    }
  }

  @Test
  void anUnfinishedFileLeavesNothingBehind() throws IOException {
    Path file = folder.resolve("unfinished.parquet");
    Column column = new Column("id", ColumnType.BIGINT, false);
    try (ParquetOutput output = ParquetOutput.create(file, List.of(column))) {
      output.slots(0, new long[10], 0, 1, 10);
      output.endRows(10);
    }
    try (var files = Files.list(folder)) {
      assertThat(files).isEmpty();
    }
  }

  @Test
  void saysWhichFileCannotBeWritten() {
    Path file = folder.resolve("missing").resolve("x.parquet");
    Column column = new Column("id", ColumnType.BIGINT, false);
    assertThatThrownBy(() -> ParquetOutput.create(file, List.of(column)))
        .isInstanceOfSatisfying(
            CromfordException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.STORAGE))
        .hasMessageContaining("x.parquet cannot be written")
        .hasMessageContaining("Maybe the disk is full");
  }

  @Test
  void refusesWhatDoesNotFit() {
    Column column = new Column("id", ColumnType.BIGINT, false);
    try (ParquetOutput output =
        ParquetOutput.create(folder.resolve("x.parquet"), List.of(column))) {
      assertThatThrownBy(() -> output.write(new Row(Schema.of(column))))
          .hasMessageContaining("column id cannot be null");
      assertThatThrownBy(() -> output.endRows(1)).hasMessageContaining("0 values in 1 rows");
    }
  }

  @Test
  void needsNoHadoop() {
    assertThatThrownBy(() -> Class.forName("org.apache.hadoop.conf.Configuration"))
        .isInstanceOf(ClassNotFoundException.class);
  }
}
