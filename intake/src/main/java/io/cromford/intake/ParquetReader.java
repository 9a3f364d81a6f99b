package io.cromford.intake;

import io.cromford.core.CromfordException;
import io.cromford.core.ErrorCode;
import io.cromford.intake.RawRecord.Kind;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Properties;

/// Reads Parquet through DuckDB, whose values pass as exact texts, in the order of the file.
final class ParquetReader implements RecordReader {
  private static final List<String> NESTED = List.of("STRUCT", "MAP", "UNION", "BLOB", "BIT");

  private final String file;
  private final Connection connection;
  private final ResultSet rows;
  private final int[] targets;
  private long row;

  private ParquetReader(String file, Connection connection, Statement statement, Query query)
      throws SQLException {
    this.file = file;
    this.connection = connection;
    this.targets = query.targets().stream().mapToInt(Integer::intValue).toArray();
    this.rows = statement.executeQuery(query.sql());
  }

  /// What is asked of DuckDB.
  ///
  /// @param targets for each column of the answer its index in the schema
  private record Query(String sql, List<Integer> targets) {}

  /// Starts to read a file.
  ///
  /// @throws CromfordException if it is not Parquet or lacks a column
  static ParquetReader open(String file, Path path, SourceDefinition source, Reading reading) {
    try {
      Connection connection = connect();
      try {
        return open(connection, file, path, source, reading);
      } catch (SQLException | RuntimeException e) {
        connection.close();
        throw e;
      }
    } catch (SQLException e) {
      throw unreadable(file, e);
    }
  }

  private static Connection connect() throws SQLException {
    Properties properties = new Properties();
    properties.setProperty("jdbc_stream_results", "true");
    return DriverManager.getConnection("jdbc:duckdb:", properties);
  }

  // The statement is closed with its connection.
  @SuppressWarnings("resource")
  private static ParquetReader open(
      Connection connection, String file, Path path, SourceDefinition source, Reading reading)
      throws SQLException {
    Statement statement = connection.createStatement();
    statement.execute("SET threads = 1; SET TimeZone = 'UTC'; SET memory_limit = '512MB'");
    String from = "read_parquet('%s')".formatted(path.toString().replace("'", "''"));
    List<String> names = new ArrayList<>();
    List<String> types = new ArrayList<>();
    try (ResultSet columns = statement.executeQuery("DESCRIBE SELECT * FROM " + from)) {
      while (columns.next()) {
        names.add(columns.getString(1));
        types.add(columns.getString(2).toUpperCase(Locale.ROOT));
      }
    }
    int[] found = new FileColumns(source, reading).targets(file, names);
    return new ParquetReader(file, connection, statement, query(file, from, names, types, found));
  }

  private static Query query(
      String file, String from, List<String> names, List<String> types, int[] found) {
    List<String> selected = new ArrayList<>();
    List<Integer> targets = new ArrayList<>();
    for (int i = 0; i < found.length; i++) {
      if (found[i] >= 0) {
        targets.add(found[i]);
        selected.add(text(file, names.get(i), types.get(i)));
      }
    }
    return new Query("SELECT %s FROM %s".formatted(String.join(", ", selected), from), targets);
  }

  private static String text(String file, String name, String type) {
    if (type.endsWith("]") || NESTED.stream().anyMatch(type::startsWith)) {
      throw new CromfordException(
          ErrorCode.INPUT_UNREADABLE,
          "%s: column `%s` is a %s, not a scalar.\nMaybe leave it out of the source."
              .formatted(file, name, type));
    }
    String quoted = "\"" + name.replace("\"", "\"\"") + "\"";
    String value = type.equals("DATE") ? quoted + "::TIMESTAMP" : quoted;
    return value + "::VARCHAR";
  }

  @Override
  public boolean read(RawRecord into) {
    try {
      if (!rows.next()) {
        return false;
      }
      into.clear();
      for (int i = 0; i < targets.length; i++) {
        String value = rows.getString(i + 1);
        if (value == null) {
          into.setNull(targets[i]);
        } else {
          into.set(targets[i], Kind.TEXT, value.getBytes(StandardCharsets.UTF_8));
        }
      }
      into.setPlace(row, row + 1);
      row++;
      return true;
    } catch (SQLException e) {
      throw unreadable(file + ":" + (row + 1), e);
    }
  }

  private static CromfordException unreadable(String place, SQLException e) {
    String reason = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
    return new CromfordException(
        ErrorCode.INPUT_UNREADABLE,
        "%s: cannot be read as Parquet: %s.\nMaybe the copy was interrupted: fetch it again."
            .formatted(place, reason),
        e);
  }

  @Override
  public void close() {
    try {
      connection.close();
    } catch (SQLException e) {
      throw unreadable(file, e);
    }
  }
}
