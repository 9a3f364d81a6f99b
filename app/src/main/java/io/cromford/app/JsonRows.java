package io.cromford.app;

import java.io.PrintStream;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.sql.ResultSet;
import java.sql.SQLException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.databind.json.JsonMapper;

/// Writes rows as one JSON array of objects, a line each.
final class JsonRows {
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .disable(StreamWriteFeature.AUTO_CLOSE_TARGET)
          .enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN)
          .build();

  private JsonRows() {}

  static void write(ResultSet rows, PrintStream out) throws SQLException {
    int columns = rows.getMetaData().getColumnCount();
    out.print("[");
    String before = "\n";
    while (rows.next()) {
      out.print(before);
      before = ",\n";
      try (JsonGenerator json = JSON.createGenerator(out)) {
        json.writeStartObject();
        for (int i = 1; i <= columns; i++) {
          json.writeName(rows.getMetaData().getColumnLabel(i));
          value(json, rows, i, Integer.MAX_VALUE);
        }
        json.writeEndObject();
      }
    }
    out.print("\n]\n");
  }

  /// Writes a cell. What JSON has no number for is a text: NaN, infinity.
  ///
  /// @param most characters of a text; what is longer ends in `…`
  static void value(JsonGenerator json, ResultSet row, int column, int most) throws SQLException {
    switch (row.getObject(column)) {
      case null -> json.writeNull();
      case Boolean flag -> json.writeBoolean(flag);
      case BigDecimal decimal -> json.writeNumber(decimal);
      case BigInteger integer -> json.writeNumber(integer);
      case Double real when !Double.isFinite(real) -> json.writeString(real.toString());
      case Float real when !Float.isFinite(real) -> json.writeString(real.toString());
      case Double real -> json.writeNumber(real);
      case Float real -> json.writeNumber(real);
      case Number number -> json.writeNumber(number.longValue());
      default -> json.writeString(cut(String.valueOf(CellText.of(row, column)), most));
    }
  }

  private static String cut(String text, int most) {
    return text.length() > most ? text.substring(0, most) + "…" : text;
  }
}
