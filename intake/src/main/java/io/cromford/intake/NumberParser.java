package io.cromford.intake;

import java.nio.charset.StandardCharsets;

/// Parses numbers from ASCII, exactly: bigints, decimals, doubles.
///
/// The grammar is that of [java.math.BigDecimal]: `[+-] (digits [. [digits]] | . digits) [(e|E)
/// [+-] digits]`. Cost is linear in the length whatever the exponent; the usual short texts take
/// one pass and no object. Not for threads.
final class NumberParser {
  /// The most bytes a number may have; no sane one comes near.
  static final int MAX_LENGTH = 4096;

  private static final long[] POWERS = powers();

  /// The most digits that fit in an unsigned 64-bit word whatever they are.
  private static final int MAX_DIGITS = 19;

  private static final int EXPONENT_LIMIT = 1_000_000_000;
  private static final double[] REAL_POWERS = realPowers();

  private long value;
  private double real;

  private boolean negative;
  private int mantissaFrom;
  private int mantissaTo;
  private int digits;
  private int digitsBeforePoint;
  private int exponent;

  /// The number last parsed, in units of 10^-scale.
  long value() {
    return value;
  }

  /// The double last parsed.
  double realValue() {
    return real;
  }

  /// 10 to the power of an exponent, 0 to 18.
  static long power(int exponent) {
    return POWERS[exponent];
  }

  /// Parses a 64-bit integer; a fraction of zeros and exponents are allowed where the value is
  /// whole.
  ///
  /// @param round whether to round a fraction, half away from zero
  Verdict bigint(byte[] bytes, int from, int to, boolean round) {
    return plain(bytes, from, to, 0, Long.MAX_VALUE)
        ? Verdict.OK
        : any(bytes, from, to, 0, 0, round);
  }

  /// Parses a decimal.
  ///
  /// @param precision digits in all, 1 to 18
  /// @param scale digits after the point
  /// @param round whether to round what is finer, half away from zero
  Verdict decimal(byte[] bytes, int from, int to, int precision, int scale, boolean round) {
    long limit = POWERS[precision];
    return plain(bytes, from, to, scale, limit)
        ? Verdict.OK
        : any(bytes, from, to, scale, limit, round);
  }

  /// Parses a double; what rounds to infinity is too large.
  Verdict real(byte[] bytes, int from, int to) {
    if (!scan(bytes, from, to)) {
      return Verdict.NOT_OF_TYPE;
    }
    real = exactReal(bytes) ? real : Double.parseDouble(ascii(bytes, from, to));
    return Double.isInfinite(real) ? Verdict.TOO_LARGE : Verdict.OK;
  }

  /// The fast path: up to 18 digits, no more after the point than the scale.
  ///
  /// @return false if the text needs [#any]; says nothing about its being a number
  private boolean plain(byte[] bytes, int from, int to, int scale, long limit) {
    boolean minus = from < to && bytes[from] == '-';
    int start = minus ? from + 1 : from;
    int point = -1;
    long units = 0;
    for (int at = start; at < to; at++) {
      int digit = bytes[at] - '0';
      if (digit >= 0 && digit <= 9) {
        units = units * 10 + digit;
      } else if (bytes[at] == '.' && point < 0) {
        point = at;
      } else {
        return false;
      }
    }
    int count = to - start - (point < 0 ? 0 : 1);
    int missing = scale - (point < 0 ? 0 : to - point - 1);
    if (count < 1 || missing < 0 || count + missing > 18) {
      return false;
    }
    units *= POWERS[missing];
    value = minus ? -units : units;
    return units < limit;
  }

  /// The general path. Digit i of the mantissa is worth 10^(digitsBeforePoint + exponent - 1 - i),
  /// so the first `digitsBeforePoint + exponent + scale` digits are kept and the next one rounds.
  ///
  /// @param limit the magnitude that is too large; 0 for that of a 64-bit integer
  private Verdict any(byte[] bytes, int from, int to, int scale, long limit, boolean round) {
    if (!scan(bytes, from, to)) {
      return Verdict.NOT_OF_TYPE;
    }
    long kept = (long) digitsBeforePoint + exponent + scale;
    long units = 0;
    int significant = 0;
    int roundingDigit = 0;
    boolean finer = false;
    int index = 0;
    for (int at = mantissaFrom; at < mantissaTo; at++) {
      int digit = bytes[at] - '0';
      if (bytes[at] == '.') {
        continue;
      }
      if (index < kept) {
        significant += units != 0 || digit != 0 ? 1 : 0;
        if (significant > MAX_DIGITS) {
          return Verdict.TOO_LARGE;
        }
        units = units * 10 + digit;
      } else {
        roundingDigit = index == kept ? digit : roundingDigit;
        finer |= digit != 0;
      }
      index++;
    }
    if (units != 0 && kept > digits) {
      if (significant + (kept - digits) > MAX_DIGITS) {
        return Verdict.TOO_LARGE;
      }
      units = shifted(units, (int) (kept - digits));
    }
    if (finer && !round) {
      return isTooLarge(units, limit) ? Verdict.TOO_LARGE : Verdict.TOO_FINE;
    }
    return settle(roundingDigit >= 5 ? units + 1 : units, limit);
  }

  private static long shifted(long units, int places) {
    long result = units;
    for (int i = 0; i < places; i++) {
      result *= 10;
    }
    return result;
  }

  private Verdict settle(long units, long limit) {
    if (isTooLarge(units, limit)) {
      return Verdict.TOO_LARGE;
    }
    value = negative ? -units : units;
    return Verdict.OK;
  }

  /// Units are unsigned here; -2^63 is its own negative.
  private boolean isTooLarge(long units, long limit) {
    if (limit != 0) {
      return Long.compareUnsigned(units, limit) >= 0;
    }
    return units < 0 && !(negative && units == Long.MIN_VALUE);
  }

  /// Finds the parts of a number.
  private boolean scan(byte[] bytes, int from, int to) {
    int at = from;
    negative = at < to && bytes[at] == '-';
    if (at < to && (bytes[at] == '-' || bytes[at] == '+')) {
      at++;
    }
    mantissaFrom = at;
    digits = 0;
    digitsBeforePoint = -1;
    for (; at < to; at++) {
      if (isDigit(bytes[at])) {
        digits++;
      } else if (bytes[at] == '.' && digitsBeforePoint < 0) {
        digitsBeforePoint = digits;
      } else {
        break;
      }
    }
    mantissaTo = at;
    digitsBeforePoint = digitsBeforePoint < 0 ? digits : digitsBeforePoint;
    return digits > 0 && to - from <= MAX_LENGTH && scanExponent(bytes, at, to);
  }

  private boolean scanExponent(byte[] bytes, int from, int to) {
    exponent = 0;
    if (from == to) {
      return true;
    }
    int at = from + 1;
    boolean minus = at < to && bytes[at] == '-';
    if (at < to && (bytes[at] == '-' || bytes[at] == '+')) {
      at++;
    }
    if ((bytes[from] | 0x20) != 'e' || at == to) {
      return false;
    }
    for (; at < to; at++) {
      if (!isDigit(bytes[at])) {
        return false;
      }
      exponent = (int) Math.min(exponent * 10L + (bytes[at] - '0'), EXPONENT_LIMIT);
    }
    exponent = minus ? -exponent : exponent;
    return true;
  }

  /// Up to 15 digits times or over a power of ten up to 22 are one correctly rounded operation
  /// (Clinger 1990, "How to read floating point numbers accurately").
  private boolean exactReal(byte[] bytes) {
    int power = exponent - (digits - digitsBeforePoint);
    if (digits > 15 || power < -22 || power > 22) {
      return false;
    }
    long mantissa = 0;
    for (int at = mantissaFrom; at < mantissaTo; at++) {
      mantissa = bytes[at] == '.' ? mantissa : mantissa * 10 + (bytes[at] - '0');
    }
    double magnitude = power < 0 ? mantissa / REAL_POWERS[-power] : mantissa * REAL_POWERS[power];
    real = negative ? -magnitude : magnitude;
    return true;
  }

  private static String ascii(byte[] bytes, int from, int to) {
    return new String(bytes, from, to - from, StandardCharsets.ISO_8859_1);
  }

  private static boolean isDigit(byte b) {
    return b >= '0' && b <= '9';
  }

  private static long[] powers() {
    long[] powers = new long[19];
    powers[0] = 1;
    for (int i = 1; i < powers.length; i++) {
      powers[i] = powers[i - 1] * 10;
    }
    return powers;
  }

  private static double[] realPowers() {
    double[] powers = new double[23];
    for (int i = 0; i < powers.length; i++) {
      powers[i] = Double.parseDouble("1e" + i);
    }
    return powers;
  }
}
