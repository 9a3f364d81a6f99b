package io.cromford.flywheel;

import io.cromford.training.PairedBootstrap.Pair;
import io.cromford.training.Scored;
import java.util.SplittableRandom;

/// Made-up payments with the scores of two models of known quality.
final class MadeScores {
  private MadeScores() {}

  /// @param first how far apart the first model sees the classes, in deviations
  /// @param second the same of the second model
  static Pair draw(long seed, int rows, double first, double second) {
    SplittableRandom random = new SplittableRandom(seed);
    float[] ofFirst = new float[rows];
    float[] ofSecond = new float[rows];
    boolean[] positives = new boolean[rows];
    long[] cards = new long[rows];
    for (int row = 0; row < rows; row++) {
      positives[row] = random.nextInt(40) == 0;
      cards[row] = random.nextInt(rows / 12);
      ofFirst[row] = score(random, positives[row] ? first : 0);
      ofSecond[row] = score(random, positives[row] ? second : 0);
    }
    Scored scored = Scored.of(ofFirst, positives, cards, new long[rows], new float[rows]);
    return new Pair(scored, scored.withScores(ofSecond));
  }

  private static float score(SplittableRandom random, double shift) {
    return (float) (1 / (1 + Math.exp(4 - random.nextGaussian() - shift)));
  }
}
