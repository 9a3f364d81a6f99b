package io.cromford.core;

import java.util.SplittableRandom;

/// A small seeded runner for properties: each case gets its own generator, and a failure prints the
/// seed.
public final class Cases {
  /// One case of a property.
  @FunctionalInterface
  public interface Case {
    /// Checks the property on values drawn from the generator.
    void check(SplittableRandom random) throws Exception;
  }

  private Cases() {}

  /// Checks a property on cases 0 to count - 1. A single case is run again with [#again].
  ///
  /// @throws AssertionError if a case fails, with its seed
  public static void check(int count, Case property) {
    for (long seed = 0; seed < count; seed++) {
      again(seed, property);
    }
  }

  /// Checks a property on the case of one seed.
  public static void again(long seed, Case property) {
    try {
      property.check(new SplittableRandom(seed));
    } catch (Exception | AssertionError failure) {
      throw new AssertionError("the property fails with seed " + seed, failure);
    }
  }
}
