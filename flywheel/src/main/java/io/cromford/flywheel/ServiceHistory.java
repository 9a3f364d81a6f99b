package io.cromford.flywheel;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Who served when, and why: a fold over promotions and roll-backs. Immutable; [#with] gives the
/// next state.
///
/// @param stints in the order of service; the last one is still serving
public record ServiceHistory(List<Stint> stints) {
  /// A time in which one version served without interruption.
  ///
  /// @param version which
  /// @param fromMillis inclusive
  /// @param untilMillis exclusive; `Long.MAX_VALUE` for the one that still serves
  /// @param reason why it began
  public record Stint(String version, long fromMillis, long untilMillis, String reason) {
    Stint endedAt(long millis) {
      return new Stint(version, fromMillis, millis, reason);
    }
  }

  /// Nobody has served yet.
  public static final ServiceHistory EMPTY = new ServiceHistory(List.of());

  /// Copies the stints.
  public ServiceHistory {
    stints = List.copyOf(stints);
  }

  /// The history after a version began to serve.
  ///
  /// @param atMillis when, by the factory's clock
  /// @throws IllegalArgumentException if it lies before the last one
  public ServiceHistory with(long atMillis, String version, String reason) {
    List<Stint> next = new ArrayList<>(stints);
    if (!next.isEmpty()) {
      Stint last = next.removeLast();
      if (atMillis < last.fromMillis()) {
        throw new IllegalArgumentException(
            "an event at " + atMillis + " ms after one at " + last.fromMillis() + " ms");
      }
      next.add(last.endedAt(atMillis));
    }
    next.add(new Stint(version, atMillis, Long.MAX_VALUE, reason));
    return new ServiceHistory(next);
  }

  /// The version that served at a moment; absent before the first.
  public Optional<String> championAt(long millis) {
    return stints.stream()
        .filter(stint -> stint.fromMillis() <= millis && millis < stint.untilMillis())
        .map(Stint::version)
        .findFirst();
  }

  /// How often the version changed after the first one began to serve.
  public int swaps() {
    return Math.max(0, stints.size() - 1);
  }
}
