package io.cromford.serving;

import io.cromford.core.Column;
import io.cromford.core.ColumnType;
import io.cromford.core.Progress;
import io.cromford.ledger.LedgerReader;
import io.cromford.ledger.RecordKind;
import java.util.List;

/// The records in quarantine, those replayed since left out.
final class QuarantineTable implements FactoryTable {
  private final QuarantineBook quarantine;

  /// @param quarantine of the whole ledger
  QuarantineTable(QuarantineBook quarantine) {
    this.quarantine = quarantine;
  }

  @Override
  public String name() {
    return "quarantine";
  }

  @Override
  public List<Column> columns() {
    return List.of(
        new Column("source", ColumnType.VARCHAR, false),
        new Column("rule", ColumnType.VARCHAR, false),
        new Column("column_name", ColumnType.VARCHAR, true),
        new Column("message", ColumnType.VARCHAR, false),
        new Column("file", ColumnType.VARCHAR, true),
        new Column("line", ColumnType.BIGINT, true),
        new Column("record", ColumnType.VARCHAR, false),
        new Column("arrival", ColumnType.TIMESTAMP, false),
        new Column("position", ColumnType.BIGINT, false));
  }

  @Override
  public void read(LedgerReader reader, Cells into, Progress.Step step) {
    reader.seek(0);
    while (reader.next()) {
      if (reader.kind() == RecordKind.QUARANTINED && quarantine.holds(reader.position())) {
        give(Quarantined.decode(reader.body()), into);
        into.time(reader.arrivalMillis());
        into.integer(reader.position());
        into.endRow();
      }
      step.at(reader.position());
    }
  }

  private static void give(Quarantined record, Cells into) {
    into.text(record.source());
    into.text(record.rule());
    give(record.column(), into);
    into.text(record.message());
    give(record.fileName(), into);
    if (record.line() > 0) {
      into.integer(record.line());
    } else {
      into.none();
    }
    into.text(record.record());
  }

  private static void give(String text, Cells into) {
    if (text.isEmpty()) {
      into.none();
    } else {
      into.text(text);
    }
  }
}
