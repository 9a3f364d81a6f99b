package io.cromford.model;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Collectors;

/// Writes ensembles in XGBoost's format: random ones, and ones with a mistake.
final class TreeText {
  final List<Integer> left = new ArrayList<>();
  final List<Integer> right = new ArrayList<>();
  final List<Integer> feature = new ArrayList<>();
  final List<Float> value = new ArrayList<>();
  final List<Integer> missingLeft = new ArrayList<>();
  final List<Float> cover = new ArrayList<>();

  /// A split at 0.5 of feature 0 with the leaves -1 and 1.
  static TreeText stump() {
    TreeText tree = new TreeText();
    tree.node(0, 0.5f, 1, 2, 1, 10);
    tree.node(0, -1, -1, -1, 0, 4);
    tree.node(0, 1, -1, -1, 0, 6);
    return tree;
  }

  /// A random tree in which each path ends at random, at the latest at a depth.
  static TreeText random(SplittableRandom random, int features, int depth) {
    TreeText tree = new TreeText();
    tree.grow(random, features, depth, 1000);
    return tree;
  }

  private int grow(SplittableRandom random, int features, int depth, float weight) {
    int node = left.size();
    node(0, (float) random.nextGaussian(), -1, -1, 0, weight);
    if (depth > 0 && random.nextInt(6) != 0) {
      float share = (float) random.nextDouble(0.05, 0.95);
      feature.set(node, random.nextInt(features));
      value.set(node, random.nextInt(-2, 3) / 2f);
      missingLeft.set(node, random.nextInt(2));
      left.set(node, grow(random, features, depth - 1, weight * share));
      right.set(node, grow(random, features, depth - 1, weight * (1 - share)));
    }
    return node;
  }

  void node(int feature, float value, int left, int right, int missingLeft, float cover) {
    this.feature.add(feature);
    this.value.add(value);
    this.left.add(left);
    this.right.add(right);
    this.missingLeft.add(missingLeft);
    this.cover.add(cover);
  }

  private String json() {
    return """
    {"left_children": %s, "right_children": %s, "split_indices": %s, "split_conditions": %s,
     "default_left": %s, "sum_hessian": %s, "split_type": [],
     "tree_param": {"num_nodes": "%d", "size_leaf_vector": "1"}}\
    """
        .formatted(left, right, feature, value, missingLeft, cover, left.size());
  }

  static String document(int features, String baseScore, List<TreeText> trees) {
    return """
    {"version": [3, 4, 0], "learner": {
      "gradient_booster": {"name": "gbtree", "model": {"trees": [%s]}},
      "learner_model_param": {"base_score": "%s", "num_class": "0", "num_feature": "%d"},
      "objective": {"name": "binary:logistic"}}}\
    """
        .formatted(
            trees.stream().map(TreeText::json).collect(Collectors.joining(",\n")),
            baseScore,
            features);
  }

  static TreeEnsemble ensemble(int features, List<TreeText> trees) {
    return TreeEnsemble.read(document(features, "5E-1", trees).getBytes(UTF_8), "trees.json");
  }
}
