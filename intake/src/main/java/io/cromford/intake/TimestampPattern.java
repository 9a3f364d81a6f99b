package io.cromford.intake;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoField;
import java.time.temporal.TemporalAccessor;
import java.time.temporal.TemporalQueries;
import java.util.Locale;
import java.util.OptionalLong;

/// A declared way to write times that are not ISO 8601. Slow: some microseconds a value.
final class TimestampPattern {
  private static final String EPOCH_SECONDS = "epoch-seconds";
  private static final String EPOCH_MILLIS = "epoch-millis";

  private final String pattern;
  private final ZoneId zone;
  private final DateTimeFormatter formatter;

  TimestampPattern(String pattern, ZoneId zone) {
    this.pattern = pattern;
    this.zone = zone;
    this.formatter = isEpoch(pattern) ? DateTimeFormatter.ISO_INSTANT : formatter(pattern);
  }

  /// Checks a pattern.
  ///
  /// @throws IllegalArgumentException if it is none
  static void check(String column, String pattern) {
    if (isEpoch(pattern)) {
      return;
    }
    try {
      formatter(pattern);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "the timestamp pattern `%s` of column `%s` does not hold: %s.\n"
                  .formatted(pattern, column, e.getMessage())
              + "Maybe write it like `dd/MM/yyyy HH:mm:ss`, `epoch-seconds` or `epoch-millis`.",
          e);
    }
  }

  /// The milliseconds since 1970 that a text stands for.
  ///
  /// @return empty if it does not fit the pattern, or is no time of the zone
  OptionalLong parse(String text) {
    try {
      return switch (pattern) {
        case EPOCH_SECONDS -> OptionalLong.of(Math.multiplyExact(Long.parseLong(text), 1000L));
        case EPOCH_MILLIS -> OptionalLong.of(Long.parseLong(text));
        default -> parseFormatted(text);
      };
    } catch (DateTimeException | ArithmeticException | NumberFormatException _) {
      return OptionalLong.empty();
    }
  }

  private OptionalLong parseFormatted(String text) {
    TemporalAccessor found = formatter.parse(text);
    if (found.isSupported(ChronoField.INSTANT_SECONDS)) {
      return OptionalLong.of(
          found.getLong(ChronoField.INSTANT_SECONDS) * 1000
              + found.get(ChronoField.MILLI_OF_SECOND));
    }
    LocalDate date = LocalDate.from(found);
    LocalDateTime local =
        found.query(TemporalQueries.localTime()) == null
            ? date.atStartOfDay()
            : LocalDateTime.from(found);
    var offsets = zone.getRules().getValidOffsets(local);
    return offsets.isEmpty()
        ? OptionalLong.empty()
        : OptionalLong.of(local.toInstant(offsets.getFirst()).toEpochMilli());
  }

  private static boolean isEpoch(String pattern) {
    return pattern.equals(EPOCH_SECONDS) || pattern.equals(EPOCH_MILLIS);
  }

  /// People write `yyyy`, which is the year of an era and strictly needs the era; `uuuu` is meant.
  private static String withYears(String pattern) {
    StringBuilder text = new StringBuilder(pattern);
    boolean quoted = false;
    for (int i = 0; i < text.length(); i++) {
      quoted ^= text.charAt(i) == '\'';
      if (!quoted && text.charAt(i) == 'y') {
        text.setCharAt(i, 'u');
      }
    }
    return text.toString();
  }

  private static DateTimeFormatter formatter(String pattern) {
    return new DateTimeFormatterBuilder()
        .appendPattern(withYears(pattern))
        .toFormatter(Locale.ROOT)
        .withResolverStyle(ResolverStyle.STRICT);
  }
}
