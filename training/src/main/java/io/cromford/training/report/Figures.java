package io.cromford.training.report;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Locale;

/// Numbers and dates as reports show them: the same in every locale, `–` for what is not there.
public final class Figures {
  /// What stands for a value that is not defined.
  public static final String ABSENT = "–";

  private static final int VERSION_SHOWN = 12;

  private Figures() {}

  /// A whole number with thousands separated: `1,754,155`.
  public static String whole(long value) {
    return String.format(Locale.ROOT, "%,d", value);
  }

  /// A number with so many digits after the point: `0.742`.
  public static String fixed(double value, int digits) {
    return Double.isFinite(value)
        ? minus(String.format(Locale.ROOT, "%,." + digits + "f", value))
        : ABSENT;
  }

  /// A number with about three significant digits, and no more zeros than it needs.
  public static String brief(double value) {
    if (!Double.isFinite(value)) {
      return ABSENT;
    }
    double size = Math.abs(value);
    if (size >= 100 || size == Math.rint(size)) {
      return fixed(value, 0);
    }
    int digits = size >= 10 ? 1 : size >= 1 ? 2 : size >= 0.1 ? 3 : size >= 0.001 ? 4 : 6;
    return fixed(value, digits);
  }

  /// A round number on an axis, without zeros it does not need: `0.2`.
  public static String tick(double value) {
    BigDecimal rounded = new BigDecimal(value).round(new MathContext(6, RoundingMode.HALF_EVEN));
    int digits = Math.max(0, rounded.stripTrailingZeros().scale());
    return fixed(rounded.doubleValue(), Math.min(digits, 6));
  }

  /// A share as a percentage: `0.84 %`.
  public static String percent(double share, int digits) {
    return Double.isFinite(share) ? fixed(100 * share, digits) + " %" : ABSENT;
  }

  /// A signed number: `+0.118`.
  public static String signed(double value, int digits) {
    return value > 0 ? "+" + fixed(value, digits) : fixed(value, digits);
  }

  /// An interval: `0.74 to 0.79`.
  public static String range(double low, double high, int digits) {
    return Double.isFinite(low) && Double.isFinite(high)
        ? fixed(low, digits) + " to " + fixed(high, digits)
        : ABSENT;
  }

  /// The start of a model version's id, enough to tell it from others.
  public static String version(String id) {
    return id.length() <= VERSION_SHOWN ? id : id.substring(0, VERSION_SHOWN);
  }

  /// The day of an instant in UTC: `2018-05-06`.
  public static String day(long millis) {
    return LocalDate.ofInstant(Instant.ofEpochMilli(millis), ZoneOffset.UTC).toString();
  }

  private static String minus(String text) {
    return text.startsWith("-") ? "−" + text.substring(1) : text;
  }
}
