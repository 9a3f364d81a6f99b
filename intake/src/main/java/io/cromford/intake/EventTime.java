package io.cromford.intake;

import java.time.Duration;
import java.time.ZoneId;

/// When a record happened, and how far from the factory's clock that may be.
///
/// @param column a timestamp column, not nullable
/// @param zone the zone of times that name none
/// @param maxAhead how far ahead of the clock an event may be, not negative
/// @param maxLate how far behind the clock an event may be, not negative
public record EventTime(String column, ZoneId zone, Duration maxAhead, Duration maxLate) {
  /// Checks that neither limit is negative.
  public EventTime {
    if (maxAhead.isNegative() || maxLate.isNegative()) {
      throw new IllegalArgumentException(
          "max-ahead %s and max-late %s are not both 0 or more".formatted(maxAhead, maxLate));
    }
  }
}
