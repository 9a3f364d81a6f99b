package io.cromford.intake;

import java.time.ZoneId;

/// Parses ISO 8601 times from ASCII to milliseconds since 1970: `yyyy-MM-dd(T|
/// )HH:mm[:ss[.digits]][Z|±HH[[:]mm]]`.
///
/// No pattern, no object: a time takes some tens of nanoseconds. Not for threads.
final class TimestampParser {
  private static final int MILLIS_PER_DAY = 86_400_000;
  private static final int MAX_OFFSET_MINUTES = 18 * 60;
  private static final int[] DAYS_IN_MONTH = {31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};

  /// The shortest is `yyyy-MM-ddTHH:mm`.
  private static final int SHORTEST = 16;

  private final LocalTimes zone;
  private long value;

  /// @param zone the zone of times that name none
  TimestampParser(ZoneId zone) {
    this.zone = new LocalTimes(zone);
  }

  /// The time last parsed.
  long value() {
    return value;
  }

  /// Parses a time.
  ///
  /// @param round whether to round what is finer than a millisecond, half up
  Verdict parse(byte[] bytes, int from, int to, boolean round) {
    if (to - from < SHORTEST || !isShaped(bytes, from)) {
      return Verdict.NOT_OF_TYPE;
    }
    long day = day(bytes, from);
    int hour = two(bytes, from + 11, 23);
    int minute = two(bytes, from + 14, 59);
    if (day == Long.MIN_VALUE || hour < 0 || minute < 0) {
      return Verdict.NOT_OF_TYPE;
    }
    long local = day * MILLIS_PER_DAY + (hour * 60L + minute) * 60_000;
    int at = from + SHORTEST;
    if (at == to || bytes[at] != ':') {
      return zoned(bytes, at, to, local, false);
    }
    int second = at + 3 <= to ? two(bytes, at + 1, 59) : -1;
    if (second < 0) {
      return Verdict.NOT_OF_TYPE;
    }
    return fraction(bytes, at + 3, to, local + second * 1000L, round);
  }

  private static boolean isShaped(byte[] bytes, int from) {
    byte between = bytes[from + 10];
    return bytes[from + 4] == '-'
        && bytes[from + 7] == '-'
        && (between == 'T' || between == ' ' || between == 't')
        && bytes[from + 13] == ':';
  }

  private Verdict fraction(byte[] bytes, int from, int to, long local, boolean round) {
    if (from == to || bytes[from] != '.') {
      return zoned(bytes, from, to, local, false);
    }
    int millis = 0;
    boolean finer = false;
    boolean up = false;
    int at = from + 1;
    for (; at < to && isDigit(bytes[at]); at++) {
      int digit = bytes[at] - '0';
      int place = at - from;
      if (place <= 3) {
        millis += digit * (place == 1 ? 100 : place == 2 ? 10 : 1);
      } else {
        finer |= digit != 0;
        up |= place == 4 && digit >= 5;
      }
    }
    if (at == from + 1) {
      return Verdict.NOT_OF_TYPE;
    }
    return zoned(bytes, at, to, local + millis + (up && round ? 1 : 0), finer && !round);
  }

  private Verdict zoned(byte[] bytes, int from, int to, long local, boolean tooFine) {
    Verdict verdict = from == to ? local(local) : offset(bytes, from, to, local);
    return verdict == Verdict.OK && tooFine ? Verdict.TOO_FINE : verdict;
  }

  private Verdict local(long local) {
    long offset = zone.offsetMillis(local);
    value = local - offset;
    return offset == LocalTimes.SKIPPED ? Verdict.SKIPPED_TIME : Verdict.OK;
  }

  private Verdict offset(byte[] bytes, int from, int to, long local) {
    int sign = bytes[from] == '+' ? 1 : bytes[from] == '-' ? -1 : 0;
    if (sign == 0) {
      value = local;
      boolean utc = to == from + 1 && (bytes[from] | 0x20) == 'z';
      return utc ? Verdict.OK : Verdict.NOT_OF_TYPE;
    }
    int hours = to - from >= 3 ? two(bytes, from + 1, 18) : -1;
    int minutes = minutes(bytes, from + 3, to);
    if (hours < 0 || minutes < 0 || hours * 60 + minutes > MAX_OFFSET_MINUTES) {
      return Verdict.NOT_OF_TYPE;
    }
    value = local - sign * (hours * 60L + minutes) * 60_000;
    return Verdict.OK;
  }

  private static int minutes(byte[] bytes, int from, int to) {
    if (from == to) {
      return 0;
    }
    int digits = bytes[from] == ':' ? from + 1 : from;
    return to - digits == 2 ? two(bytes, digits, 59) : -1;
  }

  /// The day since 1970, by counting from March so that the leap day is the last of its year.
  ///
  /// @return [Long#MIN_VALUE] if there is no such day
  private static long day(byte[] bytes, int from) {
    int century = two(bytes, from, 99);
    int yearOfCentury = two(bytes, from + 2, 99);
    int month = two(bytes, from + 5, 12);
    int day = two(bytes, from + 8, 31);
    if (century < 0 || yearOfCentury < 0 || month < 1 || day < 1) {
      return Long.MIN_VALUE;
    }
    int year = century * 100 + yearOfCentury;
    if (day > DAYS_IN_MONTH[month - 1] || (month == 2 && day == 29 && !isLeap(year))) {
      return Long.MIN_VALUE;
    }
    int marchYear = month > 2 ? year : year - 1;
    int marchMonth = month > 2 ? month - 3 : month + 9;
    int dayOfYear = (153 * marchMonth + 2) / 5 + day - 1;
    return 365L * marchYear
        + Math.floorDiv(marchYear, 4)
        - Math.floorDiv(marchYear, 100)
        + Math.floorDiv(marchYear, 400)
        + dayOfYear
        - 719_468;
  }

  private static boolean isLeap(int year) {
    return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
  }

  private static int two(byte[] bytes, int at, int most) {
    int tens = bytes[at] - '0';
    int ones = bytes[at + 1] - '0';
    if (tens < 0 || tens > 9 || ones < 0 || ones > 9) {
      return -1;
    }
    int value = tens * 10 + ones;
    return value > most ? -1 : value;
  }

  private static boolean isDigit(byte b) {
    return b >= '0' && b <= '9';
  }
}
