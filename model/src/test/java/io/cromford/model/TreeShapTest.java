package io.cromford.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.cromford.core.Cases;
import java.util.Arrays;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class TreeShapTest {
  private static final int FEATURES = 5;

  @Test
  void equalsTheDefinitionOverAllSubsets() {
    Cases.check(
        100,
        random -> {
          TreeEnsemble ensemble = CompleteTreesTest.ensemble(random, 3, random.nextInt(9));
          float[] row = CompleteTreesTest.row(random);
          double[] expected = byDefinition(ensemble.nodes(), row);
          double[] actual = ensemble.contributions(row);
          for (int i = 0; i <= FEATURES; i++) {
            assertThat(actual[i]).isCloseTo(expected[i], within(1e-9));
          }
        });
  }

  @Test
  void addsUpToTheMargin() {
    Cases.check(
        100,
        random -> {
          TreeEnsemble ensemble = CompleteTreesTest.ensemble(random, 20, 10);
          float[] row = CompleteTreesTest.row(random);
          assertThat(Arrays.stream(ensemble.contributions(row)).sum())
              .isCloseTo(ensemble.margin(row, 0), within(1e-4));
        });
  }

  @Test
  void agreesWithXgboost() {
    Cases.check(12, TreeShapTest::agrees);
  }

  private static void agrees(SplittableRandom random) throws Exception {
    var recipe = new TrainedTrees.Recipe(1 + random.nextInt(12), 15, 1 + random.nextInt(8), 0.2);
    try (TrainedTrees trained = new TrainedTrees(recipe, random, Map.of())) {
      float[] rows = TrainedTrees.rows(recipe, 20, random);
      float[][] expected = trained.contributions(rows);
      for (int i = 0; i < expected.length; i++) {
        int start = i * recipe.features();
        float[] row = Arrays.copyOfRange(rows, start, start + recipe.features());
        double[] actual = trained.ensemble.contributions(row);
        for (int j = 0; j < actual.length; j++) {
          assertThat(actual[j]).isCloseTo(expected[i][j], within(2e-4));
        }
      }
    }
  }

  /// The mean, over all orders of the features, of what a feature adds when it becomes known.
  private static double[] byDefinition(Trees trees, float[] row) {
    double[] value = new double[1 << FEATURES];
    for (int known = 0; known < value.length; known++) {
      for (int root : trees.roots()) {
        value[known] += expected(trees, root, row, known);
      }
    }
    double[] contributions = new double[FEATURES + 1];
    for (int feature = 0; feature < FEATURES; feature++) {
      for (int known = 0; known < value.length; known++) {
        if ((known >> feature & 1) == 0) {
          double gain = value[known | 1 << feature] - value[known];
          contributions[feature] += gain * weight(Integer.bitCount(known));
        }
      }
    }
    contributions[FEATURES] = value[0];
    return contributions;
  }

  private static double weight(int known) {
    double[] factorial = {1, 1, 2, 6, 24, 120};
    return factorial[known] * factorial[FEATURES - 1 - known] / factorial[FEATURES];
  }

  private static double expected(Trees trees, int node, float[] row, int known) {
    if (trees.isLeaf(node)) {
      return trees.value()[node];
    }
    int left = trees.left()[node];
    float x = row[trees.feature()[node]];
    if ((known >> trees.feature()[node] & 1) != 0) {
      boolean goesLeft = Float.isNaN(x) ? trees.missingLeft()[node] : x < trees.value()[node];
      return expected(trees, goesLeft ? left : left + 1, row, known);
    }
    return trees.share(node, left) * expected(trees, left, row, known)
        + trees.share(node, left + 1) * expected(trees, left + 1, row, known);
  }
}
