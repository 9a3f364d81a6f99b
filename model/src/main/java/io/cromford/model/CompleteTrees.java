package io.cromford.model;

/// Scores trees that are filled up to complete ones, eight at a time and without a branch.
///
/// Eight consecutive trees form a group, filled up to the depth of its deepest. A complete tree
/// needs no child pointers: the children of node i are 2i and 2i + 1, so a step is one load of the
/// node, one of the feature, and arithmetic. The sign bit of `feature - threshold` says where to
/// go: 1, the second child, where the feature is below the threshold. Eight such chains run side by
/// side and hide each other's latency. The leaf values are then added in the order of the trees, so
/// the sum has the bits of the plain walk.
///
/// A row is prepared first: a copy where a missing value is +∞ (never below a threshold), and
/// behind it a copy where it is -∞ (always below); a node whose missing values go left looks at the
/// second. Zero is made positive, so that `-0 - 0` does not read as below.
///
/// Trees too deep to be filled up (their size doubles with each level) are left to the plain walk.
///
/// @see <a href="https://doi.org/10.1145/2766462.2767733">Lucchese et al. 2015, on branches and
///   cache misses in walking trees</a>
final class CompleteTrees {
  /// Trees in a group.
  static final int LANES = 8;

  /// Deeper trees are walked.
  static final int MAX_DEPTH = 12;

  /// Nodes in all complete trees together, which bounds their memory at 24 MiB.
  static final int MAX_NODES = 2 << 20;

  private static final int WALKED = -1;

  private final Trees trees;

  /// Per group: the levels of splits, or [#WALKED].
  private final int[] depths;

  /// Per group: where its nodes and its leaves start.
  private final int[] nodeStarts;

  private final int[] leafStarts;

  /// The feature's index in the high half, the threshold's bits in the low; lane by lane.
  private final long[] nodes;

  private final float[] leaves;

  CompleteTrees(Trees trees) {
    this(trees, MAX_DEPTH, MAX_NODES);
  }

  /// With other limits, for tests.
  CompleteTrees(Trees trees, int maxDepth, int maxNodes) {
    int groups = (trees.count() + LANES - 1) / LANES;
    this.trees = trees;
    this.depths = new int[groups];
    this.nodeStarts = new int[groups];
    this.leafStarts = new int[groups];
    int nodeCount = 0;
    int leafCount = 0;
    for (int group = 0; group < groups; group++) {
      int depth = deepest(group);
      boolean fits = depth <= maxDepth && nodeCount + (LANES << depth) <= maxNodes;
      depths[group] = fits ? depth : WALKED;
      nodeStarts[group] = nodeCount;
      leafStarts[group] = leafCount;
      nodeCount += fits ? (LANES << depth) - LANES : 0;
      leafCount += fits ? LANES << depth : 0;
    }
    this.nodes = new long[nodeCount];
    this.leaves = new float[leafCount];
    for (int tree = 0; tree < groups * LANES; tree++) {
      fill(tree);
    }
  }

  /// The number of groups.
  int groups() {
    return depths.length;
  }

  /// The length of a prepared row.
  int preparedLength() {
    return 2 * trees.features();
  }

  /// Prepares the row at an offset, for [#add].
  void prepare(float[] row, int offset, float[] prepared, int start) {
    int features = trees.features();
    for (int i = 0; i < features; i++) {
      float x = row[offset + i] + 0.0f;
      boolean missing = Float.isNaN(x);
      prepared[start + i] = missing ? Float.POSITIVE_INFINITY : x;
      prepared[start + features + i] = missing ? Float.NEGATIVE_INFINITY : x;
    }
  }

  /// Adds one group's leaf values, in the trees' order, to a margin.
  ///
  /// @param row holds the row at `offset`
  /// @param prepared holds the prepared row at `start`
  float add(float margin, int group, float[] row, int offset, float[] prepared, int start) {
    int depth = depths[group];
    if (depth == WALKED) {
      int first = group * LANES;
      return trees.add(margin, first, Math.min(first + LANES, trees.count()), row, offset);
    }
    int nodeBase = nodeStarts[group] - LANES;
    int leafBase = leafStarts[group] - (LANES << depth);
    return addComplete(margin, depth, nodeBase, leafBase, prepared, start);
  }

  private float addComplete(float margin, int depth, int base, int leafBase, float[] x, int start) {
    long[] nodes = this.nodes;
    int a = 1;
    int b = 1;
    int c = 1;
    int d = 1;
    int e = 1;
    int f = 1;
    int g = 1;
    int h = 1;
    for (int level = 0; level < depth; level++) {
      a = next(nodes[base + LANES * a], x, start, a);
      b = next(nodes[base + LANES * b + 1], x, start, b);
      c = next(nodes[base + LANES * c + 2], x, start, c);
      d = next(nodes[base + LANES * d + 3], x, start, d);
      e = next(nodes[base + LANES * e + 4], x, start, e);
      f = next(nodes[base + LANES * f + 5], x, start, f);
      g = next(nodes[base + LANES * g + 6], x, start, g);
      h = next(nodes[base + LANES * h + 7], x, start, h);
    }
    float[] leaves = this.leaves;
    float sum = margin + leaves[leafBase + LANES * a];
    sum += leaves[leafBase + LANES * b + 1];
    sum += leaves[leafBase + LANES * c + 2];
    sum += leaves[leafBase + LANES * d + 3];
    sum += leaves[leafBase + LANES * e + 4];
    sum += leaves[leafBase + LANES * f + 5];
    sum += leaves[leafBase + LANES * g + 6];
    return sum + leaves[leafBase + LANES * h + 7];
  }

  private static int next(long node, float[] x, int start, int index) {
    float difference = x[start + (int) (node >>> 32)] - Float.intBitsToFloat((int) node);
    return 2 * index + (Float.floatToRawIntBits(difference) >>> 31);
  }

  private int deepest(int group) {
    int depth = 0;
    for (int tree = group * LANES; tree < Math.min(group * LANES + LANES, trees.count()); tree++) {
      depth = Math.max(depth, trees.depths()[tree]);
    }
    return depth;
  }

  /// Fills one lane; a lane without a tree adds -0, which changes no sum.
  private void fill(int tree) {
    int group = tree / LANES;
    if (depths[group] == WALKED) {
      return;
    }
    if (tree < trees.count()) {
      fill(group, tree % LANES, 1, 0, trees.roots()[tree]);
    } else {
      int first = leafStarts[group] + tree % LANES;
      for (int leaf = 0; leaf < 1 << depths[group]; leaf++) {
        leaves[first + LANES * leaf] = -0.0f;
      }
    }
  }

  /// Fills the subtree at an index; below a leaf all leaves have its value. Recursion is at most
  /// [#MAX_DEPTH] deep.
  private void fill(int group, int lane, int index, int level, int node) {
    boolean leaf = trees.isLeaf(node);
    if (level == depths[group]) {
      leaves[leafStarts[group] + LANES * (index - (1 << level)) + lane] = trees.value()[node];
      return;
    }
    if (!leaf) {
      nodes[nodeStarts[group] + LANES * (index - 1) + lane] = packed(node);
    }
    fill(group, lane, 2 * index + 1, level + 1, leaf ? node : trees.left()[node]);
    fill(group, lane, 2 * index, level + 1, leaf ? node : trees.left()[node] + 1);
  }

  private long packed(int node) {
    int copy = trees.missingLeft()[node] ? trees.features() : 0;
    long index = (long) trees.feature()[node] + copy;
    return (index << 32) | Integer.toUnsignedLong(Float.floatToRawIntBits(trees.value()[node]));
  }
}
