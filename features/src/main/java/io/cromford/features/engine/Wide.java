package io.cromford.features.engine;

/// Integers of two or three words in an array, the low word first, in two's complement.
final class Wide {
  private Wide() {}

  /// Adds a long to 128 bits.
  static void add(long[] words, int at, long value) {
    long low = words[at] + value;
    long carry = Long.compareUnsigned(low, value) < 0 ? 1 : 0;
    words[at] = low;
    words[at + 1] += (value >> 63) + carry;
  }

  /// Takes a long from 128 bits.
  static void subtract(long[] words, int at, long value) {
    long borrow = Long.compareUnsigned(words[at], value) < 0 ? 1 : 0;
    words[at] -= value;
    words[at + 1] -= (value >> 63) + borrow;
  }

  /// Adds the square of a long to 192 bits.
  static void addSquare(long[] words, int at, long value) {
    long low = value * value;
    long high = Math.multiplyHigh(value, value);
    long sum = words[at] + low;
    long carry = Long.compareUnsigned(sum, low) < 0 ? 1 : 0;
    words[at] = sum;
    long middle = words[at + 1] + high;
    long carried = middle + carry;
    boolean over =
        Long.compareUnsigned(middle, high) < 0 || Long.compareUnsigned(carried, middle) < 0;
    words[at + 1] = carried;
    words[at + 2] += over ? 1 : 0;
  }

  /// Takes the square of a long from 192 bits.
  static void subtractSquare(long[] words, int at, long value) {
    long low = value * value;
    long high = Math.multiplyHigh(value, value);
    long borrow = Long.compareUnsigned(words[at], low) < 0 ? 1 : 0;
    words[at] -= low;
    long middle = words[at + 1] - high;
    boolean under =
        Long.compareUnsigned(words[at + 1], high) < 0 || Long.compareUnsigned(middle, borrow) < 0;
    words[at + 1] = middle - borrow;
    words[at + 2] -= under ? 1 : 0;
  }

  /// Writes a less b, all of the same number of words.
  static void difference(long[] a, int aAt, long[] b, int bAt, long[] result, int at, int words) {
    long borrow = 0;
    for (int i = 0; i < words; i++) {
      long left = a[aAt + i];
      long right = b[bAt + i];
      long first = left - right;
      long second = first - borrow;
      boolean under =
          Long.compareUnsigned(left, right) < 0 || Long.compareUnsigned(first, borrow) < 0;
      result[at + i] = second;
      borrow = under ? 1 : 0;
    }
  }
}
