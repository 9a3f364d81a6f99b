package io.cromford.serving;

import io.cromford.core.Column;
import io.cromford.core.Row;
import io.cromford.core.Schema;
import io.cromford.core.SnapshotReader;
import io.cromford.core.SnapshotWriter;
import io.cromford.core.Values;
import io.cromford.intake.Contract;
import io.cromford.intake.SourceDefinition;
import io.cromford.ledger.LedgerReader;
import io.cromford.ledger.RecordOrigin;
import io.cromford.ledger.StoredRecord;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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

  private int number;
  private final SourceDefinition definition;
  private final Contract contract;
  private final SourceForms forms;
  private final Row row;
  private final int idColumn;
  private RecordOrigin live;
  private RecordOrigin filed;
  private final @Nullable Row judgement;
  private Counts counts = new Counts(0, 0, 0);

  /// A book without entries, of a source that the ledger does not know yet.
  SourceBook(SourceDefinition definition) {
    this.definition = definition;
    this.contract = new Contract(definition);
    this.forms = new SourceForms(definition);
    this.row = new Row(definition.schema());
    this.idColumn = definition.idColumn();
    this.live = RecordOrigin.FACTORY;
    this.filed = RecordOrigin.FACTORY;
    this.judgement =
        definition.isObservation() ? null : judgementRow(definition.schema(), idColumn);
  }

  void save(SnapshotWriter out) {
    out.text(name());
    out.each(forms.recorded(), schema -> schema.save(out));
    out.number(counts.accepted());
    out.number(counts.quarantined());
    out.number(counts.duplicates());
  }

  /// Takes on what was saved, but for the name, which the caller has read.
  void restore(SnapshotReader in) {
    in.times(() -> declared(SourceSchema.read(in)));
    counts = new Counts(in.number(), in.number(), in.number());
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
        judgement.setFrom(to++, row, i);
      }
    }
    return judgement;
  }

  /// The source's number in the ledger, from 1; 0 if the ledger does not know it yet.
  int number() {
    return number;
  }

  /// Takes a schema of the source that the ledger holds.
  ///
  /// @throws io.cromford.core.CromfordException STATE_CONFLICT if today's is no extension of it
  void declared(SourceSchema schema) {
    forms.add(schema);
    number = schema.number();
    live = new RecordOrigin(number, schema.version(), false);
    filed = new RecordOrigin(number, schema.version(), true);
  }

  /// A book of the same forms for another thread, which counts nothing.
  SourceBook toRead() {
    SourceBook copy = new SourceBook(definition);
    forms.recorded().forEach(copy::declared);
    return copy;
  }

  /// Today's schema, if the ledger does not have it yet.
  ///
  /// @param next the number of a source that is new
  Optional<SourceSchema> undeclared(int next) {
    SourceSchema latest = forms.latest();
    int version = latest == null ? 1 : latest.version();
    SourceSchema today = SourceSchema.of(definition, latest == null ? next : number, version);
    if (today.equals(latest)) {
      return Optional.empty();
    }
    return Optional.of(latest == null ? today : SourceSchema.of(definition, number, version + 1));
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

  /// The bytes of a row, as they are written today.
  ByteBuffer encode(Row of) {
    return forms.encode(of);
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

  /// Reads the observation or outcome that a reader stands at into [#row].
  ///
  /// @return where the record came from
  Place read(LedgerReader reader) {
    return read(reader.body(), reader.schema(), row);
  }

  /// Reads an observation or outcome into [#row].
  void read(StoredRecord record) {
    read(record, row);
  }

  /// Reads an observation or outcome into a row of this source's schema.
  void read(StoredRecord record, Row into) {
    read(record.body(), record.header().origin().schema(), into);
  }

  private Place read(ByteBuffer body, int version, Row into) {
    Place place = Place.read(body);
    forms.decode(body, version, into);
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

  void countDuplicates(long more) {
    counts = new Counts(counts.accepted(), counts.quarantined(), counts.duplicates() + more);
  }
}
