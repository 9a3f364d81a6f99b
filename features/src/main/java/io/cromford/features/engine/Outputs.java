package io.cromford.features.engine;

import io.cromford.core.CromfordException;
import io.cromford.features.plan.FeaturePlan;
import io.cromford.features.plan.Output;
import io.cromford.features.scalar.CompiledExpression;
import java.util.ArrayList;
import java.util.List;

/// Computes a plan's features: those that read only the row when it arrives, the others when its
/// aggregates are known.
final class Outputs {
  private final List<Feature> early = new ArrayList<>();
  private final List<Feature> late = new ArrayList<>();
  private final boolean keepsRows;
  private long overflows;

  private record Feature(int index, CompiledExpression expression) {}

  /// The features of a plan.
  Outputs(FeaturePlan plan) {
    boolean keeps = false;
    for (int i = 0; i < plan.features().size(); i++) {
      Output output = plan.features().get(i);
      Feature feature = new Feature(i, CompiledExpression.of(output.expression()));
      boolean aggregates = Traits.readsAggregates(output.expression());
      (aggregates ? late : early).add(feature);
      keeps |= aggregates && !Traits.columns(output.expression()).isEmpty();
    }
    this.keepsRows = keeps;
  }

  /// Whether a feature reads both columns and aggregates, so that the row is needed again.
  boolean keepsRows() {
    return keepsRows;
  }

  /// Writes the features that read only the row.
  void writeEarly(EngineCells cells, double[] features, int from) {
    write(early, cells, features, from);
  }

  /// Writes the features that read aggregates.
  void writeLate(EngineCells cells, double[] features, int from) {
    write(late, cells, features, from);
  }

  /// How many values did not fit their type; they are NULL.
  long overflows() {
    return overflows;
  }

  private void write(List<Feature> some, EngineCells cells, double[] features, int from) {
    for (int i = 0; i < some.size(); i++) {
      Feature feature = some.get(i);
      try {
        features[from + feature.index()] = feature.expression().evaluateDouble(cells);
      } catch (CromfordException overflow) {
        overflows++;
        features[from + feature.index()] = Double.NaN;
      }
    }
  }
}
