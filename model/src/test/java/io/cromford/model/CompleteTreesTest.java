package io.cromford.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.cromford.core.Cases;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class CompleteTreesTest {
  private static final int FEATURES = 5;

  @Test
  void equalsTheWalkWhereverTreesAreFilledUpOrNot() {
    Cases.check(
        200,
        random -> {
          Trees trees = ensemble(random, random.nextInt(30), random.nextInt(11)).nodes();
          float[] row = row(random);
          float walked = trees.add(0.25f, 0, trees.count(), row, 0);
          assertThat(sum(new CompleteTrees(trees), row)).isEqualTo(walked);
          assertThat(sum(new CompleteTrees(trees, 3, 1 << 20), row)).isEqualTo(walked);
          assertThat(sum(new CompleteTrees(trees, 12, 500), row)).isEqualTo(walked);
        });
  }

  @Test
  void walksTreesThatWouldExplode() {
    TreeText chain = new TreeText();
    for (int i = 0; i < 10_000; i++) {
      chain.node(0, i, 2 * i + 1, 2 * i + 2, 1, 2);
      chain.node(0, i, -1, -1, 0, 1);
    }
    chain.node(0, -7, -1, -1, 0, 1);
    TreeEnsemble ensemble = TreeText.ensemble(1, List.of(chain));
    assertThat(ensemble.margin(new float[] {4321.5f}, 0)).isEqualTo(4322f);
    assertThat(ensemble.margin(new float[] {1e9f}, 0)).isEqualTo(-7f);
    assertThat(ensemble.margin(new float[] {Float.NaN}, 0)).isEqualTo(0f);
  }

  private static float sum(CompleteTrees complete, float[] row) {
    float[] prepared = new float[complete.preparedLength() + 3];
    complete.prepare(row, 0, prepared, 3);
    float sum = 0.25f;
    for (int group = 0; group < complete.groups(); group++) {
      sum = complete.add(sum, group, row, 0, prepared, 3);
    }
    return sum;
  }

  static TreeEnsemble ensemble(SplittableRandom random, int trees, int depth) {
    return TreeText.ensemble(
        FEATURES,
        Stream.generate(() -> TreeText.random(random, FEATURES, depth)).limit(trees).toList());
  }

  static float[] row(SplittableRandom random) {
    float[] row = new float[FEATURES];
    float[] special = {Float.NaN, 0f, -0f, 0.5f, -0.5f, 1, -1, Float.MAX_VALUE, Float.MIN_VALUE};
    for (int i = 0; i < row.length; i++) {
      row[i] =
          random.nextBoolean()
              ? special[random.nextInt(special.length)]
              : (float) random.nextGaussian();
    }
    return row;
  }
}
