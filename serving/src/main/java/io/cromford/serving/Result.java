package io.cromford.serving;

import io.cromford.core.ErrorCode;
import java.util.List;

/// What became of one submission. Everything but [Failed] is in the ledger, synced to disk.
public sealed interface Result {
  /// An observation was decided on.
  record Decided(Decision decision) implements Result {}

  /// An outcome, or an observation while no model serves, was taken in.
  ///
  /// @param id the observation's id
  record Accepted(String id) implements Result {}

  /// The same record was there before.
  ///
  /// @param id the observation's id
  /// @param decision what was decided then; empty for an outcome or where no model served
  record AlreadyKnown(String id, List<Decision> decision) implements Result {
    /// Copies the list.
    public AlreadyKnown {
      decision = List.copyOf(decision);
    }
  }

  /// The record broke its contract, or its id is known with another body; it lies in quarantine.
  ///
  /// @param code RECORD_REFUSED or ID_CONFLICT
  /// @param rule the rule that it broke
  /// @param column the column it is about; empty if it is about the whole record
  /// @param message what is wrong, without the value, and advice on a new line
  record Refused(ErrorCode code, String rule, String column, String message) implements Result {}

  /// The factory could not take it; nothing is known of it, and it may be sent again.
  ///
  /// @param code UNAVAILABLE, STORAGE, STATE_CONFLICT or INTERNAL
  /// @param message why, and advice on a new line
  record Failed(ErrorCode code, String message) implements Result {}
}
