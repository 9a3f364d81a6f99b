package io.cromford.flywheel;

import java.time.Duration;

/// Checks of policies' values.
final class Require {
  private Require() {}

  static void positive(String name, Duration length) {
    if (!length.isPositive()) {
      throw new IllegalArgumentException("`" + name + "` is " + length + ", not above zero");
    }
  }

  static void notNegative(String name, Duration length) {
    if (length.isNegative()) {
      throw new IllegalArgumentException("`" + name + "` is " + length + ", below zero");
    }
  }

  static void atLeast(String name, int least, int value) {
    if (value < least) {
      throw new IllegalArgumentException("`" + name + "` is " + value + ", not at least " + least);
    }
  }
}
