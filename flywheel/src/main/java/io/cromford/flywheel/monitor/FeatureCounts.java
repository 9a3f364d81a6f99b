package io.cromford.flywheel.monitor;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// How many values of each feature lie in each of its bins: bounded memory, every value counted.
///
/// Values are compared as floats, as models read them. A bin is found in four steps of whole-number
/// arithmetic, as a branch would be mispredicted every other time: a float's bits become an int
/// that sorts as the float does, NaN above all; the edges are filled up to [FeatureForm#MOST_EDGES]
/// with NaN, so that NaN alone reaches all of them. One owning thread.
public final class FeatureCounts {
  private static final int SLOTS = 16;
  private static final int MISSING_SLOT = SLOTS - 1;

  private final int[] bins;
  private final long[] edges;
  private final int[] counts;
  private long rows;

  /// Nothing counted yet.
  public FeatureCounts(List<FeatureForm> forms) {
    bins = forms.stream().mapToInt(FeatureForm::bins).toArray();
    edges = new long[SLOTS * bins.length];
    counts = new int[SLOTS * bins.length];
    Arrays.fill(edges, sortable(Double.NaN));
    for (int feature = 0; feature < bins.length; feature++) {
      List<Double> of = forms.get(feature).edges();
      for (int i = 0; i < of.size(); i++) {
        edges[feature * SLOTS + i] = sortable(of.get(i));
      }
    }
  }

  /// Counts a row.
  ///
  /// @param values shape `[features]`; NaN where one is missing
  public void add(double[] values) {
    for (int feature = 0; feature < bins.length; feature++) {
      counts[slot(feature * SLOTS, sortable(values[feature]))]++;
    }
    rows++;
  }

  /// A number that is less than another one's where the value is, as a float; 0 is 0 of either
  /// sign.
  private static long sortable(double value) {
    int bits = Float.floatToIntBits((float) value + 0.0f);
    return bits ^ (bits >> 31 & Integer.MAX_VALUE);
  }

  /// How many edges a value reaches, behind the first slot.
  private int slot(int first, long value) {
    int at = first;
    at += 8 & ~(int) ((value - edges[at + 7]) >> 63);
    at += 4 & ~(int) ((value - edges[at + 3]) >> 63);
    at += 2 & ~(int) ((value - edges[at + 1]) >> 63);
    at += 1 & ~(int) ((value - edges[at]) >> 63);
    return at;
  }

  /// How many rows were counted.
  public long rows() {
    return rows;
  }

  /// The counts, by feature and bin.
  public List<List<Integer>> toLists() {
    List<List<Integer>> lists = new ArrayList<>();
    for (int feature = 0; feature < bins.length; feature++) {
      int from = feature * SLOTS;
      List<Integer> of = new ArrayList<>();
      of.add(counts[from + MISSING_SLOT]);
      for (int bin = 1; bin < bins[feature]; bin++) {
        of.add(counts[from + bin - 1]);
      }
      lists.add(of);
    }
    return lists;
  }
}
