package io.cromford.ledger;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/// Where the segments start, ascending: a segment reaches from its start to the next one's.
final class SegmentTable {
  static final SegmentTable EMPTY = new SegmentTable(new long[0]);

  private static final Pattern NAME = Pattern.compile("[0-9]{20}\\.log");

  private final long[] starts;

  private SegmentTable(long[] starts) {
    this.starts = starts;
  }

  /// The segments among the names of a folder.
  static SegmentTable of(List<String> names) {
    return new SegmentTable(
        names.stream()
            .filter(name -> NAME.matcher(name).matches())
            .mapToLong(name -> Long.parseLong(name.substring(0, 20)))
            .sorted()
            .toArray());
  }

  /// The file name of the segment that starts at a position.
  static String name(long start) {
    return String.format(Locale.ROOT, "%020d.log", start);
  }

  int size() {
    return starts.length;
  }

  long start(int index) {
    return starts[index];
  }

  /// The index of the segment that a position lies in, -1 if none starts before it.
  int find(long position) {
    int at = Arrays.binarySearch(starts, position);
    return at >= 0 ? at : -at - 2;
  }

  /// Where the segment of this index ends at the latest.
  long end(int index) {
    return index + 1 < starts.length ? starts[index + 1] : Long.MAX_VALUE;
  }

  SegmentTable plus(long start) {
    long[] more = Arrays.copyOf(starts, starts.length + 1);
    more[starts.length] = start;
    return new SegmentTable(more);
  }

  SegmentTable withoutLast() {
    return new SegmentTable(Arrays.copyOf(starts, starts.length - 1));
  }
}
