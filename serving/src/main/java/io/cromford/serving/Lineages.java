package io.cromford.serving;

import io.cromford.core.CromfordException;
import io.cromford.core.ErrorCode;
import io.cromford.ledger.RecordKind;
import io.cromford.ledger.StoredRecord;
import java.time.Instant;
import java.util.Optional;
import java.util.function.LongFunction;

/// Tells where observations and outcomes came from, by what the ledger has of it.
final class Lineages {
  /// A frame's bytes without its body, see docs/ledger-format.md.
  private static final int FRAME_BYTES = 48;

  private final Books books;
  private final LongFunction<StoredRecord> read;

  /// @param read reads a record of the ledger by its position
  Lineages(Books books, LongFunction<StoredRecord> read) {
    this.books = books;
    this.read = read;
  }

  /// Where an observation or outcome came from.
  Lineage of(StoredRecord record) {
    Place place = Place.read(record.body());
    boolean isFile = place.file() >= 0;
    return new Lineage(
        books.source(record.header().origin().source()).name(),
        isFile ? SourceFile.shown(books.fileName(place.file())) : "",
        isFile ? place.row() + 1 : 0,
        Instant.ofEpochMilli(record.header().arrivalMillis()),
        record.position(),
        detour(record.position()));
  }

  /// What came out of quarantine stands right behind the record that says so, in one commit with
  /// it. A frame names its own position, so that nothing else passes for it.
  private Optional<Lineage.Detour> detour(long position) {
    for (int bytes : Leaving.BODY_BYTES) {
      Optional<Lineage.Detour> found = leaving(position - FRAME_BYTES - bytes).map(this::detour);
      if (found.isPresent()) {
        return found;
      }
    }
    return Optional.empty();
  }

  private Optional<Leaving> leaving(long position) {
    if (position <= 0) {
      return Optional.empty();
    }
    try {
      StoredRecord before = read.apply(position);
      return before.header().kind() == RecordKind.REPLAYED
          ? Optional.of(Leaving.decode(before.body()))
          : Optional.empty();
    } catch (CromfordException e) {
      if (e.code() == ErrorCode.LEDGER_CORRUPT) {
        return Optional.empty();
      }
      throw e;
    }
  }

  private Lineage.Detour detour(Leaving leaving) {
    Quarantined record = Quarantined.decode(read.apply(leaving.row()).body());
    return new Lineage.Detour(
        leaving.row(),
        record.line(),
        leaving.repair() < 0
            ? Optional.empty()
            : QuarantineTrail.deed(read.apply(leaving.repair())));
  }
}
