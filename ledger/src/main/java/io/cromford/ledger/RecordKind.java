package io.cromford.ledger;

import org.jspecify.annotations.Nullable;

/// What a record is about. The byte codes are part of the format and never change their meaning.
public enum RecordKind {
  /// A source's schema or contract, declared.
  SCHEMA(2),
  /// A file of a source was opened; its rows follow.
  FILE_OPENED(3),
  /// A file of a source was read to its end.
  FILE_FINISHED(4),
  /// An event to be decided on.
  OBSERVATION(5),
  /// The truth about an observation.
  OUTCOME(6),
  /// What the factory decided on an observation.
  DECISION(7),
  /// A row that broke its contract, whole, with the reason.
  QUARANTINED(8),
  /// A quarantined row was repaired and replayed.
  REPLAYED(9),
  /// A row whose id was there before.
  DUPLICATE(10),
  /// Something the factory did or was told: a tick, a training, a promotion, a configuration.
  CONTROL(11);

  /// The code of the frame that ends a batch; it is no record and readers do not show it.
  static final int COMMIT_CODE = 1;

  private static final RecordKind[] KINDS = values();
  private static final int FIRST_CODE = 2;

  private final byte code;

  RecordKind(int code) {
    this.code = (byte) code;
  }

  /// The byte that stands for this kind on disk, 2 to 127.
  public byte code() {
    return code;
  }

  /// The kind of a byte code, null if there is none.
  static @Nullable RecordKind find(int code) {
    int at = code - FIRST_CODE;
    return at >= 0 && at < KINDS.length ? KINDS[at] : null;
  }
}
