package io.cromford.app;

import io.cromford.core.CromfordException;
import io.cromford.core.ErrorCode;
import io.cromford.core.Progress;
import io.cromford.intake.SourceDefinition;
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
      List<String> sources = aliases(table, checked, store);
      if (statement.mayRead(table.name()) || sources.stream().anyMatch(statement::mayRead)) {
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

  /// Lets each source's name stand for its records.
  ///
  /// @return the sources whose records are in the table
  static List<String> aliases(FactoryTable table, CheckedFactory checked, TableStore store) {
    List<SourceDefinition> sources =
        checked.definition().data().sources().stream()
            .filter(source -> table.name().equals(source.isObservation() ? "events" : "outcomes"))
            .toList();
    for (SourceDefinition source : sources) {
      store.alias(source.name(), table, source.isObservation() ? "" : source.name());
    }
    return sources.stream().map(SourceDefinition::name).toList();
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
