package io.cromford.features.engine;

/// Doubles as longs that order and group as SQL does: -0.0 is 0.0, every NaN is the largest.
final class Doubles {
  private Doubles() {}

  /// The long of a double.
  static long ordered(double value) {
    long bits = Double.doubleToLongBits(value + 0.0);
    return bits ^ (bits >> 63) >>> 1;
  }

  /// The double of a long.
  static double value(long ordered) {
    return Double.longBitsToDouble(ordered ^ (ordered >> 63) >>> 1);
  }
}
