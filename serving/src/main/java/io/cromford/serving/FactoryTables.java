package io.cromford.serving;

import io.cromford.core.Progress;
import io.cromford.ledger.LedgerReader;
import io.cromford.serving.definition.CheckedFactory;
import io.cromford.serving.definition.FactoryDefinition;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

/// What a factory's ledger holds, as tables: read beside a running factory or without one, up to
/// the last commit that was acknowledged when this was opened.
///
/// | table | its rows |
/// |---|---|
/// | `events` | the accepted observations |
/// | `outcomes` | the accepted outcomes, with their source |
/// | `decisions` | what was decided |
/// | `features` | today's query over every observation, at its arrival |
/// | `quarantine` | records that broke their contract and were not replayed |
/// | `controls` | what the factory did to itself |
///
/// For one thread.
public final class FactoryTables implements AutoCloseable {
  private final LedgerReader reader;
  private final Books books;
  private final long position;
  private final List<FactoryTable> tables;

  private FactoryTables(CheckedFactory checked, LedgerReader reader, Path scratch) {
    this.reader = reader;
    this.position = reader.limit();
    this.books = fold(checked.definition(), reader);
    this.tables =
        List.of(
            RecordTable.events(books),
            RecordTable.outcomes(books),
            new DecisionTable(books, checked.definition()),
            new FeatureTable(books, checked.plan(), scratch),
            new QuarantineTable(books.quarantine()),
            new ControlTable());
  }

  /// Opens the tables of a factory; takes no lock and writes nothing into its folders.
  ///
  /// @param stateFolder where its ledger lies
  /// @param scratch a folder for what is needed meanwhile
  /// @throws io.cromford.core.CromfordException NOT_FOUND if there is no ledger
  public static FactoryTables open(CheckedFactory checked, Path stateFolder, Path scratch) {
    LedgerReader reader = LedgerReader.openReadOnly(stateFolder.resolve("ledger"));
    try {
      return new FactoryTables(checked, reader, scratch);
    } catch (RuntimeException e) {
      reader.close();
      throw e;
    }
  }

  private static Books fold(FactoryDefinition definition, LedgerReader reader) {
    Books books = new Books(definition.data());
    while (reader.next()) {
      books.apply(reader);
    }
    return books;
  }

  /// All tables.
  public List<FactoryTable> tables() {
    return tables;
  }

  /// Reads a whole table.
  public void read(FactoryTable table, Cells into, Progress.Step step) {
    table.read(reader, into, step);
  }

  /// The position in the ledger up to which the tables reach.
  public long position() {
    return position;
  }

  /// The factory's clock there.
  public Instant clock() {
    return Instant.ofEpochMilli(books.clock());
  }

  @Override
  public void close() {
    reader.close();
  }
}
