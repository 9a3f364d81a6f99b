package io.cromford.generator;

import java.util.SplittableRandom;

/// Draws from distributions, the same on every machine: nothing but IEEE arithmetic, `StrictMath`
/// and the generator's longs.
final class Draws {
  private final SplittableRandom random;
  private double spare;
  private boolean hasSpare;

  Draws(long seed) {
    this(new SplittableRandom(seed));
  }

  private Draws(SplittableRandom random) {
    this.random = random;
  }

  /// Draws independent of this one's, so that a part that draws more or less leaves the other parts
  /// as they are.
  Draws split() {
    return new Draws(random.split());
  }

  /// Uniform in [low, high).
  double uniform(double low, double high) {
    return low + (high - low) * unit();
  }

  /// Uniform in 0 to bound - 1.
  int below(int bound) {
    return (int) (unit() * bound);
  }

  /// Normal, by Marsaglia's polar method.
  double normal(double mean, double deviation) {
    if (hasSpare) {
      hasSpare = false;
      return mean + deviation * spare;
    }
    double x;
    double y;
    double square;
    do {
      x = 2 * unit() - 1;
      y = 2 * unit() - 1;
      square = x * x + y * y;
    } while (square >= 1 || square == 0);
    double factor = StrictMath.sqrt(-2 * StrictMath.log(square) / square);
    spare = y * factor;
    hasSpare = true;
    return mean + deviation * x * factor;
  }

  /// Poisson, by Knuth's multiplication: for means of a few.
  ///
  /// @param expOfMinusMean exp(-mean), which callers compute once
  int poisson(double expOfMinusMean) {
    int count = 0;
    double product = unit();
    while (product > expOfMinusMean) {
      count++;
      product *= unit();
    }
    return count;
  }

  /// Different numbers in 0 to bound - 1, in the order drawn: a partial Fisher–Yates shuffle.
  int[] sample(int count, int bound) {
    int[] all = new int[bound];
    for (int i = 0; i < bound; i++) {
      all[i] = i;
    }
    int[] drawn = new int[count];
    for (int i = 0; i < count; i++) {
      int other = i + below(bound - i);
      drawn[i] = all[other];
      all[other] = all[i];
    }
    return drawn;
  }

  private double unit() {
    return (random.nextLong() >>> 11) * 0x1.0p-53;
  }
}
