package io.cromford.features.scalar;

import io.cromford.features.plan.Expression.Operator;
import java.time.LocalDate;
import java.util.function.LongUnaryOperator;

/// Parts of a timestamp, in UTC.
final class Extracts {
  private static final long MINUTE = 60_000;
  private static final long HOUR = 60 * MINUTE;
  private static final long DAY = 24 * HOUR;

  private Extracts() {}

  static SlotFunction compile(Operator operator, SlotFunction time) {
    return switch (operator) {
      case EXTRACT_YEAR -> part(time, millis -> date(millis).getYear());
      case EXTRACT_MONTH -> part(time, millis -> date(millis).getMonthValue());
      case EXTRACT_DAY -> part(time, millis -> date(millis).getDayOfMonth());
      case EXTRACT_DOY -> part(time, millis -> date(millis).getDayOfYear());
      case EXTRACT_HOUR -> part(time, millis -> Math.floorMod(millis, DAY) / HOUR);
      case EXTRACT_MINUTE -> part(time, millis -> Math.floorMod(millis, HOUR) / MINUTE);
      case EXTRACT_SECOND -> part(time, millis -> Math.floorMod(millis, MINUTE) / 1000);
      // 1970-01-01 was a Thursday, day 4.
      case EXTRACT_ISODOW ->
          part(time, millis -> Math.floorMod(Math.floorDiv(millis, DAY) + 3, 7) + 1);
      case EXTRACT_EPOCH -> part(time, millis -> Double.doubleToRawLongBits(millis / 1000.0));
      default -> throw new IllegalArgumentException(operator + " is no part of a timestamp");
    };
  }

  private static SlotFunction part(SlotFunction time, LongUnaryOperator function) {
    return cells -> {
      long millis = time.at(cells);
      return cells.wasNull ? 0 : function.applyAsLong(millis);
    };
  }

  private static LocalDate date(long millis) {
    return LocalDate.ofEpochDay(Math.floorDiv(millis, DAY));
  }
}
