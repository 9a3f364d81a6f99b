package io.cromford.serving;

import io.cromford.core.CromfordException;
import io.cromford.core.ErrorCode;
import io.cromford.flywheel.work.ReasonCode;
import io.cromford.flywheel.work.WorkStep;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// What a person does about alerts, all of them or none.
///
/// @param step what
/// @param ids of the observations, each once; 1 to [#MOST]
/// @param by the name of who does it, at most [#LONGEST_NAME] characters
/// @param code what came of it; there for `close` alone
/// @param note what they write, at most [#LONGEST_NOTE] characters; may be empty
public record WorkOrder(
    WorkStep step, List<String> ids, String by, Optional<ReasonCode> code, String note) {
  /// The most alerts at once.
  public static final int MOST = 500;

  /// The longest name.
  public static final int LONGEST_NAME = 100;

  /// The longest note.
  public static final int LONGEST_NOTE = 1000;

  /// Checks what it says by itself.
  ///
  /// @throws CromfordException USAGE if something is missing or too much
  public WorkOrder {
    ids = List.copyOf(new LinkedHashSet<>(ids));
    note = note.strip();
    by = by.strip();
    require(!ids.isEmpty(), "no alert is named.\nMaybe send their ids: `{\"ids\": [\"123\"]}`.");
    require(
        ids.size() <= MOST,
        "%d alerts are over the limit of %d.\nMaybe send them in parts."
            .formatted(ids.size(), MOST));
    require(!by.isEmpty(), "the field `by` is missing.\nMaybe say who does it.");
    require(
        by.length() <= LONGEST_NAME && note.length() <= LONGEST_NOTE,
        "a name has at most %d characters, a note %d.\nMaybe shorten it."
            .formatted(LONGEST_NAME, LONGEST_NOTE));
    require(
        step != WorkStep.CLOSE || code.isPresent(),
        "the field `code` is missing: what came of the work.\nMaybe one of " + codes() + ".");
    boolean needsNote = step == WorkStep.NOTE || step == WorkStep.REOPEN;
    require(!needsNote || !note.isEmpty(), "the field `note` is missing.\nMaybe say why.");
  }

  /// The names of the codes, separated by commas.
  public static String codes() {
    return Arrays.stream(ReasonCode.values())
        .map(ReasonCode::text)
        .collect(Collectors.joining(", "));
  }

  private static void require(boolean holds, String message) {
    if (!holds) {
      throw new CromfordException(ErrorCode.USAGE, message);
    }
  }
}
