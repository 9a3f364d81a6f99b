package io.cromford.serving;

import io.cromford.core.CromfordException;
import io.cromford.core.ErrorCode;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// A person's stop to what the flywheel does by itself: nothing is trained or promoted while it is
/// on. Decisions go on, what persons do to who serves, and that a champion is taken back on a
/// breach.
///
/// @param since the factory time from which on it holds
/// @param reason why, in words
/// @param by who said so
public record Brake(Instant since, String reason, String by) {
  /// The brake that is on after these records; empty if none is.
  static Optional<Brake> of(List<Control> controls) {
    Optional<Brake> brake = Optional.empty();
    for (Control control : controls) {
      if (control instanceof Control.Frozen(long at, String reason, String by)) {
        brake = Optional.of(new Brake(Instant.ofEpochMilli(at), reason, by));
      } else if (control instanceof Control.Resumed) {
        brake = Optional.empty();
      }
    }
    return brake;
  }

  /// Puts the brake on.
  ///
  /// @throws CromfordException STATE_CONFLICT if it is on
  static Control freeze(List<Control> controls, long now, String reason, String by) {
    Succession.requireReason(reason);
    of(controls)
        .ifPresent(brake -> {
          throw new CromfordException(
              ErrorCode.STATE_CONFLICT,
              "the flywheel is frozen already, %s.\nMaybe `cromford flywheel resume` first."
                  .formatted(brake));
        });
    return new Control.Frozen(now, reason, by);
  }

  /// Takes the brake off.
  ///
  /// @throws CromfordException STATE_CONFLICT if it is off
  static Control resume(List<Control> controls, long now, String reason, String by) {
    Succession.requireReason(reason);
    if (of(controls).isEmpty()) {
      throw new CromfordException(
          ErrorCode.STATE_CONFLICT,
          "the flywheel is not frozen.\nMaybe somebody else resumed it: `cromford models list`.");
    }
    return new Control.Resumed(now, reason, by);
  }

  /// Why nothing is trained at a boundary.
  String stands() {
    return "the flywheel is frozen, " + this;
  }

  /// Since when, by whom and why.
  @Override
  public String toString() {
    return "since %s by %s: %s".formatted(since, by, reason);
  }
}
