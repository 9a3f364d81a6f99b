package io.cromford.serving;

import io.cromford.core.ErrorCode;
import io.cromford.core.Row;
import io.cromford.intake.Arrival;
import io.cromford.intake.BrokenRule;
import io.cromford.intake.ContractResult;
import io.cromford.intake.ContractResult.Refused;
import io.cromford.intake.Origin;
import io.cromford.intake.RawRecord;
import io.cromford.ledger.Ledger;
import io.cromford.ledger.RecordHeader;
import io.cromford.ledger.RecordKind;
import io.cromford.ledger.RecordOrigin;
import io.cromford.ledger.StoredRecord;
import java.nio.ByteBuffer;
import java.util.function.LongUnaryOperator;
import org.jspecify.annotations.Nullable;

/// Takes records that were held against their contract into the ledger and the books.
///
/// Each record from a file leaves exactly one record in the ledger: an observation, an outcome, a
/// duplicate or a quarantined one. An outcome whose observation nobody knows is quarantined too,
/// and comes out by itself behind its observation ([#join]).
final class Admission {
  private final Ledger ledger;
  private final Books books;
  private final Repeats repeats = new Repeats();

  /// What became of a record.
  sealed interface Admitted {
    /// It is a new observation.
    record Observation(int ordinal, Row row) implements Admitted {}

    /// It is a new or corrected outcome.
    record Outcome(int ordinal, Row row) implements Admitted {}

    /// It was there before, bit for bit.
    record Known(int ordinal) implements Admitted {}

    /// It lies in quarantine, or was turned away.
    record Bad(Result.Refused reason) implements Admitted {}
  }

  Admission(Ledger ledger, Books books) {
    this.ledger = ledger;
    this.books = books;
  }

  /// Writes the schemas that the ledger does not have yet.
  void declare() {
    for (SourceSchema schema : books.undeclared()) {
      RecordOrigin origin = new RecordOrigin(schema.number(), schema.version(), false);
      long at = books.clock();
      ledger.append(new RecordHeader(RecordKind.SCHEMA, origin, at, at, 0), schema.encode());
      books.declared(schema);
    }
    ledger.commit();
  }

  /// Takes a record.
  ///
  /// @param raw as it was read, for quarantine
  /// @param checked what came of its contract
  /// @param origin where it stood; null for what arrived over the wire
  /// @param arrival the factory time of its arrival
  Admitted admit(
      SourceBook source,
      RawRecord raw,
      ContractResult checked,
      @Nullable Origin origin,
      long arrival) {
    Place place = origin == null ? Place.LIVE : place(source, origin, arrival);
    return switch (checked) {
      case Refused refused when WaitingOutcomes.isFor(refused.rule()) ->
          unknown(source, raw, refused, place, origin, arrival);
      case Refused refused -> {
        int known = knownIfLate(source, raw, refused);
        yield known >= 0
            ? duplicate(source, place, known, arrival)
            : quarantine(source, raw, refused, place, origin, arrival);
      }
      case ContractResult.Accepted accepted when source.definition().isObservation() ->
          observation(source, raw, accepted.row(), place, origin, arrival);
      case ContractResult.Accepted accepted ->
          outcome(source, raw, accepted.row(), place, origin, arrival);
    };
  }

  /// What is in the ledger is known however late it is sent again.
  ///
  /// @return the ordinal of the observation it is or judges; -1 if it is not known
  private int knownIfLate(SourceBook source, RawRecord raw, Refused refused) {
    Row row = source.row();
    if (!refused.rule().equals(BrokenRule.MAX_LATE.text())
        || source.contract().checkValues(raw, row) != null) {
      return -1;
    }
    int known = books.ids().find(row, source.idColumn());
    return known >= 0 && isKnown(source, known, source.encode(row)) ? known : -1;
  }

  private boolean isKnown(SourceBook source, int ordinal, ByteBuffer bytes) {
    return source.definition().isObservation()
        ? isRow(source, ledger.read(books.position(ordinal)), bytes)
        : isLatestOutcome(source, ordinal, bytes);
  }

  /// An outcome of an observation that nobody knows: kept in quarantine, once.
  private Admitted unknown(
      SourceBook source,
      RawRecord raw,
      Refused reason,
      Place place,
      @Nullable Origin origin,
      long arrival) {
    long same = waitsAlready(source, raw);
    if (same < 0) {
      return quarantine(source, raw, reason, place, origin, arrival);
    }
    duplicate(source, place, same, arrival);
    return bad(ErrorCode.RECORD_REFUSED, reason);
  }

  /// @return the position of the same outcome in quarantine; -1 if it does not wait there
  private long waitsAlready(SourceBook source, RawRecord raw) {
    Row row = source.row();
    if (source.contract().checkValues(raw, row) != null) {
      return -1;
    }
    String record = raw.toJson();
    for (long position : books.waiting().like(source, row)) {
      if (Quarantined.decode(ledger.read(position).body()).record().equals(record)) {
        return position;
      }
    }
    return -1;
  }

  private Admitted observation(
      SourceBook source,
      RawRecord raw,
      Row row,
      Place place,
      @Nullable Origin origin,
      long arrival) {
    int known = books.ids().find(row, source.idColumn());
    ByteBuffer bytes = source.encode(row);
    if (known >= 0) {
      return isKnown(source, known, bytes)
          ? duplicate(source, place, known, arrival)
          : conflict(source, raw, place, origin, arrival);
    }
    return observation(source, row, bytes, place, arrival);
  }

  private Admitted observation(
      SourceBook source, Row row, ByteBuffer bytes, Place place, long arrival) {
    long event = source.contract().eventMillis(row);
    RecordHeader header =
        new RecordHeader(RecordKind.OBSERVATION, source.origin(place), arrival, event, 0);
    long position = ledger.append(header, place.before(bytes));
    return new Admitted.Observation(
        books.observed(source, row, place, position, event, arrival), row);
  }

  private Admitted outcome(
      SourceBook source,
      RawRecord raw,
      Row row,
      Place place,
      @Nullable Origin origin,
      long arrival) {
    int ordinal = books.ids().find(row, source.idColumn());
    if (ordinal < 0) {
      Refused reason = source.contract().unknownId(row);
      return unknown(source, raw, reason, place, origin, arrival);
    }
    Refused reason = refused(source, row, ordinal);
    if (reason != null) {
      return quarantine(source, raw, reason, place, origin, arrival);
    }
    ByteBuffer bytes = source.encode(row);
    if (isKnown(source, ordinal, bytes)) {
      return duplicate(source, place, ordinal, arrival);
    }
    return outcome(source, row, ordinal, bytes, place, arrival);
  }

  private Admitted outcome(
      SourceBook source, Row row, int ordinal, ByteBuffer bytes, Place place, long arrival) {
    long event = source.contract().hasEventTime() ? source.contract().eventMillis(row) : arrival;
    RecordHeader header =
        new RecordHeader(RecordKind.OUTCOME, source.origin(place), arrival, event, 0);
    long position = ledger.append(header, place.before(bytes));
    books.judged(source, row, place, position, arrival);
    return new Admitted.Outcome(ordinal, row);
  }

  /// Takes a record out of quarantine that holds its contract by now. What still cannot be taken
  /// stays there, and leaves nothing in the ledger.
  ///
  /// @param place where it stood
  /// @param arrival from when on it counts
  /// @param left what leaves quarantine
  Admitted readmit(SourceBook source, Row row, Place place, long arrival, Leaving left) {
    Refused reason = unfit(source, row);
    if (reason != null) {
      return bad(
          source.definition().isObservation() ? ErrorCode.ID_CONFLICT : ErrorCode.RECORD_REFUSED,
          reason);
    }
    int known = books.ids().find(row, source.idColumn());
    ByteBuffer bytes = source.encode(row);
    leaveQuarantine(source, place, arrival, left);
    if (known >= 0 && isKnown(source, known, bytes)) {
      return duplicate(source, place, known, arrival);
    }
    return source.definition().isObservation()
        ? observation(source, row, bytes, place, arrival)
        : outcome(source, row, known, bytes, place, arrival);
  }

  /// What stands against a record that holds its contract, by what is known; null if nothing does.
  @Nullable Refused unfit(SourceBook source, Row row) {
    int known = books.ids().find(row, source.idColumn());
    if (!source.definition().isObservation()) {
      return refused(source, row, known);
    }
    return known >= 0 && !isKnown(source, known, source.encode(row)) ? conflict(source) : null;
  }

  /// Takes the outcomes out of quarantine that waited for the observation taken last. What would
  /// not have arrived yet, or is older than the observation, stays.
  ///
  /// @param fold hears of each that was taken in
  void join(long arrival, QuarantineReplay.Fold fold) {
    books.called().forEach(position -> join(position, arrival, _ -> arrival, fold));
  }

  /// The same before go-live: each counts from when it would have arrived.
  ///
  /// @param now the factory's time
  void joinAsDue(long now, QuarantineReplay.Fold fold) {
    books.called().forEach(position -> join(position, now, due -> due, fold));
  }

  /// @param from from when on it counts, by when it would have arrived
  private void join(long position, long now, LongUnaryOperator from, QuarantineReplay.Fold fold) {
    StoredRecord stored = ledger.read(position);
    SourceBook source = books.source(stored.header().origin().source());
    Quarantined record = Quarantined.decode(stored.body());
    Row row = source.row();
    if (WaitingOutcomes.read(source, record, row) && hasArrived(source, record, row, now)) {
      Place place = new Place(record.file(), record.row());
      long due = DueTime.millis(books, source, place, row, now);
      long arrival = from.applyAsLong(Math.max(stored.header().arrivalMillis(), due));
      fold.take(source, readmit(source, row, place, arrival, Leaving.by(position)), arrival);
    }
  }

  private boolean hasArrived(SourceBook source, Quarantined record, Row row, long arrival) {
    if (source.contract().checkAhead(row, arrival) != null) {
      return false;
    }
    int judged = books.ids().find(row, source.idColumn());
    return record.file() < 0
        || !(source.definition().timing().arrival() instanceof Arrival.After after)
        || books.eventMillis(judged) + after.delay().toMillis() <= arrival;
  }

  private void leaveQuarantine(SourceBook source, Place place, long arrival, Leaving left) {
    RecordHeader header =
        new RecordHeader(RecordKind.REPLAYED, source.origin(place), arrival, arrival, 0);
    long position = ledger.append(header, left.encode());
    books.replayed(source, left.row(), position, arrival);
  }

  /// Why an outcome cannot be taken; null if it can.
  private @Nullable Refused refused(SourceBook source, Row row, int ordinal) {
    return ordinal < 0
        ? source.contract().unknownId(row)
        : source.contract().checkAfter(row, books.eventMillis(ordinal));
  }

  private boolean isLatestOutcome(SourceBook source, int ordinal, ByteBuffer bytes) {
    long position = books.said().position(source, ordinal);
    return position >= 0 && isRow(source, ledger.read(position), bytes);
  }

  private static boolean isRow(SourceBook source, StoredRecord record, ByteBuffer bytes) {
    Row known = new Row(source.definition().schema());
    source.read(record, known);
    return source.encode(known).equals(bytes);
  }

  /// A duplicate from a file leaves a record, so that the file's rows add up; those over the wire
  /// share one.
  private Admitted duplicate(SourceBook source, Place place, int ordinal, long arrival) {
    duplicate(source, place, books.position(ordinal), arrival);
    return new Admitted.Known(ordinal);
  }

  /// @param original the position of the record that it repeats
  private void duplicate(SourceBook source, Place place, long original, long arrival) {
    books.duplicate(source, place, 1, arrival);
    if (place.file() >= 0) {
      write(source, new Duplicates(place, original, 1), arrival);
    } else {
      repeats.count(source, original, arrival, this::write);
    }
  }

  private void write(SourceBook source, Duplicates record, long arrival) {
    RecordHeader header =
        new RecordHeader(RecordKind.DUPLICATE, source.origin(record.place()), arrival, arrival, 0);
    ledger.append(header, record.encode());
  }

  /// Whether something was counted that is not in the ledger yet.
  boolean hasCounted() {
    return repeats.hasCounted();
  }

  /// Writes what was counted and is not in the ledger yet.
  void flush(long arrival) {
    repeats.flush(arrival, this::write);
  }

  private Admitted conflict(
      SourceBook source, RawRecord raw, Place place, @Nullable Origin origin, long arrival) {
    Refused reason = conflict(source);
    if (place.file() >= 0) {
      quarantine(source, raw, reason, place, origin, arrival);
    }
    return bad(ErrorCode.ID_CONFLICT, reason);
  }

  private static Refused conflict(SourceBook source) {
    return new Refused(
        "duplicate-id",
        source.definition().role().id(),
        "",
        "the id is known with another body.\nMaybe the record was meant to have an id of its own.");
  }

  private Admitted quarantine(
      SourceBook source,
      RawRecord raw,
      Refused reason,
      Place place,
      @Nullable Origin origin,
      long arrival) {
    Quarantined record =
        new Quarantined(
            source.name(),
            place.file(),
            origin == null ? "" : origin.file(),
            place.row(),
            origin == null ? 0 : origin.line(),
            reason.rule(),
            reason.column(),
            reason.message(),
            raw.toJson(),
            null);
    quarantine(source, record, arrival);
    return bad(ErrorCode.RECORD_REFUSED, reason);
  }

  private long quarantine(SourceBook source, Quarantined record, long arrival) {
    Place place = new Place(record.file(), record.row());
    RecordHeader header =
        new RecordHeader(RecordKind.QUARANTINED, source.origin(place), arrival, arrival, 0);
    long position = ledger.append(header, record.encode());
    books.quarantined(source, record, position, arrival);
    return position;
  }

  /// Puts a mended record that was refused again where the one was that it mends.
  ///
  /// @param left how that one leaves
  /// @return the position of its QUARANTINED record
  long quarantineAgain(SourceBook source, Quarantined mended, Leaving left, long arrival) {
    leaveQuarantine(source, new Place(mended.file(), mended.row()), arrival, left);
    return quarantine(source, mended, arrival);
  }

  private static Admitted bad(ErrorCode code, Refused reason) {
    return new Admitted.Bad(
        new Result.Refused(code, reason.rule(), reason.column(), reason.message()));
  }

  private Place place(SourceBook source, Origin origin, long arrival) {
    int file = books.file(source.name(), origin);
    if (file < 0) {
      file = books.files();
      SourceFile.Opened opened =
          new SourceFile.Opened(file, source.name(), origin.file(), origin.identity());
      RecordOrigin from = source.origin(new Place(file, 0));
      ledger.append(
          new RecordHeader(RecordKind.FILE_OPENED, from, arrival, arrival, 0), opened.encode());
      books.opened(opened);
    }
    return new Place(file, origin.row());
  }
}
