package io.cromford.training;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/// Resampling by card: each replicate draws as many cards as there are, with replacement, and every
/// payment of a card counts as often as the card was drawn.
///
/// Payments of one card are not independent, so resampling payments would give intervals that are
/// too narrow. Several parts (folds, weeks) share one draw of cards per replicate, and a metric is
/// its mean over the parts on which it is defined; a replicate in which it is defined on none is
/// left out. Rows are sorted once; a replicate then costs one pass.
///
/// @see <a href="https://doi.org/10.1214/aos/1176344552">Efron 1979</a>
public final class Bootstrap {
  private final List<Scored> parts;
  private final EntityNumbers cards;
  private final long seed;
  private final int replicates;

  private Bootstrap(List<Scored> parts, long seed, int replicates) {
    this.parts = List.copyOf(parts);
    this.cards = EntityNumbers.of(this.parts);
    this.seed = seed;
    this.replicates = replicates;
  }

  /// A bootstrap over some parts.
  ///
  /// @param seed the same seed draws the same cards
  /// @param replicates at least 1; a 95 % interval wants 1,000
  public static Bootstrap of(List<Scored> parts, long seed, int replicates) {
    if (replicates < 1) {
      throw new IllegalArgumentException("replicates is " + replicates + ", not at least 1");
    }
    return new Bootstrap(parts, seed, replicates);
  }

  /// A metric's value and its distribution under resampling.
  public Estimate estimate(Metric metric) {
    List<Prepared> prepared =
        parts.stream().map(part -> MetricPreparation.of(metric, part, cards)).toList();
    return estimate(multiplicities -> mean(prepared, multiplicities));
  }

  Estimate estimate(Prepared statistic) {
    int[] multiplicities = new int[cards.size()];
    Arrays.fill(multiplicities, 1);
    double value = statistic.value(multiplicities);
    double[] draws = new double[replicates];
    SplittableRandom random = new SplittableRandom(seed);
    for (int replicate = 0; replicate < replicates; replicate++) {
      draw(random, multiplicities);
      draws[replicate] = statistic.value(multiplicities);
    }
    return Estimate.of(value, draws);
  }

  EntityNumbers cards() {
    return cards;
  }

  static double mean(List<Prepared> parts, int[] multiplicities) {
    double sum = 0;
    int defined = 0;
    for (Prepared part : parts) {
      double value = part.value(multiplicities);
      if (!Double.isNaN(value)) {
        sum += value;
        defined++;
      }
    }
    return defined == 0 ? Double.NaN : sum / defined;
  }

  private static void draw(SplittableRandom random, int[] multiplicities) {
    Arrays.fill(multiplicities, 0);
    for (int i = 0; i < multiplicities.length; i++) {
      multiplicities[random.nextInt(multiplicities.length)]++;
    }
  }
}
