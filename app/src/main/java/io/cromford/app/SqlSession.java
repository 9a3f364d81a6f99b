package io.cromford.app;

import io.cromford.core.CromfordException;
import io.cromford.core.Progress;
import io.cromford.serving.FactoryTable;
import io.cromford.serving.FactoryTables;
import io.cromford.serving.ScratchFolder;
import io.cromford.serving.definition.Check;
import io.cromford.serving.definition.CheckedFactory;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.json.JsonMapper;

/// The process in which the console's SQL is answered: it reads a factory's tables once and then
/// answers statements, one a line, until its input ends. A statement that takes all memory ends
/// this process and not the factory.
///
/// In goes a statement as a JSON text; out comes `+` and the answer, or `-` and why not, as JSON.
/// The first line out says up to where the tables reach.
public final class SqlSession {
  /// More rows are not shown.
  static final int MOST_ROWS = 1000;

  private static final int MOST_OF_A_CELL = 2000;
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final TableStore store;
  private final FactoryTables tables;
  private final PrintStream out;

  private SqlSession(TableStore store, FactoryTables tables, PrintStream out) {
    this.store = store;
    this.tables = tables;
    this.out = out;
  }

  /// Runs it.
  ///
  /// @param args the factory's folder and its state folder
  public static void main(String[] args) throws IOException {
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    CheckedFactory checked = Check.check(Path.of(args[0]), Map.of("data", "none.csv")).orThrow();
    try (ScratchFolder scratch = ScratchFolder.create();
        FactoryTables tables = FactoryTables.open(checked, Path.of(args[1]), scratch.path());
        TableStore store = TableStore.open(scratch.path())) {
      load(tables, store, checked);
      new SqlSession(store, tables, out).answer(System.in);
    } catch (CromfordException e) {
      out.println("-" + JSON.writeValueAsString(e.getMessage()));
    }
  }

  private static void load(FactoryTables tables, TableStore store, CheckedFactory checked) {
    Progress.Step step = Progress.SILENT.start("load", tables.position());
    for (FactoryTable table : tables.tables()) {
      store.create(table);
      SqlCommand.aliases(table, checked, store);
      store.load(table, tables, step);
    }
    store.lock();
  }

  private void answer(InputStream in) throws IOException {
    BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
    out.println("+");
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      out.println(answer(JSON.readValue(line, String.class)));
    }
  }

  private String answer(String text) {
    try {
      return "+" + rows(SqlStatement.of(text));
    } catch (CromfordException e) {
      return "-" + JSON.writeValueAsString(e.getMessage());
    } catch (SQLException e) {
      CromfordException refused = SqlCommand.refused(String.valueOf(e.getMessage()).strip(), e);
      return "-" + JSON.writeValueAsString(refused.getMessage());
    }
  }

  private String rows(SqlStatement statement) throws SQLException {
    long start = System.nanoTime();
    StringWriter text = new StringWriter();
    try (Statement asked = store.connection().createStatement();
        ResultSet rows = asked.executeQuery(statement.text());
        JsonGenerator json = JSON.createGenerator(text)) {
      json.writeStartObject();
      columns(json, rows.getMetaData());
      boolean more = rows(json, rows);
      json.writeBooleanProperty("more", more);
      json.writeNumberProperty("millis", (System.nanoTime() - start) / 1_000_000);
      json.writeNumberProperty("position", tables.position());
      json.writeStringProperty("clock", tables.clock().toString());
      json.writeEndObject();
    }
    return text.toString();
  }

  private static void columns(JsonGenerator json, ResultSetMetaData columns) throws SQLException {
    json.writeArrayPropertyStart("columns");
    for (int column = 1; column <= columns.getColumnCount(); column++) {
      json.writeStartObject();
      json.writeStringProperty("name", columns.getColumnLabel(column));
      json.writeStringProperty("type", columns.getColumnTypeName(column));
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  /// @return whether there are more than are shown
  private static boolean rows(JsonGenerator json, ResultSet rows) throws SQLException {
    int columns = rows.getMetaData().getColumnCount();
    json.writeArrayPropertyStart("rows");
    int shown = 0;
    boolean more = false;
    while (!more && rows.next()) {
      more = shown++ == MOST_ROWS;
      if (!more) {
        json.writeStartArray();
        for (int column = 1; column <= columns; column++) {
          JsonRows.value(json, rows, column, MOST_OF_A_CELL);
        }
        json.writeEndArray();
      }
    }
    json.writeEndArray();
    return more;
  }
}
