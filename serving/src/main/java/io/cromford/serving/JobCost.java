package io.cromford.serving;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// What long work is expected to take, before it starts.
///
/// @param rows observations
/// @param time by how long the like took before; zero if nothing like it was done yet
/// @param memoryBytes of heap that it takes meanwhile
/// @param diskBytes that it takes
public record JobCost(long rows, Duration time, long memoryBytes, long diskBytes) {
  private static final long MEGA = 1 << 20;

  /// In words: `1,754,155 rows, about 8 s, 28 MB of memory, 250 MB of disk`.
  @Override
  public String toString() {
    List<String> parts = new ArrayList<>();
    parts.add(String.format(Locale.ROOT, "%,d rows", rows));
    parts.add(
        time.isZero()
            ? "for a time that is not known yet"
            : String.format(Locale.ROOT, "about %,d s", Math.max(1, time.toSeconds())));
    if (memoryBytes > 0) {
      parts.add(String.format(Locale.ROOT, "%,d MB of memory", 1 + memoryBytes / MEGA));
    }
    if (diskBytes > 0) {
      parts.add(String.format(Locale.ROOT, "%,d MB of disk", 1 + diskBytes / MEGA));
    }
    return String.join(", ", parts);
  }
}
