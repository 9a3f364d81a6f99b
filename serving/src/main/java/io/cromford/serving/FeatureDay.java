package io.cromford.serving;

import io.cromford.flywheel.monitor.FeatureCounts;
import io.cromford.flywheel.monitor.FeatureForm;
import java.util.List;

/// The day's feature values, counted by bin. It reads what was served, a thousand rows at a time,
/// so that live traffic, a replay and a recovery all count the same bits in the same way, and
/// serving a row costs nothing more. For the owning thread.
final class FeatureDay {
  private static final int ROWS = 1024;

  private FeatureCounts counts = new FeatureCounts(List.of());
  private long next;

  /// A day begins.
  ///
  /// @param ordinal of its first observation
  void begin(List<FeatureForm> forms, long ordinal) {
    counts = new FeatureCounts(forms);
    next = ordinal;
  }

  /// Counts what was served meanwhile, if it is much.
  void follow(ServedFeatures served) {
    if (served.rows() - next >= ROWS) {
      count(served);
    }
  }

  /// Counts what was served meanwhile.
  void count(ServedFeatures served) {
    served.readOn(next, (_, _, values) -> counts.add(values));
    next = Math.max(next, served.rows());
  }

  /// The counts so far, by feature and bin.
  List<List<Integer>> counts() {
    return counts.toLists();
  }
}
