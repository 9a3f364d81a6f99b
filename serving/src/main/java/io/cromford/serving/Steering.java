package io.cromford.serving;

import io.cromford.core.CromfordException;
import io.cromford.core.ErrorCode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/// Which control records changed who serves, who is on the way or what is proposed, so that a
/// person who looked at that is not overruled by what they had not seen. A fold over control
/// records.
final class Steering {
  private static final int TOLD = 3;

  private final List<FactoryHistory.Entry> changes = new ArrayList<>();

  /// Takes a control record.
  ///
  /// @param atMillis the factory time of it
  void take(Control control, long atMillis) {
    if (control.isSteering()) {
      changes.add(FactoryHistory.entry(Instant.ofEpochMilli(atMillis), control));
    }
  }

  /// The number of changes so far: the same ledger gives the same.
  String revision() {
    return Integer.toString(changes.size());
  }

  /// Holds a person to what they saw.
  ///
  /// @param seen a [#revision]; empty for whatever there is
  /// @throws CromfordException CHANGED_MEANWHILE if there is another by now
  void requireSeen(String seen) {
    if (seen.isEmpty() || seen.equals(revision())) {
      return;
    }
    throw new CromfordException(
        ErrorCode.CHANGED_MEANWHILE,
        "who serves or what is proposed has changed since you looked: %s.\nMaybe look again, and decide on what is so now."
            .formatted(since(seen)));
  }

  private String since(String seen) {
    int known = number(seen);
    if (known < 0 || known > changes.size()) {
      return "this factory never had the revision `%s`".formatted(seen);
    }
    List<FactoryHistory.Entry> missed = changes.subList(known, changes.size());
    return missed.subList(Math.max(0, missed.size() - TOLD), missed.size()).stream()
        .map(change ->
            "%s %.12s at %s, %s"
                .formatted(change.what(), change.model(), change.at(), change.text()))
        .collect(Collectors.joining("; "));
  }

  private static int number(String seen) {
    try {
      return Integer.parseInt(seen);
    } catch (NumberFormatException _) {
      return -1;
    }
  }
}
