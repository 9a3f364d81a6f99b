package io.cromford.features.engine;

import io.cromford.core.Row;

/// Runs an engine live: each row's features at once.
public final class LiveDriver {
  private final FeatureEngine engine;
  private final double[] features;

  /// A driver of an engine, which it does not close.
  public LiveDriver(FeatureEngine engine) {
    this.engine = engine;
    this.features = new double[engine.featureCount()];
  }

  /// Folds a row as the next ordinal.
  ///
  /// @return its features; the array is reused by the next call
  public double[] observe(Row row, long eventMillis) {
    engine.observe(row, eventMillis, features);
    return features;
  }

  /// Sets the outcome of a row, or corrects it.
  public void outcome(long ordinal, Row outcome) {
    engine.outcome(ordinal, outcome);
  }
}
