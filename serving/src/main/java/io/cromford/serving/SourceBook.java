package io.cromford.serving;

import io.cromford.core.Column;
import io.cromford.core.Row;
import io.cromford.core.RowCodec;
import io.cromford.core.Schema;
import io.cromford.core.Values;
import io.cromford.intake.Contract;
import io.cromford.intake.SourceDefinition;
import io.cromford.ledger.RecordOrigin;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What the factory keeps of one source: its contract, the form of its records, and how many there
/// were.
final class SourceBook {
  /// The number of each kind of record; accepted + quarantined + duplicates were read.
  ///
  /// @param accepted records in the ledger
  /// @param quarantined records that broke the contract, less those replayed since
  /// @param duplicates records whose id and body were there before
  record Counts(long accepted, long quarantined, long duplicates) {
    /// How many were read.
    long read() {
      return accepted + quarantined + duplicates;
    }
  }

  private final int number;
  private final SourceDefinition definition;
  private final Contract contract;
  private final RowCodec codec;
  private final Row row;
  private final int idColumn;
  private final RecordOrigin live;
  private final RecordOrigin filed;
  private final @Nullable Row judgement;
  private Counts counts = new Counts(0, 0, 0);

  /// A book without entries.
  ///
  /// @param number the source's number in the ledger, from 1
  SourceBook(int number, SourceDefinition definition) {
    this.number = number;
    this.definition = definition;
    this.contract = new Contract(definition);
    this.codec = new RowCodec(definition.schema());
    this.row = new Row(definition.schema());
    this.idColumn = definition.idColumn();
    this.live = new RecordOrigin(number, 1, false);
    this.filed = new RecordOrigin(number, 1, true);
    this.judgement =
        definition.isObservation() ? null : judgementRow(definition.schema(), idColumn);
  }

  private static Row judgementRow(Schema schema, int idColumn) {
    List<Column> columns = new ArrayList<>(schema.columns());
    columns.remove(idColumn);
    return new Row(new Schema(columns));
  }

  /// The columns of [#row] but for the id: what an outcome says. The buffer is used again.
  ///
  /// @throws IllegalStateException if this is no source of outcomes
  Row judgement() {
    if (judgement == null) {
      throw new IllegalStateException("source `%s` has no outcomes".formatted(name()));
    }
    for (int i = 0, to = 0; i < definition.schema().size(); i++) {
      if (i != idColumn) {
        copy(row, i, judgement, to++);
      }
    }
    return judgement;
  }

  private static void copy(Row from, int column, Row to, int target) {
    String text = from.text(column);
    if (from.isNull(column)) {
      to.setNull(target);
    } else if (text != null) {
      to.setText(target, text);
    } else {
      to.setSlot(target, from.slot(column));
    }
  }

  int number() {
    return number;
  }

  String name() {
    return definition.name();
  }

  SourceDefinition definition() {
    return definition;
  }

  Contract contract() {
    return contract;
  }

  RowCodec codec() {
    return codec;
  }

  /// A buffer for a record that is being taken in; each use overwrites the last.
  Row row() {
    return row;
  }

  int idColumn() {
    return idColumn;
  }

  /// The id in a row, as text.
  String id(Row of) {
    return Values.format(of.schema().column(idColumn).type(), of.slot(idColumn), of.text(idColumn));
  }

  /// Reads the body of an observation or an outcome into [#row].
  ///
  /// @return where the record came from
  Place read(ByteBuffer body) {
    Place place = Place.read(body);
    codec.decode(body, row);
    return place;
  }

  /// The origin of this source's records.
  RecordOrigin origin(Place place) {
    return place.file() < 0 ? live : filed;
  }

  Counts counts() {
    return counts;
  }

  void countAccepted() {
    counts = new Counts(counts.accepted() + 1, counts.quarantined(), counts.duplicates());
  }

  void countQuarantined(long more) {
    counts = new Counts(counts.accepted(), counts.quarantined() + more, counts.duplicates());
  }

  void countDuplicate() {
    counts = new Counts(counts.accepted(), counts.quarantined(), counts.duplicates() + 1);
  }
}
