package io.cromford.serving;

import io.cromford.core.Column;
import io.cromford.core.ColumnType;
import io.cromford.core.Progress;
import io.cromford.core.Row;
import io.cromford.ledger.LedgerReader;
import io.cromford.ledger.RecordKind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The accepted records of all sources of one kind: the columns of their schemas, the source, the
/// arrival and the position.
///
/// Outcomes lie in both times, when they are about and when they became known, and say how they
/// stand to each other: `kind` (`label`, `provisional`, `other`), `trust` (higher overrules lower;
/// 0 for `other`), `positive` (what it says, whatever its column is called), `event_time` (its own,
/// or its arrival where it has none) and `in_force` (whether it is the one that is believed).
///
/// A column that several sources have under one name is one column; where their types differ it is
/// a text.
final class RecordTable implements FactoryTable {
  private final String name;
  private final RecordKind kind;
  private final Books books;
  private final Map<String, ColumnType> union = new LinkedHashMap<>();
  private final boolean namesSource;

  private RecordTable(String name, RecordKind kind, Books books, boolean observations) {
    this.name = name;
    this.kind = kind;
    this.books = books;
    List<SourceBook> sources =
        books.sources().stream()
            .filter(source -> source.definition().isObservation() == observations)
            .toList();
    this.namesSource = !observations;
    for (SourceBook source : sources) {
      for (Column column : source.definition().schema().columns()) {
        union.merge(column.name(), column.type(), (a, b) -> a.equals(b) ? a : ColumnType.VARCHAR);
      }
    }
  }

  /// The observations.
  static RecordTable events(Books books) {
    return new RecordTable("events", RecordKind.OBSERVATION, books, true);
  }

  /// The outcomes, corrections included.
  static RecordTable outcomes(Books books) {
    return new RecordTable("outcomes", RecordKind.OUTCOME, books, false);
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public List<Column> columns() {
    List<Column> columns = new ArrayList<>();
    union.forEach((column, type) -> columns.add(new Column(column, type, true)));
    if (namesSource) {
      columns.add(new Column("source", ColumnType.VARCHAR, false));
      columns.add(new Column("kind", ColumnType.VARCHAR, false));
      columns.add(new Column("trust", ColumnType.BIGINT, false));
      columns.add(new Column("positive", ColumnType.BOOLEAN, true));
      columns.add(new Column("in_force", ColumnType.BOOLEAN, false));
      columns.add(new Column("event_time", ColumnType.TIMESTAMP, false));
    }
    columns.add(new Column("arrival", ColumnType.TIMESTAMP, false));
    columns.add(new Column("position", ColumnType.BIGINT, false));
    return FactoryTable.distinct(columns);
  }

  @Override
  public void read(LedgerReader reader, Cells into, Progress.Step step) {
    reader.seek(0);
    while (reader.next()) {
      if (reader.kind() == kind) {
        SourceBook source = books.source(reader.source());
        source.read(reader);
        give(source, into);
        if (namesSource) {
          giveStanding(source, reader, into);
        }
        into.time(reader.arrivalMillis());
        into.integer(reader.position());
        into.endRow();
      }
      step.at(reader.position());
    }
  }

  private void give(SourceBook source, Cells into) {
    Row row = source.row();
    union.forEach((column, type) -> {
      int index = row.schema().find(column).orElse(-1);
      if (index < 0) {
        into.none();
      } else if (row.schema().column(index).type().equals(type)) {
        RowCells.give(row, index, into);
      } else {
        RowCells.giveText(row, index, into);
      }
    });
  }

  private void giveStanding(SourceBook source, LedgerReader reader, Cells into) {
    OutcomeBook said = books.said();
    into.text(source.name());
    into.text(said.kind(source));
    into.integer(said.trust(source));
    said.says(source, source.row()).ifPresentOrElse(into::flag, into::none);
    int judged = books.ids().find(source.row(), source.idColumn());
    into.flag(said.inForce(judged) == reader.position());
    into.time(reader.eventMillis());
  }
}
