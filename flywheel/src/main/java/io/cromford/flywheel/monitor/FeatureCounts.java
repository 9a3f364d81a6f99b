package io.cromford.flywheel.monitor;

import java.util.Arrays;
import java.util.List;

/// How many values of each feature lie in each of its bins: bounded memory, every value counted.
/// One owning thread.
public final class FeatureCounts {
  private final double[][] edges;
  private final int[][] counts;
  private long rows;

  /// Nothing counted yet.
  public FeatureCounts(List<FeatureForm> forms) {
    edges =
        forms.stream()
            .map(form -> form.edges().stream().mapToDouble(Double::doubleValue).toArray())
            .toArray(double[][]::new);
    counts = forms.stream().map(form -> new int[form.bins()]).toArray(int[][]::new);
  }

  /// Counts a row.
  ///
  /// @param values shape `[features]`; NaN where one is missing
  public void add(double[] values) {
    for (int feature = 0; feature < edges.length; feature++) {
      counts[feature][bin(edges[feature], values[feature])]++;
    }
    rows++;
  }

  /// Halves the range until it is one bin.
  private static int bin(double[] edges, double value) {
    if (Double.isNaN(value)) {
      return FeatureForm.MISSING;
    }
    int low = 0;
    int high = edges.length;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (value >= edges[middle]) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low + FeatureForm.BELOW;
  }

  /// How many rows were counted.
  public long rows() {
    return rows;
  }

  /// The counts, by feature and bin.
  public List<List<Integer>> toLists() {
    return Arrays.stream(counts).map(bins -> Arrays.stream(bins).boxed().toList()).toList();
  }

  /// Counts from nothing again.
  public void clear() {
    Arrays.stream(counts).forEach(bins -> Arrays.fill(bins, 0));
    rows = 0;
  }
}
