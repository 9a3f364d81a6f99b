package io.cromford.ledger;

import io.cromford.core.CromfordException;
import io.cromford.core.ErrorCode;
import java.io.IOException;

/// The failures that several classes of the ledger report, worded once.
final class LedgerTrouble {
  private LedgerTrouble() {}

  /// Bytes are not what was written.
  static CromfordException corrupt(String label, long position, String what) {
    return new CromfordException(
        ErrorCode.LEDGER_CORRUPT,
        "%s: the ledger is damaged at position %d: %s.\nMaybe see `cromford ledger verify`, and restore the ledger's folder from a backup; what lies before that position is whole."
            .formatted(label, position, what));
  }

  /// The disk refused.
  static CromfordException storage(String label, String what, IOException cause) {
    return new CromfordException(
        ErrorCode.STORAGE,
        "%s: %s: %s.\nMaybe there is no room left on the disk, or the folder is not writable."
            .formatted(label, what, reason(cause)),
        cause);
  }

  private static String reason(IOException cause) {
    String message = cause.getMessage();
    String name = cause.getClass().getSimpleName();
    return message == null
        ? name
        : cause instanceof java.nio.file.FileSystemException ? name + " " + message : message;
  }
}
