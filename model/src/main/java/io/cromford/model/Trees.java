package io.cromford.model;

/// The nodes of an ensemble's trees in flat arrays, and the plain walk over them.
///
/// The trees lie one after the other in the ensemble's order. The children of a node are adjacent
/// and come after it, the left one first; a leaf has the feature -1 and its value where a split has
/// its threshold.
///
/// @param features the number of features in a row
/// @param roots shape `[trees]`, the node of each root
/// @param depths shape `[trees]`, the number of splits on the longest path of each tree
/// @param feature shape `[nodes]`, what a split looks at, -1 for a leaf
/// @param value shape `[nodes]`, a split's threshold (below goes left) or a leaf's value; finite
/// @param left shape `[nodes]`, the left child of a split
/// @param missingLeft shape `[nodes]`, whether a missing value goes left
/// @param cover shape `[nodes]`, the weight of the training rows that came by
@SuppressWarnings("ArrayRecordComponent") // never leaves the package, never compared
record Trees(
    int features,
    int[] roots,
    int[] depths,
    int[] feature,
    float[] value,
    int[] left,
    boolean[] missingLeft,
    float[] cover) {
  static final int LEAF = -1;

  int count() {
    return roots.length;
  }

  boolean isLeaf(int node) {
    return feature[node] == LEAF;
  }

  /// The share of a split's training rows that went to a child; a half where none came by.
  double share(int parent, int child) {
    return cover[parent] > 0 ? (double) cover[child] / cover[parent] : 0.5;
  }

  /// Adds the leaf values of a range of trees, in order, to a margin.
  float add(float margin, int firstTree, int endTree, float[] row, int offset) {
    float sum = margin;
    for (int tree = firstTree; tree < endTree; tree++) {
      sum += value[leaf(roots[tree], row, offset)];
    }
    return sum;
  }

  private int leaf(int root, float[] row, int offset) {
    int node = root;
    while (feature[node] != LEAF) {
      float x = row[offset + feature[node]];
      boolean goesLeft = Float.isNaN(x) ? missingLeft[node] : x < value[node];
      node = goesLeft ? left[node] : left[node] + 1;
    }
    return node;
  }
}
