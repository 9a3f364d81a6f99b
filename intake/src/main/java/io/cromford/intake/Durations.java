package io.cromford.intake;

import java.time.Duration;

/// Durations as the factory file writes them.
final class Durations {
  private Durations() {}

  /// The largest unit that is exact: `30d`, `36h`, `5m`, `90s`, `1500ms`.
  static String format(Duration duration) {
    long millis = duration.toMillis();
    if (millis % 86_400_000 == 0) {
      return millis / 86_400_000 + "d";
    }
    if (millis % 3_600_000 == 0) {
      return millis / 3_600_000 + "h";
    }
    if (millis % 60_000 == 0) {
      return millis / 60_000 + "m";
    }
    return millis % 1000 == 0 ? millis / 1000 + "s" : millis + "ms";
  }
}
