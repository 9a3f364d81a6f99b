package io.cromford.bench.flywheel;

import io.cromford.generator.CardPayments;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.SplittableRandom;

/// Payments as a factory that serves is sent them over HTTP: they happen when they are made, by its
/// clock, which runs on from a moment.
final class LivePayments {
  private static final int FIRST_ID = 100_000_000;

  private final CardPayments.Population population;
  private final Instant begin;
  private final long started = System.nanoTime();

  /// @param population who pays where
  /// @param begin the factory's time now
  LivePayments(CardPayments.Population population, Instant begin) {
    this.population = population;
    this.begin = begin;
  }

  /// A payment as JSON.
  ///
  /// @param number names it; two of one number are one payment
  String json(long number) {
    SplittableRandom random = new SplittableRandom(number);
    Instant now = begin.plusNanos(System.nanoTime() - started).truncatedTo(ChronoUnit.SECONDS);
    return String.format(
        Locale.ROOT,
        "{\"tx_id\":%d,\"ts\":\"%s\",\"customer_id\":%d,\"terminal_id\":%d,\"amount\":%d.%02d}",
        FIRST_ID + number,
        now.toString().substring(0, 19),
        random.nextInt(population.customers()),
        random.nextInt(population.terminals()),
        1 + random.nextInt(150),
        random.nextInt(100));
  }
}
