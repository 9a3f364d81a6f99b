package io.cromford.serving;

import io.cromford.core.CromfordException;
import io.cromford.core.ErrorCode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/// Which control records changed something that persons steer, so that a person who looked at it is
/// not overruled by what they had not seen. A fold over control records.
final class Steering {
  private static final int TOLD = 3;

  private final Scope scope;
  private final List<FactoryHistory.Entry> changes = new ArrayList<>();

  Steering(Scope scope) {
    this.scope = scope;
  }

  /// What is steered.
  enum Scope {
    /// Who serves, who is on the way, what is proposed.
    SERVICE("who serves or what is proposed has"),
    /// Which policies hold, and what is proposed of them.
    POLICIES("the policies or what is proposed of them have"),
    /// What persons said of alarms.
    ALARMS("what persons said of the alarms has"),
    /// Whether the flywheel is frozen.
    BRAKE("whether the flywheel is frozen has");

    private final String words;

    Scope(String words) {
      this.words = words;
    }

    private boolean covers(Control control) {
      return switch (this) {
        case SERVICE -> control.isSteering();
        case POLICIES ->
            control instanceof Control.Configured || control instanceof Control.OfPolicies;
        case ALARMS -> control instanceof Control.OfAlarms;
        case BRAKE -> control instanceof Control.Frozen || control instanceof Control.Resumed;
      };
    }
  }

  /// Takes a control record.
  ///
  /// @param atMillis the factory time of it
  void take(Control control, long atMillis) {
    if (scope.covers(control)) {
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
        "%s changed since you looked: %s.\nMaybe look again, and decide on what is so now."
            .formatted(scope.words, since(seen)));
  }

  private String since(String seen) {
    int known = number(seen);
    if (known < 0 || known > changes.size()) {
      return "this factory never had the revision `%s`".formatted(seen);
    }
    List<FactoryHistory.Entry> missed = changes.subList(known, changes.size());
    return missed.subList(Math.max(0, missed.size() - TOLD), missed.size()).stream()
        .map(change ->
            "%s%s at %s, %s"
                .formatted(
                    change.what(),
                    change.model().isEmpty() ? "" : " %.12s".formatted(change.model()),
                    change.at(),
                    change.text()))
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
