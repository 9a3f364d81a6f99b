package io.cromford.serving;

import io.cromford.core.CromfordException;
import io.cromford.core.ErrorCode;
import io.cromford.ledger.LedgerReader;
import io.cromford.ledger.RecordKind;
import io.cromford.ledger.StoredRecord;
import io.cromford.serving.QuarantineView.Entry;
import io.cromford.serving.QuarantinedRow.Deed;
import io.cromford.serving.QuarantinedRow.Left;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/// Reads out of the ledger where a record in quarantine came from and went to. For one thread.
final class QuarantineTrail {
  private final LedgerReader reader;

  /// @param reader its cursor is moved; stays open
  QuarantineTrail(LedgerReader reader) {
    this.reader = reader;
  }

  /// The QUARANTINED record of a number, whatever became of it since. A number is anybody's, so
  /// there may be no record at all.
  ///
  /// @throws CromfordException NOT_FOUND if there is none
  Entry find(long number) {
    if (number > 0 && number < reader.limit()) {
      try {
        StoredRecord stored = reader.read(number);
        if (stored.header().kind() == RecordKind.QUARANTINED) {
          return Entry.of(stored);
        }
      } catch (CromfordException e) {
        if (e.code() != ErrorCode.LEDGER_CORRUPT) {
          throw e;
        }
      }
    }
    throw QuarantineView.none(number);
  }

  /// How a record was mended, and how it left.
  ///
  /// @param isHere whether it is in quarantine
  /// @param leftAt the position of the REPLAYED record with which it left; empty if that is not
  ///   known
  QuarantinedRow.Trail of(Quarantined record, boolean isHere, OptionalLong leftAt) {
    return new QuarantinedRow.Trail(
        isHere,
        record.mends() == null ? Optional.empty() : deed(reader.read(record.mends().repair())),
        leftAt.isPresent() ? Optional.of(left(leftAt.getAsLong())) : Optional.empty());
  }

  /// What a control record says of a repair; empty if it says nothing of one.
  static Optional<Deed> deed(StoredRecord stored) {
    return Control.decode(stored.body()) instanceof Control.Mended mended
        ? Optional.of(
            new Deed(
                mended.row(),
                mended.columns(),
                mended.record(),
                Instant.ofEpochMilli(mended.atMillis()),
                mended.reason(),
                mended.by()))
        : Optional.empty();
  }

  /// Behind the record that says that it left stands what it is now.
  private Left left(long position) {
    StoredRecord stored = reader.read(position);
    Leaving leaving = Leaving.decode(stored.body());
    reader.seek(position);
    boolean _ = reader.next();
    boolean isThere = reader.next();
    Repaired.Became became = isThere ? became(reader.kind()) : Repaired.Became.DUPLICATE;
    return new Left(
        Instant.ofEpochMilli(stored.header().arrivalMillis()),
        leaving.repair() < 0 ? Optional.empty() : deed(reader.read(leaving.repair())),
        became,
        isThere ? reader.position() : position);
  }

  /// What came again over the wire is counted, and its record may follow later.
  private static Repaired.Became became(RecordKind kind) {
    return switch (kind) {
      case OBSERVATION -> Repaired.Became.OBSERVATION;
      case OUTCOME -> Repaired.Became.OUTCOME;
      case QUARANTINED -> Repaired.Became.QUARANTINED;
      case SCHEMA, FILE_OPENED, FILE_FINISHED, DECISION, REPLAYED, DUPLICATE, CONTROL ->
          Repaired.Became.DUPLICATE;
    };
  }
}
