package io.cromford.core;

import java.math.BigDecimal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Values as a person writes them.
public final class Values {
  private Values() {}

  /// The text of a value that is not null: `12.34`, `true`, `2018-04-01T00:00:31Z`.
  ///
  /// @param slot the slot, as said at [ColumnType]
  /// @param text the text of a `VARCHAR`
  public static String format(ColumnType type, long slot, @Nullable String text) {
    return switch (type.kind()) {
      case BIGINT -> Long.toString(slot);
      case DOUBLE -> Double.toString(Double.longBitsToDouble(slot));
      case DECIMAL -> BigDecimal.valueOf(slot, type.scale()).toPlainString();
      case BOOLEAN -> slot != 0 ? "true" : "false";
      case TIMESTAMP -> Instant.ofEpochMilli(slot).toString();
      case VARCHAR -> String.valueOf(text);
    };
  }
}
