package io.cromford.intake;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.List;

/// The offsets of a zone's local times, with the last answer remembered between two changes of the
/// clocks. Of a local time that occurs twice, the first is meant. Not for threads.
final class LocalTimes {
  /// Instead of an offset: the zone's clocks skip this local time.
  static final long SKIPPED = Long.MIN_VALUE;

  private final ZoneRules rules;
  private long knownFrom = Long.MAX_VALUE;
  private long knownTo = Long.MIN_VALUE;
  private long knownOffset;

  LocalTimes(ZoneId zone) {
    this.rules = zone.getRules();
    if (rules.isFixedOffset()) {
      knownFrom = Long.MIN_VALUE;
      knownTo = Long.MAX_VALUE;
      knownOffset = rules.getOffset(Instant.EPOCH).getTotalSeconds() * 1000L;
    }
  }

  /// The offset in milliseconds of a local time, itself as if it were UTC.
  long offsetMillis(long local) {
    if (local >= knownFrom && local < knownTo) {
      return knownOffset;
    }
    return find(local);
  }

  private long find(long local) {
    LocalDateTime time =
        LocalDateTime.ofEpochSecond(
            Math.floorDiv(local, 1000L),
            (int) Math.floorMod(local, 1000L) * 1_000_000,
            ZoneOffset.UTC);
    List<ZoneOffset> offsets = rules.getValidOffsets(time);
    if (offsets.isEmpty()) {
      return SKIPPED;
    }
    long offset = offsets.getFirst().getTotalSeconds() * 1000L;
    if (offsets.size() == 1) {
      remember(Instant.ofEpochMilli(local - offset), offset);
    }
    return offset;
  }

  /// Remembers the local times that certainly have this offset only: those between the changes.
  private void remember(Instant instant, long offset) {
    ZoneOffsetTransition before = rules.previousTransition(instant.plusNanos(1));
    ZoneOffsetTransition after = rules.nextTransition(instant);
    knownFrom = before == null ? Long.MIN_VALUE : edge(before, true);
    knownTo = after == null ? Long.MAX_VALUE : edge(after, false);
    knownOffset = offset;
  }

  private static long edge(ZoneOffsetTransition change, boolean later) {
    int before = change.getOffsetBefore().getTotalSeconds();
    int after = change.getOffsetAfter().getTotalSeconds();
    int shift = later ? Math.max(before, after) : Math.min(before, after);
    return (change.toEpochSecond() + shift) * 1000L;
  }
}
