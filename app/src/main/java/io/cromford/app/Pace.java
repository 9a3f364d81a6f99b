package io.cromford.app;

import io.cromford.core.CromfordException;
import io.cromford.core.ErrorCode;
import java.time.Duration;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// How fast a replay goes: a factor of the time in which its records arrived, or as fast as they
/// are taken. The first record starts it.
final class Pace {
  /// Shorter waits are left out, so that records go in batches.
  private static final Duration SHORTEST = Duration.ofMillis(20);

  private final double factor;
  private final LongSupplier nanoTime;
  private boolean started;
  private long startNanos;
  private long startMillis;

  private Pace(double factor, LongSupplier nanoTime) {
    this.factor = factor;
    this.nanoTime = nanoTime;
  }

  /// A pace.
  ///
  /// @param factor how much faster than real time, above 0; null for as fast as records are taken
  /// @param nanoTime a clock, in nanoseconds
  /// @throws CromfordException USAGE if the factor is not above 0
  static Pace of(@Nullable Double factor, LongSupplier nanoTime) {
    if (factor == null) {
      return new Pace(Double.POSITIVE_INFINITY, nanoTime);
    }
    if (!(factor > 0)) {
      throw new CromfordException(
          ErrorCode.USAGE,
          "a replay at %s times real time never ends.\nMaybe --speed 1, or 86400 for a day a second."
              .formatted(factor));
    }
    return new Pace(factor, nanoTime);
  }

  /// How long a record has to wait; zero if it is due.
  ///
  /// @param arrivalMillis when it arrived, by the factory's clock
  Duration early(long arrivalMillis) {
    if (!started) {
      started = true;
      startNanos = nanoTime.getAsLong();
      startMillis = arrivalMillis;
    }
    double dueNanos = (arrivalMillis - startMillis) * 1e6 / factor;
    Duration wait = Duration.ofNanos((long) dueNanos - (nanoTime.getAsLong() - startNanos));
    return wait.compareTo(SHORTEST) < 0 ? Duration.ZERO : wait;
  }
}
