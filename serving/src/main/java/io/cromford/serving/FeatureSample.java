package io.cromford.serving;

import io.cromford.features.plan.FeaturePlan;
import io.cromford.features.plan.Output;
import io.cromford.flywheel.monitor.FeatureCounts;
import io.cromford.flywheel.monitor.FeatureForm;
import java.util.ArrayList;
import java.util.List;

/// Some of the rows that a view served: what bins are made of, and what is sorted into them. For
/// the owning thread.
final class FeatureSample {
  /// As many rows are enough to make bins of.
  private static final int ROWS = 50_000;

  private final FeaturePlan plan;
  private final ServedFeatures served;
  private final int from;
  private final int until;

  /// @param from ordinal of the first row
  /// @param until ordinal behind the last
  FeatureSample(View view, int from, int until) {
    this.plan = view.plan();
    this.served = view.served();
    this.from = from;
    this.until = until;
  }

  /// Bins of each feature, made of evenly spaced rows.
  List<FeatureForm> forms() {
    int step = Math.max(1, (until - from) / ROWS);
    int rows = Math.max(0, (until - from + step - 1) / step);
    double[][] values = new double[plan.features().size()][rows];
    served.flush();
    served.read(
        from,
        until,
        (ordinal, _, row) -> {
          int at = Math.toIntExact(ordinal - from);
          if (at % step == 0) {
            for (int i = 0; i < values.length; i++) {
              values[i][at / step] = row[i];
            }
          }
        });
    List<FeatureForm> forms = new ArrayList<>();
    for (int i = 0; i < values.length; i++) {
      Output feature = plan.features().get(i);
      forms.add(FeatureForm.of(feature.name(), WindowReach.of(plan, feature), values[i]));
    }
    return forms;
  }

  /// All rows, sorted into bins.
  List<List<Integer>> counts(List<FeatureForm> forms) {
    FeatureCounts counts = new FeatureCounts(forms);
    served.flush();
    served.read(from, until, (_, _, row) -> counts.add(row));
    return counts.toLists();
  }
}
