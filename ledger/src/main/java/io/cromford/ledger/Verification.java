package io.cromford.ledger;

import java.util.Map;

/// What a walk over a whole ledger found.
public sealed interface Verification {
  /// Every byte up to the head is what was written.
  ///
  /// @param head the last commit
  /// @param records how many committed records there are of each kind
  /// @param bytes the size of the segment files up to the head
  /// @param unfinishedBytes bytes after it that belong to no commit: one under way, or the trace of
  ///   a crash; the next writer takes them away
  record Intact(LedgerHead head, Map<RecordKind, Long> records, long bytes, long unfinishedBytes)
      implements Verification {
    /// Copies the counts.
    public Intact {
      records = Map.copyOf(records);
    }
  }

  /// Something is not what was written.
  ///
  /// @param position up to where everything is whole
  /// @param file the segment file
  /// @param what the flaw, for a person
  record Damaged(long position, String file, String what) implements Verification {}
}
