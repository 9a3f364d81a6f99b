package io.cromford.bench.handbook;

import java.util.List;
import java.util.Optional;

/// Everything the bench found out.
///
/// @param data how much was read
/// @param split the published split's sizes
/// @param parity the features held against others'
/// @param baselines the study's 15 features with learners that it used too
/// @param own the example's features and tuner
record BenchResult(Data data, SplitSizes split, Parity parity, Baselines baselines, Own own) {
  record Data(String file, long rows, long frauds, long refused) {}

  record SplitSizes(int trainRows, int trainFrauds, int testRows, int testFrauds) {}

  /// @param published empty where the sample does not lie beside the data
  record Parity(DuckDbOracle.Finding duckDb, Optional<Comparison> published) {}

  /// @param logisticChoice how the cost was chosen
  record Baselines(
      Scores xgboost, Scores logisticDefaults, Scores logistic, Choice logisticChoice) {}

  record Own(String factory, List<String> features, OwnRecipe recipe, Scores scores) {
    Own {
      features = List.copyOf(features);
    }
  }
}
