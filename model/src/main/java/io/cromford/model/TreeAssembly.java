package io.cromford.model;

import io.cromford.core.CromfordException;
import java.util.Arrays;
import java.util.List;

/// Checks the trees of a file and puts them into one set of arrays: only nodes that can be reached,
/// breadth first, so that siblings are adjacent.
final class TreeAssembly {
  private final String name;
  private final List<TreeNodes> sources;
  private final Trees trees;
  private int size;

  TreeAssembly(String name, int features, List<TreeNodes> sources) {
    this.name = name;
    this.sources = sources;
    int nodes = 0;
    for (TreeNodes source : sources) {
      nodes = Math.addExact(nodes, source.left.length);
    }
    if (nodes > TreeReader.MAX_NODES) {
      throw TreeReader.unreadable(
          name, "has %d nodes; the limit is %d".formatted(nodes, TreeReader.MAX_NODES));
    }
    this.trees =
        new Trees(
            features,
            new int[sources.size()],
            new int[sources.size()],
            new int[nodes],
            new float[nodes],
            new int[nodes],
            new boolean[nodes],
            new float[nodes]);
  }

  Trees assemble() {
    for (int tree = 0; tree < sources.size(); tree++) {
      checkLengths(tree, sources.get(tree));
      trees.roots()[tree] = size;
      trees.depths()[tree] = add(tree, sources.get(tree));
    }
    return trees;
  }

  private void checkLengths(int tree, TreeNodes source) {
    int nodes = source.left.length;
    boolean same =
        nodes > 0
            && source.right.length == nodes
            && source.feature.length == nodes
            && source.value.length == nodes
            && source.missingLeft.length == nodes
            && source.cover.length == nodes;
    if (!same) {
      throw broken(tree, "lacks an array, or its arrays differ in length");
    }
  }

  /// Adds the nodes of one tree.
  ///
  /// @return its depth
  private int add(int tree, TreeNodes source) {
    int[] origins = new int[source.left.length];
    int[] levels = new int[source.left.length];
    boolean[] seen = new boolean[source.left.length];
    int first = size;
    int end = first + 1;
    seen[0] = true;
    for (; size < end; size++) {
      int origin = origins[size - first];
      copy(tree, source, origin);
      if (trees.isLeaf(size)) {
        continue;
      }
      trees.left()[size] = end;
      for (int child : new int[] {source.left[origin], source.right[origin]}) {
        checkChild(tree, origin, child, seen);
        seen[child] = true;
        levels[end - first] = levels[size - first] + 1;
        origins[end - first] = child;
        end++;
      }
    }
    return Arrays.stream(levels).max().orElse(0);
  }

  private void copy(int tree, TreeNodes source, int origin) {
    boolean leaf = source.left[origin] == -1;
    int feature = source.feature[origin];
    if (leaf != (source.right[origin] == -1)) {
      throw broken(tree, "has one child only at node " + origin);
    }
    if (!leaf && (feature < 0 || feature >= trees.features())) {
      throw broken(
          tree,
          "looks at feature %d at node %d; there are %d"
              .formatted(feature, origin, trees.features()));
    }
    if (!Float.isFinite(source.value[origin])
        || !Float.isFinite(source.cover[origin])
        || source.cover[origin] < 0) {
      throw broken(tree, "has a number that is not finite, or a negative cover, at node " + origin);
    }
    trees.feature()[size] = leaf ? Trees.LEAF : feature;
    trees.value()[size] = source.value[origin];
    trees.missingLeft()[size] = source.missingLeft[origin] != 0;
    trees.cover()[size] = source.cover[origin];
  }

  private void checkChild(int tree, int parent, int child, boolean[] seen) {
    if (child < 0 || child >= seen.length) {
      throw broken(
          tree,
          "has child %d at node %d; there are %d nodes".formatted(child, parent, seen.length));
    }
    if (seen[child]) {
      throw broken(tree, "reaches node %d twice, from node %d".formatted(child, parent));
    }
  }

  private CromfordException broken(int tree, String what) {
    return TreeReader.unreadable(name, "is broken: tree %d %s".formatted(tree, what));
  }
}
