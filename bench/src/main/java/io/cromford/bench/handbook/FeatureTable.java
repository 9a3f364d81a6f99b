package io.cromford.bench.handbook;

import io.cromford.features.plan.FeaturePlan;
import io.cromford.features.plan.Output;
import io.cromford.training.TrainingSet;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// The features of every payment, as doubles: row-major chunks of 8 bytes a value.
final class FeatureTable {
  private static final int CHUNK = 4096;

  private final List<String> names;
  private final List<double[]> chunks = new ArrayList<>();

  private FeatureTable(List<String> names) {
    this.names = names;
  }

  /// Computes the features of a query.
  static FeatureTable of(HandbookData data, FeaturePlan plan, Path scratch) {
    FeatureTable table = new FeatureTable(plan.features().stream().map(Output::name).toList());
    int width = table.names.size();
    data.fold(
        plan,
        scratch,
        (first, rows, features) -> {
          for (int i = 0; i < rows; i++) {
            long row = first + i;
            if (row % CHUNK == 0) {
              table.chunks.add(new double[CHUNK * width]);
            }
            int at = (int) (row % CHUNK) * width;
            System.arraycopy(features, i * width, table.chunks.getLast(), at, width);
          }
        });
    return table;
  }

  List<String> names() {
    return names;
  }

  /// A value; NaN for NULL.
  double value(int row, int feature) {
    return chunks.get(row / CHUNK)[row % CHUNK * names.size() + feature];
  }

  /// The same as learners read it, with what is known of each payment.
  TrainingSet training(HandbookData data) {
    TrainingSet.Builder builder = TrainingSet.builder(names);
    for (int row = 0; row < data.size(); row++) {
      TrainingSet.Facts facts =
          new TrainingSet.Facts(
              data.id(row),
              data.entity(row),
              data.eventMillis(row),
              data.amount(row),
              data.isFraud(row));
      builder.add(facts, chunks.get(row / CHUNK), row % CHUNK * names.size());
    }
    return builder.build();
  }
}
