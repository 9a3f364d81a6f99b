package io.cromford.features.engine;

import io.cromford.core.ColumnType;
import java.math.BigInteger;

/// Doubles from exact sums of scaled integers.
final class ExactQuotient {
  private static final long EXACT = 1L << 53;
  private static final int QUOTIENT_BITS = 70;
  private static final long[] POWERS = powers();

  private ExactQuotient() {}

  /// The double nearest to an average.
  ///
  /// @param low the sum's low word
  /// @param high the sum's high word
  /// @param count at least 1
  /// @param scale ten to this power divides the sum, 0 to 18
  static double average(long low, long high, long count, int scale) {
    long power = power(scale);
    boolean fits = high == low >> 63 && Math.abs(low) <= EXACT && low != Long.MIN_VALUE;
    if (fits && count <= EXACT / power) {
      return (double) low / (double) (count * power);
    }
    return nearest(big(low, high), BigInteger.valueOf(count).multiply(BigInteger.valueOf(power)));
  }

  /// The standard deviation of a sample.
  ///
  /// @param count at least 2
  /// @param sum in two words, the low one first
  /// @param squares the sum of the squares in three words
  /// @param scale as for an average
  static double deviation(long count, long[] sum, long[] squares, int scale) {
    boolean small = sum[1] == sum[0] >> 63 && squares[2] == 0 && squares[1] == 0 && squares[0] >= 0;
    double spread =
        small ? spread(count, sum[0], squares[0]) : bigSpread(count, big(sum[0], sum[1]), squares);
    double pairs = (double) count * (double) (count - 1);
    return Math.sqrt(spread / pairs) / (double) power(scale);
  }

  /// count · squares - sum², rounded once; 128 bits hold both.
  private static double spread(long count, long sum, long squares) {
    long[] product = {count * squares, Math.multiplyHigh(count, squares)};
    long[] square = {sum * sum, Math.multiplyHigh(sum, sum)};
    Wide.difference(product, 0, square, 0, product, 0, 2);
    if (product[1] == 0 && product[0] >= 0) {
      return (double) product[0];
    }
    return big(product[0], product[1]).doubleValue();
  }

  private static double bigSpread(long count, BigInteger sum, long[] squares) {
    BigInteger total =
        BigInteger.valueOf(squares[2])
            .shiftLeft(128)
            .add(unsigned(squares[1]).shiftLeft(64))
            .add(unsigned(squares[0]));
    return BigInteger.valueOf(count).multiply(total).subtract(sum.multiply(sum)).doubleValue();
  }

  /// Rounds a quotient once: enough bits for any double, the remainder folded into the last.
  private static double nearest(BigInteger dividend, BigInteger divisor) {
    int shift = Math.max(0, QUOTIENT_BITS + divisor.bitLength() - dividend.abs().bitLength());
    BigInteger[] parts = dividend.abs().shiftLeft(shift).divideAndRemainder(divisor);
    BigInteger quotient = parts[1].signum() == 0 ? parts[0] : parts[0].setBit(0);
    double size = Math.scalb(quotient.doubleValue(), -shift);
    return dividend.signum() < 0 ? -size : size;
  }

  private static BigInteger big(long low, long high) {
    return BigInteger.valueOf(high).shiftLeft(64).add(unsigned(low));
  }

  private static BigInteger unsigned(long word) {
    BigInteger value = BigInteger.valueOf(word & Long.MAX_VALUE);
    return word < 0 ? value.setBit(63) : value;
  }

  /// Ten to a power from 0 to 18.
  static long power(int scale) {
    return POWERS[scale];
  }

  private static long[] powers() {
    long[] powers = new long[ColumnType.MAX_PRECISION + 1];
    powers[0] = 1;
    for (int i = 1; i < powers.length; i++) {
      powers[i] = powers[i - 1] * 10;
    }
    return powers;
  }
}
