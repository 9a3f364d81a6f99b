package io.cromford.flywheel;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/// Who served when, and why: a fold over the records of promotions and roll-backs.
///
/// Immutable; [#with] gives the next state. The aliases `champion` and `challenger` are what the
/// last events made them.
///
/// @param stints in the order of service; the last one is still serving
/// @param challenger the version that waits for a person, or shadows; absent if none
public record ServiceHistory(List<Stint> stints, Optional<String> challenger) {
  /// Something that changed who serves, or who may.
  public sealed interface Event {
    /// When, in the factory's clock, milliseconds since 1970-01-01T00:00Z.
    long atMillis();

    /// A version starts serving.
    ///
    /// @param reasons why, at least one
    record Promoted(long atMillis, String version, List<String> reasons) implements Event {
      /// Copies the reasons.
      public Promoted {
        reasons = List.copyOf(reasons);
      }
    }

    /// The version that served before the present one serves again.
    record RolledBack(long atMillis, String reason) implements Event {}

    /// A version passed the gate and waits for a person.
    record Proposed(long atMillis, String version, List<String> reasons) implements Event {
      /// Copies the reasons.
      public Proposed {
        reasons = List.copyOf(reasons);
      }
    }

    /// A challenger did not pass, or was turned down.
    record Withdrawn(long atMillis, String version, List<String> reasons) implements Event {
      /// Copies the reasons.
      public Withdrawn {
        reasons = List.copyOf(reasons);
      }
    }
  }

  /// A time in which one version served without interruption.
  ///
  /// @param version which
  /// @param fromMillis inclusive
  /// @param untilMillis exclusive; `Long.MAX_VALUE` for the one that still serves
  /// @param reasons why it began
  public record Stint(String version, long fromMillis, long untilMillis, List<String> reasons) {
    /// Copies the reasons.
    public Stint {
      reasons = List.copyOf(reasons);
    }

    Stint endedAt(long millis) {
      return new Stint(version, fromMillis, millis, reasons);
    }
  }

  /// Nobody has served yet.
  public static final ServiceHistory EMPTY = new ServiceHistory(List.of(), Optional.empty());

  /// Copies the stints.
  public ServiceHistory {
    stints = List.copyOf(stints);
  }

  /// The history after an event.
  ///
  /// @throws IllegalArgumentException if it lies before the last one
  /// @throws IllegalStateException if there is nobody to roll back to
  public ServiceHistory with(Event event) {
    return switch (event) {
      case Event.Promoted(long at, String version, List<String> reasons) ->
          new ServiceHistory(
              following(at, version, reasons), challenger.filter(other -> !other.equals(version)));
      case Event.RolledBack(long at, String reason) ->
          new ServiceHistory(following(at, former(), List.of(reason)), challenger);
      case Event.Proposed proposed -> new ServiceHistory(stints, Optional.of(proposed.version()));
      case Event.Withdrawn withdrawn ->
          new ServiceHistory(
              stints, challenger.filter(other -> !other.equals(withdrawn.version())));
    };
  }

  /// The version that serves; absent before the first.
  public Optional<String> champion() {
    return stints.isEmpty() ? Optional.empty() : Optional.of(stints.getLast().version());
  }

  /// The very first version, which shadows to the end as the yardstick; absent before it.
  public Optional<String> first() {
    return stints.isEmpty() ? Optional.empty() : Optional.of(stints.getFirst().version());
  }

  /// The version that served at a moment; absent before the first.
  public Optional<String> championAt(long millis) {
    return stints.stream()
        .filter(stint -> stint.fromMillis() <= millis && millis < stint.untilMillis())
        .map(Stint::version)
        .findFirst();
  }

  /// The version that a roll-back would bring: the last one before the champion that is another.
  public Optional<String> rollbackTarget() {
    return champion()
        .flatMap(current ->
            stints.reversed().stream()
                .map(Stint::version)
                .filter(version -> !version.equals(current))
                .findFirst());
  }

  /// The versions whose features must be kept up to date: those that serve, or served within the
  /// time that they are kept warm, and the first.
  public List<String> warm(long nowMillis, Duration keepWarm) {
    TreeSet<String> versions = new TreeSet<>();
    first().ifPresent(versions::add);
    challenger.ifPresent(versions::add);
    stints.stream()
        .filter(stint -> stint.untilMillis() > nowMillis - keepWarm.toMillis())
        .map(Stint::version)
        .forEach(versions::add);
    return List.copyOf(versions);
  }

  /// How often the version changed after the first one began to serve.
  public int swaps() {
    return Math.max(0, stints.size() - 1);
  }

  private String former() {
    return rollbackTarget()
        .orElseThrow(() -> new IllegalStateException("no version served before the champion"));
  }

  private List<Stint> following(long at, String version, List<String> reasons) {
    List<Stint> next = new ArrayList<>(stints);
    if (!next.isEmpty()) {
      Stint last = next.removeLast();
      if (at < last.fromMillis()) {
        throw new IllegalArgumentException(
            "an event at " + at + " ms after one at " + last.fromMillis() + " ms");
      }
      next.add(last.endedAt(at));
    }
    next.add(new Stint(version, at, Long.MAX_VALUE, reasons));
    return next;
  }
}
