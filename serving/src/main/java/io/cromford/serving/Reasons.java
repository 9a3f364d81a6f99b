package io.cromford.serving;

import java.util.Arrays;

/// The features that spoke loudest for a score, the loudest first.
public final class Reasons {
  /// No reasons.
  static final Reasons NONE = new Reasons(new int[0], new float[0]);

  private final int[] features;
  private final float[] contributions;

  /// Takes over both arrays, of one length.
  Reasons(int[] features, float[] contributions) {
    this.features = features;
    this.contributions = contributions;
  }

  /// The `count` largest positive contributions, the largest first; of equals the earlier feature.
  ///
  /// @param contributions in log-odds, one per feature; what lies behind `features` is not looked
  ///   at
  static Reasons largest(double[] contributions, int features, int count) {
    int[] best = new int[Math.min(count, features)];
    int found = 0;
    boolean[] taken = new boolean[features];
    while (found < best.length) {
      int next = -1;
      for (int i = 0; i < features; i++) {
        boolean better = next < 0 || contributions[i] > contributions[next];
        if (!taken[i] && contributions[i] > 0 && better) {
          next = i;
        }
      }
      if (next < 0) {
        break;
      }
      taken[next] = true;
      best[found++] = next;
    }
    int[] indexes = Arrays.copyOf(best, found);
    float[] values = new float[found];
    for (int i = 0; i < found; i++) {
      values[i] = (float) contributions[indexes[i]];
    }
    return new Reasons(indexes, values);
  }

  /// The number of reasons.
  public int size() {
    return features.length;
  }

  /// The index of a reason's feature.
  public int feature(int reason) {
    return features[reason];
  }

  /// A reason's contribution in log-odds, above 0.
  public float contribution(int reason) {
    return contributions[reason];
  }
}
