package io.cromford.bench.handbook;

import java.util.ArrayList;
import java.util.List;

/// Compares row after row.
final class ComparisonTally {
  /// Whether two values are the same as far as is granted.
  @FunctionalInterface
  interface Tolerance {
    boolean grants(int feature, double ours, double theirs);
  }

  private final FeatureTable ours;
  private final Tolerance tolerance;
  private final List<Long> examples = new ArrayList<>();
  private String firstDifference = "";
  private long rows;
  private long mismatches;

  ComparisonTally(FeatureTable ours, Tolerance tolerance) {
    this.ours = ours;
    this.tolerance = tolerance;
  }

  /// Compares one row.
  ///
  /// @param theirs in the order of the features
  void add(long id, int row, double[] theirs) {
    rows++;
    int differing = -1;
    for (int feature = theirs.length - 1; feature >= 0; feature--) {
      if (!tolerance.grants(feature, ours.value(row, feature), theirs[feature])) {
        differing = feature;
      }
    }
    if (differing >= 0) {
      differs(id, differing, ours.value(row, differing), theirs[differing]);
    }
  }

  private void differs(long id, int feature, double own, double other) {
    mismatches++;
    if (firstDifference.isEmpty()) {
      firstDifference =
          "%s of %d is %s here, %s there".formatted(ours.names().get(feature), id, own, other);
    }
    if (examples.size() < Comparison.MAX_EXAMPLES) {
      examples.add(id);
    }
  }

  Comparison result() {
    return new Comparison(rows, mismatches, examples, firstDifference);
  }
}
