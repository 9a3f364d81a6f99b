package io.cromford.features.sql;

import java.util.Locale;

/// Lengths of time as a query and as a person write them.
final class Intervals {
  private static final long[] MILLIS = {86_400_000, 3_600_000, 60_000, 1_000, 1};
  private static final String[] UNITS = {"DAY", "HOUR", "MINUTE", "SECOND", "MILLISECOND"};

  private Intervals() {}

  /// `INTERVAL '7' DAY`: in the largest unit that has a whole number.
  static String of(long millis) {
    int unit = unit(millis);
    return "INTERVAL '%d' %s".formatted(millis / MILLIS[unit], UNITS[unit]);
  }

  /// `7 days`.
  static String words(long millis) {
    int unit = unit(millis);
    long count = millis / MILLIS[unit];
    return "%d %s%s".formatted(count, UNITS[unit].toLowerCase(Locale.ROOT), count == 1 ? "" : "s");
  }

  private static int unit(long millis) {
    int unit = 0;
    while (millis == 0 ? unit < 3 : millis % MILLIS[unit] != 0) {
      unit++;
    }
    return unit;
  }
}
