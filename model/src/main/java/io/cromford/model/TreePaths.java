package io.cromford.model;

import java.util.Arrays;

/// The way to each leaf of an ensemble, with the conditions on one feature merged into one.
///
/// Leaf after leaf in flat arrays; within a path, elements stand in the order in which their
/// features first appear. A leaf that is its tree's root has no element.
final class TreePaths {
  private final int features;
  private int leaves;
  private int elements;
  private int longest;

  private int[] starts = new int[64];
  private float[] values = new float[64];

  private int[] feature = new int[256];
  private float[] atLeast = new float[256];
  private float[] below = new float[256];
  private boolean[] missing = new boolean[256];
  private double[] zero = new double[256];

  TreePaths(Trees trees) {
    this.features = trees.features();
    for (int root : trees.roots()) {
      collect(trees, root);
    }
  }

  int features() {
    return features;
  }

  int leaves() {
    return leaves;
  }

  /// The number of elements of the longest path.
  int longest() {
    return longest;
  }

  /// Where the elements of a leaf start; also of the one after the last.
  int start(int leaf) {
    return starts[leaf];
  }

  double value(int leaf) {
    return values[leaf];
  }

  int feature(int element) {
    return feature[element];
  }

  /// The share of training rows that passed the element's conditions, each given its parent.
  double zero(int element) {
    return zero[element];
  }

  /// Whether a row passes the element's conditions.
  boolean passes(int element, float[] row) {
    float x = row[feature[element]];
    if (Float.isNaN(x)) {
      return missing[element];
    }
    float limit = below[element];
    return x >= atLeast[element] && (x < limit || limit == Float.POSITIVE_INFINITY);
  }

  /// The sum of the trees' mean outputs.
  double bias() {
    double sum = 0;
    for (int leaf = 0; leaf < leaves; leaf++) {
      double product = values[leaf];
      for (int i = starts[leaf]; i < starts[leaf + 1]; i++) {
        product *= zero[i];
      }
      sum += product;
    }
    return sum;
  }

  /// Depth first, left before right, with the open path in `nodes`.
  private void collect(Trees trees, int root) {
    int[] nodes = new int[16];
    int depth = 0;
    nodes[0] = root;
    while (depth >= 0) {
      int node = nodes[depth];
      if (trees.isLeaf(node)) {
        addLeaf(trees, nodes, depth);
        while (depth > 0 && nodes[depth] != trees.left()[nodes[depth - 1]]) {
          depth--;
        }
        if (depth == 0) {
          return;
        }
        nodes[depth]++;
      } else {
        depth++;
        nodes = depth == nodes.length ? Arrays.copyOf(nodes, 2 * depth) : nodes;
        nodes[depth] = trees.left()[node];
      }
    }
  }

  private void addLeaf(Trees trees, int[] nodes, int depth) {
    if (leaves + 1 == values.length) {
      starts = Arrays.copyOf(starts, 2 * starts.length);
      values = Arrays.copyOf(values, 2 * values.length);
    }
    values[leaves] = trees.value()[nodes[depth]];
    starts[leaves] = elements;
    for (int i = 0; i < depth; i++) {
      addCondition(trees, nodes[i], nodes[i + 1], starts[leaves]);
    }
    leaves++;
    starts[leaves] = elements;
    longest = Math.max(longest, elements - starts[leaves - 1]);
  }

  private void addCondition(Trees trees, int parent, int child, int start) {
    int element = element(trees.feature()[parent], start);
    float threshold = trees.value()[parent];
    boolean left = child == trees.left()[parent];
    if (left) {
      below[element] = Math.min(below[element], threshold);
    } else {
      atLeast[element] = Math.max(atLeast[element], threshold);
    }
    missing[element] &= trees.missingLeft()[parent] == left;
    zero[element] *= trees.share(parent, child);
  }

  /// The element of a feature in the path that starts here, appended if it is new.
  private int element(int wanted, int start) {
    for (int i = start; i < elements; i++) {
      if (feature[i] == wanted) {
        return i;
      }
    }
    if (elements == feature.length) {
      grow(2 * elements);
    }
    feature[elements] = wanted;
    atLeast[elements] = Float.NEGATIVE_INFINITY;
    below[elements] = Float.POSITIVE_INFINITY;
    missing[elements] = true;
    zero[elements] = 1;
    return elements++;
  }

  private void grow(int length) {
    feature = Arrays.copyOf(feature, length);
    atLeast = Arrays.copyOf(atLeast, length);
    below = Arrays.copyOf(below, length);
    missing = Arrays.copyOf(missing, length);
    zero = Arrays.copyOf(zero, length);
  }
}
