package io.cromford.serving;

import io.cromford.core.CromfordException;
import io.cromford.core.ErrorCode;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// What a person wants to be mended of a record in quarantine.
///
/// @param row the record's number: the position of its QUARANTINED record
/// @param values what columns are to say, as text, by their names; empty for no value. The others
///   stay as they came
/// @param reason why, in words, at most [WorkOrder#LONGEST_NOTE] characters
/// @param by the name of who does it, at most [WorkOrder#LONGEST_NAME] characters
public record RepairOrder(
    long row, Map<String, Optional<String>> values, String reason, String by) {
  /// Checks what it says by itself.
  ///
  /// @throws CromfordException USAGE if something is missing or too much
  public RepairOrder {
    values = new LinkedHashMap<>(values);
    reason = reason.strip();
    by = by.strip();
    requireWho(reason, by);
  }

  /// Checks who wants something, and why.
  ///
  /// @throws CromfordException USAGE if something is missing or too much
  static void requireWho(String reason, String by) {
    require(!reason.isBlank(), "the field `reason` is missing.\nMaybe say why, in words.");
    require(!by.isBlank(), "the field `by` is missing.\nMaybe say who does it.");
    require(
        by.length() <= WorkOrder.LONGEST_NAME && reason.length() <= WorkOrder.LONGEST_NOTE,
        "a name has at most %d characters, a reason %d.\nMaybe shorten it."
            .formatted(WorkOrder.LONGEST_NAME, WorkOrder.LONGEST_NOTE));
  }

  private static void require(boolean holds, String message) {
    if (!holds) {
      throw new CromfordException(ErrorCode.USAGE, message);
    }
  }

  /// The record's number and the columns, never the values.
  @Override
  public String toString() {
    return "RepairOrder[" + row + ", " + values.keySet() + "]";
  }
}
