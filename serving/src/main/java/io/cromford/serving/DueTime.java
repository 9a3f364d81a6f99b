package io.cromford.serving;

import io.cromford.core.Row;
import io.cromford.intake.Arrival;
import java.time.Duration;

/// When a record of a file would have arrived, had it not been refused at once.
final class DueTime {
  private DueTime() {}

  /// @param place where it stood
  /// @param row its values, as they are by now
  /// @param now the factory's time
  /// @return 0 for what arrived over the wire, or judges what nobody knows
  static long millis(Books books, SourceBook source, Place place, Row row, long now) {
    if (place.file() < 0) {
      return 0;
    }
    return switch (source.definition().timing().arrival()) {
      case Arrival.AtEventTime() -> Math.min(now, source.contract().eventMillis(row));
      case Arrival.After(_, _, Duration delay) -> {
        int judged = books.ids().find(row, source.idColumn());
        yield judged < 0 ? 0 : books.eventMillis(judged) + delay.toMillis();
      }
    };
  }
}
