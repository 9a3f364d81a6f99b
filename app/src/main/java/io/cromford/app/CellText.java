package io.cromford.app;

import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// A value of an answer as a text that SQL reads again.
final class CellText {
  private static final DateTimeFormatter TIME =
      new DateTimeFormatterBuilder()
          .appendPattern("yyyy-MM-dd HH:mm:ss")
          .appendFraction(ChronoField.NANO_OF_SECOND, 0, 9, true)
          .toFormatter(Locale.ROOT);

  private CellText() {}

  /// The value of a column, from 1; null where it is NULL.
  static @Nullable String of(ResultSet row, int column) throws SQLException {
    Object value = row.getObject(column);
    return switch (value) {
      case null -> null;
      case Timestamp _ -> TIME.format(row.getObject(column, LocalDateTime.class));
      case BigDecimal decimal -> decimal.toPlainString();
      case Number number -> number.toString();
      case Boolean flag -> flag.toString();
      default -> row.getString(column);
    };
  }

  /// Whether a column's values are numbers.
  static boolean isNumeric(ResultSet rows, int column) throws SQLException {
    String type = rows.getMetaData().getColumnTypeName(column).toUpperCase(Locale.ROOT);
    return type.endsWith("INT")
        || type.endsWith("INTEGER")
        || type.startsWith("DECIMAL")
        || type.equals("DOUBLE")
        || type.equals("FLOAT");
  }
}
