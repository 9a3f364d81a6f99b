package io.cromford.training;

import java.util.List;
import java.util.SplittableRandom;

/// Made-up payments whose frauds can be half told from two features; the third is noise and the
/// fourth is often missing. Segment 0 is where the amount is at least 40, segment 1 is empty.
final class MadePayments {
  static final List<String> FEATURES = List.of("signal", "amount", "noise", "gap");

  private MadePayments() {}

  /// Rows over some days, about one in twelve a fraud.
  static TrainingSet draw(long seed, int rows, int days) {
    SplittableRandom random = new SplittableRandom(seed);
    TrainingSet.Builder builder = TrainingSet.builder(FEATURES);
    float[] values = new float[FEATURES.size()];
    for (int row = 0; row < rows; row++) {
      boolean fraud = random.nextInt(12) == 0;
      values[0] = (float) (random.nextGaussian() + (fraud ? 2 : 0));
      values[1] = (float) Math.exp(random.nextGaussian() + (fraud ? 1 : 0));
      values[2] = random.nextFloat();
      values[3] = random.nextInt(3) == 0 ? Float.NaN : (float) random.nextGaussian();
      long millis = (long) row * days * Scored.DAY_MILLIS / rows;
      builder.add(
          new TrainingSet.Facts(
              1_000_000L + row,
              random.nextInt(300),
              millis,
              values[1] * 20,
              fraud,
              values[1] >= 2 ? 1 : 0),
          values,
          0);
    }
    return builder.build();
  }
}
