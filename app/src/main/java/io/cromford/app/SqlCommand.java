package io.cromford.app;

import io.cromford.core.CromfordException;
import io.cromford.core.ErrorCode;
import io.cromford.core.Progress;
import io.cromford.serving.FactoryTable;
import io.cromford.serving.FactoryTables;
import io.cromford.serving.ScratchFolder;
import io.cromford.serving.definition.CheckedFactory;
import java.io.PrintStream;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `cromford sql`: asks anything of what a factory's ledger holds, beside a running factory or
/// without one.
@Command(
    name = "sql",
    description = {
      "Asks anything of a factory's events, outcomes, decisions and features, in SQL (DuckDB's).",
      "",
      "Tables: events, outcomes, decisions, features, quarantine, controls; `DESCRIBE decisions` says"
          + " their columns. A source's name stands for its table. Times are UTC."
    },
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Example: ./cromford sql examples/card-fraud \"SELECT action, count(*) FROM decisions GROUP BY 1\""
    })
final class SqlCommand implements Callable<Integer> {
  @Mixin private FactoryPlace place;

  @Parameters(index = "1", paramLabel = "STATEMENT", description = "one statement that reads")
  private String text = "";

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      description = "table, csv or json (default: table)")
  private ResultFormat format = ResultFormat.TABLE;

  @Override
  public Integer call() {
    SqlStatement statement = SqlStatement.of(text);
    CheckedFactory checked = place.checkWithoutFiles();
    try (ScratchFolder scratch = ScratchFolder.create();
        FactoryTables tables = FactoryTables.open(checked, place.state(), scratch.path());
        TableStore store = TableStore.open(scratch.path())) {
      load(statement, checked, tables, store);
      store.lock();
      answer(statement, store);
    }
    return 0;
  }

  private static void load(
      SqlStatement statement, CheckedFactory checked, FactoryTables tables, TableStore store) {
    Progress.Step step = Terminal.standard().start("load", tables.position());
    List<String> loaded = new ArrayList<>();
    for (FactoryTable table : tables.tables()) {
      store.create(table);
      List<String> names = names(table, checked);
      names.stream().skip(1).forEach(alias -> store.alias(alias, table));
      if (names.stream().anyMatch(statement::mayRead)) {
        long rows = store.load(table, tables, step);
        loaded.add(String.format(Locale.ROOT, "%,d %s", rows, table.name()));
      }
    }
    step.finish(
        String.format(
            Locale.ROOT,
            "%s, up to position %d of the ledger, %s",
            loaded.isEmpty() ? "nothing" : String.join(", ", loaded),
            tables.position(),
            tables.clock()));
  }

  /// A table's name, then the sources whose records are all in it.
  static List<String> names(FactoryTable table, CheckedFactory checked) {
    List<String> names = new ArrayList<>(List.of(table.name()));
    var data = checked.definition().data();
    if (table.name().equals("events")) {
      names.add(data.observations().name());
    } else if (table.name().equals("outcomes") && data.sources().size() == 2) {
      names.add(data.outcomes().name());
    }
    return names;
  }

  private void answer(SqlStatement statement, TableStore store) {
    PrintStream out = System.out;
    try (Statement asked = store.connection().createStatement();
        ResultSet rows = asked.executeQuery(statement.text())) {
      format.write(rows, out);
      out.flush();
    } catch (SQLException e) {
      throw refused(String.valueOf(e.getMessage()).strip(), e);
    }
  }

  /// A refusal of the database, with advice.
  static CromfordException refused(String message, SQLException cause) {
    boolean outside = message.startsWith("Permission Error") || message.contains("has been locked");
    boolean memory = message.startsWith("Out of Memory") || message.startsWith("IO Error");
    String advice =
        outside
            ? "ask of the factory's own tables: files, the network and settings are out of reach here."
            : memory
                ? "ask for fewer columns or rows, or make room where temporary files are kept."
                : "`DESCRIBE decisions` says which columns there are; the tables are events, outcomes, decisions, features, quarantine, controls.";
    return new CromfordException(
        memory ? ErrorCode.STORAGE : ErrorCode.USAGE, message + "\nMaybe " + advice, cause);
  }
}
