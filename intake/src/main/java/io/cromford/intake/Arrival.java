package io.cromford.intake;

import java.time.Duration;

/// When a record of a file counts as arrived.
///
/// No record arrives before one that was read earlier: one out of order arrives when the clock
/// already stands.
public sealed interface Arrival {
  /// When it happened.
  record AtEventTime() implements Arrival {}

  /// A fixed delay after the observation that it judges.
  ///
  /// @param source the observation source
  /// @param column its event time
  /// @param delay not negative
  record After(String source, String column, Duration delay) implements Arrival {
    /// Checks that the delay is not negative.
    public After {
      if (delay.isNegative()) {
        throw new IllegalArgumentException(
            "an outcome cannot arrive %s after its event.\nMaybe write a delay of 0 or more."
                .formatted(delay));
      }
    }
  }
}
