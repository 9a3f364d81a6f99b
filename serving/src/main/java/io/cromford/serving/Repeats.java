package io.cromford.serving;

import java.util.HashMap;
import java.util.Map;

/// Duplicates over the wire, counted at once and written together: one record a source and minute,
/// however often somebody repeats a request. What a crash cuts off is the count of the last minute
/// at most, never a record. For the owning thread.
final class Repeats {
  private static final long EVERY_MILLIS = 60_000;

  private final Map<SourceBook, Pending> pending = new HashMap<>();

  private static final class Pending {
    private long writtenMillis = Long.MIN_VALUE;
    private long original;
    private long count;
  }

  /// Writes what was counted.
  @FunctionalInterface
  interface Writer {
    void write(SourceBook source, Duplicates record, long arrival);
  }

  /// Counts one.
  ///
  /// @param original the position of what it repeats
  void count(SourceBook source, long original, long arrival, Writer writer) {
    Pending mine = pending.computeIfAbsent(source, _ -> new Pending());
    mine.original = original;
    mine.count++;
    if (mine.writtenMillis == Long.MIN_VALUE || arrival - mine.writtenMillis >= EVERY_MILLIS) {
      write(source, mine, arrival, writer);
    }
  }

  /// Whether something is left to be written.
  boolean hasCounted() {
    return pending.values().stream().anyMatch(mine -> mine.count > 0);
  }

  /// Writes what is left.
  void flush(long arrival, Writer writer) {
    pending.forEach((source, mine) -> {
      if (mine.count > 0) {
        write(source, mine, arrival, writer);
      }
    });
  }

  private static void write(SourceBook source, Pending mine, long arrival, Writer writer) {
    writer.write(source, new Duplicates(Place.LIVE, mine.original, mine.count), arrival);
    mine.count = 0;
    mine.writtenMillis = arrival;
  }
}
