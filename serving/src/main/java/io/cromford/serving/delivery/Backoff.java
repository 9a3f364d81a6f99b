package io.cromford.serving.delivery;

import java.time.Duration;

/// How long to wait after failures in a row: twice as long each time, from a second to five
/// minutes, less up to a half by chance, so that many who wait do not come back at once.
final class Backoff {
  private static final Duration FIRST = Duration.ofSeconds(1);
  private static final Duration LONGEST = Duration.ofMinutes(5);

  private Backoff() {}

  /// @param failures in a row, ≥ 1
  /// @param chance in [0, 1)
  static Duration after(long failures, double chance) {
    long doublings = Math.min(failures - 1, 20);
    long most = Math.min(LONGEST.toMillis(), FIRST.toMillis() << doublings);
    return Duration.ofMillis(most - (long) (chance * most / 2));
  }
}
