package io.cromford.app;

import io.cromford.core.Column;
import io.cromford.core.ColumnType;
import io.cromford.core.CromfordException;
import io.cromford.core.ErrorCode;
import io.cromford.core.Progress;
import io.cromford.serving.FactoryTable;
import io.cromford.serving.FactoryTables;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;
import java.util.stream.Collectors;
import org.duckdb.DuckDBConnection;

/// A database in memory that a factory's tables are loaded into. What does not fit its memory goes
/// to a scratch folder.
final class TableStore implements AutoCloseable {
  private static final String MEMORY = "1GB";

  private final Connection connection;

  private TableStore(Connection connection) {
    this.connection = connection;
  }

  /// An empty database.
  ///
  /// @param scratch a folder for what does not fit into memory
  static TableStore open(Path scratch) {
    Properties properties = new Properties();
    properties.setProperty("jdbc_stream_results", "true");
    try {
      Connection connection = DriverManager.getConnection("jdbc:duckdb:", properties);
      TableStore store = new TableStore(connection);
      store.execute(
          "SET temp_directory = '%s'; SET memory_limit = '%s'; SET TimeZone = 'UTC'; SET threads = %d"
              .formatted(
                  scratch.resolve("spill").toString().replace("'", "''"),
                  MEMORY,
                  Runtime.getRuntime().availableProcessors()));
      return store;
    } catch (SQLException e) {
      throw failed("the database cannot be opened", e);
    }
  }

  Connection connection() {
    return connection;
  }

  /// Makes a table, without rows.
  void create(FactoryTable table) {
    String columns =
        table.columns().stream()
            .map(column -> quoted(column.name()) + " " + type(column))
            .collect(Collectors.joining(", "));
    execute("CREATE TABLE %s (%s)".formatted(quoted(table.name()), columns));
  }

  /// Gives a table, or the rows of one source in it, another name, unless something has that name.
  ///
  /// @param source whose rows; empty for all
  void alias(String name, FactoryTable table, String source) {
    String rows = source.isEmpty() ? "" : " WHERE source = '" + source.replace("'", "''") + "'";
    execute(
        "CREATE VIEW IF NOT EXISTS %s AS SELECT * FROM %s%s"
            .formatted(quoted(name), quoted(table.name()), rows));
  }

  /// Fills a table.
  ///
  /// @return how many rows it has
  long load(FactoryTable table, FactoryTables from, Progress.Step step) {
    try (var appender =
        connection.unwrap(DuckDBConnection.class).createAppender("main", table.name())) {
      AppendedCells cells = new AppendedCells(appender, table.columns());
      from.read(table, cells, step);
      return cells.rows();
    } catch (SQLException e) {
      throw failed("`%s` cannot be loaded".formatted(table.name()), e);
    }
  }

  /// From here on no statement reaches files, the network or the settings.
  void lock() {
    execute(
        """
        SET autoload_known_extensions = false;
        SET autoinstall_known_extensions = false;
        SET allow_community_extensions = false;
        SET enable_external_access = false;
        SET lock_configuration = true
        """);
  }

  /// Runs a statement of our own.
  void execute(String sql) {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw failed("the database refused", e);
    }
  }

  @Override
  public void close() {
    try {
      connection.close();
    } catch (SQLException e) {
      throw failed("the database cannot be closed", e);
    }
  }

  /// A name as SQL writes it.
  static String quoted(String name) {
    return "\"" + name.replace("\"", "\"\"") + "\"";
  }

  private static String type(Column column) {
    ColumnType type = column.type();
    return switch (type.kind()) {
      case BIGINT -> "BIGINT";
      case DOUBLE -> "DOUBLE";
      case DECIMAL -> "DECIMAL(%d, %d)".formatted(type.precision(), type.scale());
      case BOOLEAN -> "BOOLEAN";
      case TIMESTAMP -> "TIMESTAMP";
      case VARCHAR -> "VARCHAR";
    };
  }

  /// A failure that no statement of a person's is the reason of.
  static CromfordException failed(String what, SQLException cause) {
    return new CromfordException(
        ErrorCode.STORAGE,
        "%s: %s.\nMaybe the disk of the folder for temporary files is full."
            .formatted(what, String.valueOf(cause.getMessage()).strip()),
        cause);
  }
}
