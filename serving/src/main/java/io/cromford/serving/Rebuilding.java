package io.cromford.serving;

import io.cromford.core.Row;
import io.cromford.core.SnapshotReader;
import io.cromford.features.engine.FeatureEngine;
import io.cromford.features.engine.HistoryDriver;
import io.cromford.features.plan.FeaturePlan;
import java.nio.file.Path;
import java.util.Arrays;

/// The features of one view, as they are computed again for one row.
final class Rebuilding implements AutoCloseable {
  private final FeatureEngine engine;
  private final HistoryDriver driver;
  private final long position;
  private double[] last = new double[0];

  private Rebuilding(FeatureEngine engine, long position) {
    this.engine = engine;
    this.driver = new HistoryDriver(engine, this::take);
    this.position = position;
  }

  /// From the ledger's beginning on.
  ///
  /// @param scratch a folder of its own
  static Rebuilding empty(FeaturePlan plan, Path scratch) {
    return new Rebuilding(FeatureEngine.open(plan, scratch), 0);
  }

  /// From what was kept of the view; its files are only read, and may grow meanwhile.
  ///
  /// @param files the view's folder
  /// @param position where it goes on in the ledger
  static Rebuilding kept(
      FeaturePlan plan, Path scratch, Path files, SnapshotReader in, long position) {
    FeatureEngine engine = FeatureEngine.open(plan, scratch);
    try {
      ServedFeatures.skip(in);
      engine.restore(in, View.engine(files));
      return new Rebuilding(engine, position);
    } catch (RuntimeException | Error failure) {
      engine.close();
      throw failure;
    }
  }

  /// Where in the ledger it begins.
  long position() {
    return position;
  }

  void observe(Row row, long eventMillis) {
    driver.observe(row, eventMillis);
  }

  void label(int ordinal, Row judgement) {
    driver.outcome(ordinal, judgement);
  }

  /// The features of the row that came last.
  double[] last() {
    driver.flush();
    return last;
  }

  private void take(long first, int rows, double[] values) {
    int width = engine.featureCount();
    last = Arrays.copyOfRange(values, (rows - 1) * width, rows * width);
  }

  @Override
  public void close() {
    engine.close();
  }
}
