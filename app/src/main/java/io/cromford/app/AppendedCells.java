package io.cromford.app;

import io.cromford.core.Column;
import io.cromford.serving.Cells;
import java.sql.SQLException;
import java.util.List;
import org.duckdb.DuckDBAppender;

/// Appends cells to a table of the database.
final class AppendedCells implements Cells {
  private final DuckDBAppender appender;
  private final List<Column> columns;
  private long rows;
  private int column;

  /// @param appender stays its caller's to close
  /// @param columns the table's
  AppendedCells(DuckDBAppender appender, List<Column> columns) {
    this.appender = appender;
    this.columns = columns;
  }

  /// How many rows are complete.
  long rows() {
    return rows;
  }

  @Override
  public void none() {
    append(DuckDBAppender::appendNull);
  }

  @Override
  public void integer(long value) {
    append(to -> to.append(value));
  }

  @Override
  public void real(double value) {
    append(to -> to.append(value));
  }

  @Override
  public void decimal(long unscaled) {
    int precision = columns.get(column).type().precision();
    append(to -> appendDecimal(to, unscaled, precision));
  }

  /// The database keeps short decimals in fewer bytes, and wants them handed in so.
  private static void appendDecimal(DuckDBAppender to, long unscaled, int precision)
      throws SQLException {
    if (precision <= 4) {
      to.appendDecimal((short) unscaled);
    } else if (precision <= 9) {
      to.appendDecimal((int) unscaled);
    } else {
      to.appendDecimal(unscaled);
    }
  }

  @Override
  public void flag(boolean value) {
    append(to -> to.append(value));
  }

  @Override
  public void time(long millis) {
    append(to -> to.appendEpochMicros(Math.multiplyExact(millis, 1000L)));
  }

  @Override
  public void text(String value) {
    append(to -> to.append(value));
  }

  @Override
  public void endRow() {
    append(DuckDBAppender::endRow);
    rows++;
    column = 0;
  }

  private void append(Step step) {
    try {
      if (column == 0) {
        appender.beginRow();
      }
      step.run(appender);
      column++;
    } catch (SQLException e) {
      throw TableStore.failed("a row cannot be loaded", e);
    }
  }

  @FunctionalInterface
  private interface Step {
    void run(DuckDBAppender to) throws SQLException;
  }
}
