package io.cromford.features.sql;

import io.cromford.core.ColumnType;
import io.cromford.features.plan.Expression;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Numbers and timestamps as a query writes them.
final class Literals {
  private static final Pattern INSTANT =
      Pattern.compile("(\\d{4}-\\d\\d-\\d\\d)(?:[ T](\\d\\d:\\d\\d:\\d\\d)(\\.\\d{1,9})?)?");

  private Literals() {}

  /// `12` is a bigint, `1.50` a decimal(3,2), `1e3` a double.
  static @Nullable Expression number(Syntax.Numeral number, Problems problems) {
    String text = number.text();
    if (text.indexOf('e') >= 0 || text.indexOf('E') >= 0) {
      return approximate(number, problems);
    }
    if (text.length() > 64) {
      return tooLong(number, problems);
    }
    BigDecimal value = new BigDecimal(text);
    if (text.indexOf('.') < 0) {
      return value.unscaledValue().bitLength() < Long.SIZE
          ? Conversions.literal(ColumnType.BIGINT, value.longValueExact())
          : tooLong(number, problems);
    }
    int precision = Math.max(value.precision(), value.scale());
    return precision > ColumnType.MAX_PRECISION
        ? tooLong(number, problems)
        : Conversions.literal(
            ColumnType.decimal(precision, value.scale()), value.unscaledValue().longValueExact());
  }

  private static @Nullable Expression approximate(Syntax.Numeral number, Problems problems) {
    double value = Double.parseDouble(number.text());
    if (Double.isInfinite(value)) {
      problems.add(
          number.span(),
          "%s is too large for a double".formatted(number.text()),
          "write a number below 1.8e308.");
      return null;
    }
    return Conversions.literal(ColumnType.DOUBLE, Double.doubleToRawLongBits(value));
  }

  private static @Nullable Expression tooLong(Syntax.Numeral number, Problems problems) {
    problems.add(
        number.span(),
        "a number of %d digits is too long: a decimal has 18, a bigint ends at %d"
            .formatted(number.text().replaceAll("[^0-9]", "").length(), Long.MAX_VALUE),
        "write it as a double, with an exponent: 1.5e0.");
    return null;
  }

  /// TIMESTAMP '2018-04-01 12:00:00.123', in UTC.
  static @Nullable Expression instant(Syntax.Instant instant, Problems problems) {
    Matcher matcher = INSTANT.matcher(instant.value());
    if (!matcher.matches()) {
      return wrong(instant, problems, "is no timestamp");
    }
    String fraction = matcher.group(3) == null ? ".000" : matcher.group(3);
    if (fraction.length() > 4 && !fraction.substring(4).matches("0+")) {
      return wrong(instant, problems, "is finer than a millisecond");
    }
    String time = matcher.group(2) == null ? "00:00:00" : matcher.group(2);
    try {
      LocalDateTime parsed = LocalDateTime.parse(matcher.group(1) + "T" + time + fraction);
      return Conversions.literal(
          ColumnType.TIMESTAMP, parsed.toInstant(ZoneOffset.UTC).toEpochMilli());
    } catch (DateTimeException _) {
      return wrong(instant, problems, "is no timestamp");
    }
  }

  private static @Nullable Expression wrong(
      Syntax.Instant instant, Problems problems, String what) {
    problems.add(
        instant.span(),
        "'%s' %s".formatted(instant.value(), what),
        "write TIMESTAMP '2018-04-01 12:00:00.123', in UTC.");
    return null;
  }
}
