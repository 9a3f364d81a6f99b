package io.cromford.serving;

import io.cromford.ledger.LedgerReader;
import io.cromford.ledger.RecordKind;
import java.util.HashSet;
import java.util.Set;

/// Which of the ledger's quarantined records are still in quarantine: those that no REPLAYED record
/// names.
final class Quarantine {
  private final Set<Long> replayed = new HashSet<>();

  private Quarantine() {}

  /// Folds a ledger from its beginning to the reader's limit.
  static Quarantine of(LedgerReader reader) {
    Quarantine quarantine = new Quarantine();
    reader.seek(0);
    while (reader.next()) {
      if (reader.kind() == RecordKind.REPLAYED) {
        quarantine.replayed.add(reader.body().getLong());
      }
    }
    return quarantine;
  }

  /// Whether the quarantined record at a position was not replayed.
  boolean holds(long position) {
    return !replayed.contains(position);
  }
}
