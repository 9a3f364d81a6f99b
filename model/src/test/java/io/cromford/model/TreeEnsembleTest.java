package io.cromford.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.cromford.core.Cases;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class TreeEnsembleTest {
  @Test
  void givesTheBitsOfXgboost() {
    Cases.check(25, TreeEnsembleTest::agrees);
  }

  private static void agrees(SplittableRandom random) throws Exception {
    int depth = 1 + random.nextInt(10);
    double missing = random.nextInt(3) * 0.2;
    var recipe =
        new TrainedTrees.Recipe(1 + random.nextInt(20), 1 + random.nextInt(40), depth, missing);
    try (TrainedTrees trained = new TrainedTrees(recipe, random, parameters(random))) {
      assertSameBits(trained, trained.rows);
      assertSameBits(trained, TrainedTrees.rows(recipe, 200, random));
      assertSameBits(trained, withThresholds(trained, random));
    }
  }

  private static Map<String, Object> parameters(SplittableRandom random) {
    return switch (random.nextInt(5)) {
      case 0 -> Map.of("base_score", 0.5);
      case 1 -> Map.of("base_score", 0.0084, "tree_method", "exact");
      case 2 -> Map.of("grow_policy", "lossguide", "max_leaves", 40, "max_depth", 0);
      case 3 -> Map.of("eta", 5.0, "lambda", 0.0);
      default -> Map.of("num_parallel_tree", 2, "subsample", 0.7);
    };
  }

  /// Rows whose values are thresholds of the model.
  private static float[] withThresholds(TrainedTrees trained, SplittableRandom random) {
    float[] rows = TrainedTrees.rows(trained.recipe, 100, random);
    Trees trees = trained.ensemble.nodes();
    for (int i = 0; i < 2000; i++) {
      int node = random.nextInt(Math.max(1, trees.feature().length));
      if (trees.feature().length > 0 && !trees.isLeaf(node)) {
        int row = random.nextInt(100);
        rows[row * trees.features() + trees.feature()[node]] = trees.value()[node];
      }
    }
    return rows;
  }

  private static void assertSameBits(TrainedTrees trained, float[] rows) throws Exception {
    int features = trained.recipe.features();
    float[][] margins = trained.margins(rows);
    float[][] scores = trained.scores(rows);
    double[] all = new double[margins.length];
    trained.ensemble.scoreAll(rows, margins.length, all);
    for (int i = 0; i < margins.length; i++) {
      int offset = i * features;
      assertThat(trained.ensemble.margin(rows, offset)).isEqualTo(margins[i][0]);
      assertThat(trained.ensemble.walkedMargin(rows, offset)).isEqualTo(margins[i][0]);
      assertThat(trained.ensemble.score(rows, offset)).isEqualTo((double) scores[i][0]);
      assertThat(all[i]).isEqualTo((double) scores[i][0]);
    }
  }
}
