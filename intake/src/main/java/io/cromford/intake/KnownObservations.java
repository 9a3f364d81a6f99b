package io.cromford.intake;

import org.jspecify.annotations.Nullable;

/// The observations that the factory has accepted, by id.
@FunctionalInterface
public interface KnownObservations {
  /// Instead of an event time: no observation has that id.
  long UNKNOWN = Long.MIN_VALUE;

  /// No observation is known.
  KnownObservations NONE = (_, _, _) -> UNKNOWN;

  /// The event time of an observation.
  ///
  /// @param source the observation source
  /// @param slot the id's slot in a row
  /// @param text the id, if it is a text
  /// @return milliseconds since 1970, or [#UNKNOWN]
  long eventMillis(String source, long slot, @Nullable String text);
}
