package io.cromford.flywheel.monitor;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Into which bins a feature's values are sorted: fixed, so that days can be compared and added.
///
/// Values are compared as floats. Bin 0 holds what is missing (NaN), bin 1 what lies below the
/// sample that the bins were made of, the last one what lies above it, those between the sample's
/// quantiles, finer at its upper end.
///
/// @param name the feature's
/// @param windowMillis how far back the longest window reaches that it is computed from; 0 for none
/// @param edges the lower edges of bins 2 and up, ascending; empty if the sample had no value
public record FeatureForm(String name, long windowMillis, List<Double> edges) {
  private static final double[] QUANTILES = {
    0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.99
  };

  /// The bin of what is missing.
  static final int MISSING = 0;

  /// The bin of what lies below the sample.
  static final int BELOW = 1;

  /// The most edges that a form may have.
  public static final int MOST_EDGES = 14;

  /// Copies the list.
  ///
  /// @throws IllegalArgumentException if there are more than [#MOST_EDGES] edges
  public FeatureForm {
    edges = List.copyOf(edges);
    if (edges.size() > MOST_EDGES) {
      throw new IllegalArgumentException(edges.size() + " edges, at most " + MOST_EDGES);
    }
  }

  /// Bins at quantiles of a sample; edges that coincide are one.
  ///
  /// @param sample any values, in any order; NaN where one is missing, and what is infinite is left
  ///   out
  public static FeatureForm of(String name, long windowMillis, double[] sample) {
    double[] values =
        Arrays.stream(sample).map(value -> (float) value + 0.0f).filter(Double::isFinite).toArray();
    Arrays.sort(values);
    List<Double> edges = new ArrayList<>();
    if (values.length > 0) {
      edges.add(values[0]);
      for (double quantile : QUANTILES) {
        double edge = values[(int) (quantile * values.length)];
        if (edge > edges.getLast()) {
          edges.add(edge);
        }
      }
      edges.add((double) Math.nextUp((float) values[values.length - 1]));
    }
    return new FeatureForm(name, windowMillis, edges);
  }

  /// The number of bins.
  public int bins() {
    return edges.size() + 2;
  }
}
