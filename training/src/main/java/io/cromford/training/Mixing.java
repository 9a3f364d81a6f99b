package io.cromford.training;

/// Turns numbers that are near each other into ones that are not: the finaliser of SplitMix64.
///
/// @see <a href="https://doi.org/10.1145/2660193.2660195">Steele, Lea, Flood 2014</a>
final class Mixing {
  private Mixing() {}

  /// A bijection of 64 bits.
  static long mixed(long value) {
    long z = value + 0x9e3779b97f4a7c15L;
    z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
    z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
    return z ^ (z >>> 31);
  }

  /// The seed of the n-th stream of draws under one seed.
  static long seedOf(long seed, int stream) {
    return mixed(mixed(seed) ^ stream);
  }
}
