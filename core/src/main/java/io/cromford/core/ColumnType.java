package io.cromford.core;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The type of a column: what its values are and how they lie in the 64 bits of a [Row]'s slot.
///
/// | kind | slot |
/// |---|---|
/// | `BIGINT` | the value |
/// | `DOUBLE` | `Double.doubleToRawLongBits` |
/// | `DECIMAL` | the unscaled value: 12.34 as decimal(10,2) is 1234 |
/// | `BOOLEAN` | 0 or 1 |
/// | `TIMESTAMP` | milliseconds since 1970-01-01T00:00:00Z |
/// | `VARCHAR` | unused, the text lies beside it |
///
/// @param kind the kind of value
/// @param precision digits in all, 1 to 18, for a decimal; else 0
/// @param scale digits after the point, 0 to precision, for a decimal; else 0
public record ColumnType(Kind kind, int precision, int scale) {
  /// The kinds of value a column can have.
  public enum Kind {
    /// 64-bit signed integer.
    BIGINT,
    /// IEEE 754 binary64; NaN and infinities never enter a row.
    DOUBLE,
    /// Fixed-point decimal of at most 18 digits.
    DECIMAL,
    /// True or false.
    BOOLEAN,
    /// Instant with millisecond resolution.
    TIMESTAMP,
    /// Unicode text.
    VARCHAR
  }

  /// 64-bit signed integer.
  public static final ColumnType BIGINT = new ColumnType(Kind.BIGINT, 0, 0);

  /// IEEE 754 binary64.
  public static final ColumnType DOUBLE = new ColumnType(Kind.DOUBLE, 0, 0);

  /// True or false.
  public static final ColumnType BOOLEAN = new ColumnType(Kind.BOOLEAN, 0, 0);

  /// Instant with millisecond resolution.
  public static final ColumnType TIMESTAMP = new ColumnType(Kind.TIMESTAMP, 0, 0);

  /// Unicode text.
  public static final ColumnType VARCHAR = new ColumnType(Kind.VARCHAR, 0, 0);

  /// The most digits a decimal can have, so that every value fits in 64 bits.
  public static final int MAX_PRECISION = 18;

  private static final Pattern DECIMAL =
      Pattern.compile("decimal\\(\\s*(\\d{1,3})\\s*,\\s*(\\d{1,3})\\s*\\)");

  /// Checks that precision and scale fit the kind.
  public ColumnType {
    boolean fits =
        kind == Kind.DECIMAL
            ? precision >= 1 && precision <= MAX_PRECISION && scale >= 0 && scale <= precision
            : precision == 0 && scale == 0;
    if (!fits) {
      throw new IllegalArgumentException(
          "%s(%d,%d) is not a type".formatted(kind, precision, scale));
    }
  }

  /// A decimal type.
  ///
  /// @param precision digits in all, 1 to 18
  /// @param scale digits after the point, 0 to precision
  public static ColumnType decimal(int precision, int scale) {
    return new ColumnType(Kind.DECIMAL, precision, scale);
  }

  /// Reads a type as the factory file writes it: `bigint`, `double`, `boolean`, `timestamp`,
  /// `varchar` or `decimal(10,2)`.
  ///
  /// @return empty if the text names no type
  public static Optional<ColumnType> parse(String text) {
    return switch (text.strip()) {
      case "bigint" -> Optional.of(BIGINT);
      case "double" -> Optional.of(DOUBLE);
      case "boolean" -> Optional.of(BOOLEAN);
      case "timestamp" -> Optional.of(TIMESTAMP);
      case "varchar" -> Optional.of(VARCHAR);
      case String other -> parseDecimal(other);
    };
  }

  private static Optional<ColumnType> parseDecimal(String text) {
    Matcher matcher = DECIMAL.matcher(text);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    int precision = Integer.parseInt(matcher.group(1));
    int scale = Integer.parseInt(matcher.group(2));
    boolean fits = precision >= 1 && precision <= MAX_PRECISION && scale <= precision;
    return fits ? Optional.of(decimal(precision, scale)) : Optional.empty();
  }

  /// The type as the factory file writes it.
  @Override
  public String toString() {
    return switch (kind) {
      case BIGINT -> "bigint";
      case DOUBLE -> "double";
      case DECIMAL -> "decimal(%d,%d)".formatted(precision, scale);
      case BOOLEAN -> "boolean";
      case TIMESTAMP -> "timestamp";
      case VARCHAR -> "varchar";
    };
  }
}
