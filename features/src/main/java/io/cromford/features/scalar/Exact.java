package io.cromford.features.scalar;

import io.cromford.core.ColumnType;
import io.cromford.core.CromfordException;
import io.cromford.core.ErrorCode;
import java.math.BigDecimal;

/// Arithmetic on scaled integers that never loses a digit: what does not fit is refused.
final class Exact {
  private static final long MAX_DIGITS = 999_999_999_999_999_999L;
  private static final long EXACT_IN_DOUBLE = 1L << 53;
  private static final long[] POWERS = powers();

  private Exact() {}

  private static long[] powers() {
    long[] powers = new long[ColumnType.MAX_PRECISION + 1];
    powers[0] = 1;
    for (int i = 1; i < powers.length; i++) {
      powers[i] = powers[i - 1] * 10;
    }
    return powers;
  }

  /// Ten to a power from 0 to 18.
  static long power(int exponent) {
    return POWERS[exponent];
  }

  static long add(long a, long b, ColumnType type) {
    long sum = a + b;
    if (((a ^ sum) & (b ^ sum)) < 0) {
      throw overflow("+", a, b, type);
    }
    return check("+", a, b, sum, type);
  }

  static long subtract(long a, long b, ColumnType type) {
    long difference = a - b;
    if (((a ^ b) & (a ^ difference)) < 0) {
      throw overflow("-", a, b, type);
    }
    return check("-", a, b, difference, type);
  }

  static long multiply(long a, long b, ColumnType type) {
    long product = a * b;
    if (Math.multiplyHigh(a, b) != product >> 63) {
      throw overflow("*", a, b, type);
    }
    return check("*", a, b, product, type);
  }

  static long negate(long a) {
    if (a == Long.MIN_VALUE) {
      throw overflow("-", 0, a, ColumnType.BIGINT);
    }
    return -a;
  }

  /// A value with more digits after the point.
  ///
  /// @param by how many more
  static long extend(long unscaled, int by, ColumnType type) {
    long scaled = unscaled * POWERS[by];
    if (Math.multiplyHigh(unscaled, POWERS[by]) != scaled >> 63
        || Math.abs(scaled) >= limit(type)) {
      throw refused("%d does not fit %s".formatted(unscaled, type));
    }
    return scaled;
  }

  /// A value with fewer digits after the point, half away from zero.
  ///
  /// @param by how many fewer
  static long round(long unscaled, int by) {
    long half = POWERS[by] / 2;
    return (unscaled < 0 ? unscaled - half : unscaled + half) / POWERS[by];
  }

  /// Compares values of two scales, whatever their size.
  static int compare(long a, int scaleA, long b, int scaleB) {
    if (scaleA > scaleB) {
      return -compare(b, scaleB, a, scaleA);
    }
    long power = POWERS[scaleB - scaleA];
    long scaled = a * power;
    if (Math.multiplyHigh(a, power) != scaled >> 63) {
      return a < 0 ? -1 : 1;
    }
    return Long.compare(scaled, b);
  }

  /// The double nearest to a decimal. Below 2^53 both operands of the division are exact.
  static double toDouble(long unscaled, int scale) {
    return Math.abs(unscaled) <= EXACT_IN_DOUBLE
        ? (double) unscaled / (double) POWERS[scale]
        : BigDecimal.valueOf(unscaled, scale).doubleValue();
  }

  /// The decimal nearest to a double's product with the power of ten, half away from zero.
  static long fromDouble(double value, ColumnType type) {
    double rounded = round(value * POWERS[type.scale()]);
    if (!(Math.abs(rounded) < POWERS[type.precision()])) {
      throw refused("%s does not fit %s".formatted(value, type));
    }
    return (long) rounded;
  }

  /// The bigint of a whole double.
  static long toBigint(double whole) {
    if (!(whole >= -0x1p63 && whole < 0x1p63)) {
      throw refused("%s does not fit a bigint".formatted(whole));
    }
    return (long) whole;
  }

  /// The nearest whole number, half away from zero.
  static double round(double value) {
    double size = Math.abs(value);
    double floor = Math.floor(size);
    return Math.copySign(size - floor >= 0.5 ? floor + 1 : floor, value);
  }

  private static long check(String operator, long a, long b, long result, ColumnType type) {
    if (type.kind() == ColumnType.Kind.DECIMAL && (result > MAX_DIGITS || result < -MAX_DIGITS)) {
      throw overflow(operator, a, b, type);
    }
    return result;
  }

  private static long limit(ColumnType type) {
    return type.kind() == ColumnType.Kind.DECIMAL ? POWERS[type.precision()] : Long.MAX_VALUE;
  }

  private static CromfordException overflow(String operator, long a, long b, ColumnType type) {
    String left = BigDecimal.valueOf(a, operator.equals("*") ? 0 : type.scale()).toPlainString();
    String right = BigDecimal.valueOf(b, operator.equals("*") ? 0 : type.scale()).toPlainString();
    String unit = operator.equals("*") && type.scale() > 0 ? " (without their points)" : "";
    return refused("%s %s %s%s does not fit %s".formatted(left, operator, right, unit, type));
  }

  private static CromfordException refused(String message) {
    return new CromfordException(
        ErrorCode.RECORD_REFUSED, message + ".\nMaybe cast an operand AS DOUBLE in the feature.");
  }
}
