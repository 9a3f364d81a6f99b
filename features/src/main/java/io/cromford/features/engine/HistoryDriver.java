package io.cromford.features.engine;

import io.cromford.core.Row;

/// Runs an engine over history: rows in batches, each cursor over a batch in one loop.
///
/// The features are the same bits as the live driver's. A batch ends where it is full, where a row
/// comes late, and where an outcome changes what a row of the batch sees.
public final class HistoryDriver {
  /// The most rows of a batch: a sink hears of a row at the latest when this many have come.
  public static final int MAX_BATCH_ROWS = FeatureEngine.BATCH_ROWS;

  /// Takes the features of consecutive rows.
  @FunctionalInterface
  public interface Sink {
    /// Takes a batch.
    ///
    /// @param firstOrdinal the first row's ordinal
    /// @param rows the number of rows, from 1 to [#MAX_BATCH_ROWS]
    /// @param features row by row; the array is reused after the call
    void accept(long firstOrdinal, int rows, double[] features);
  }

  private final FeatureEngine engine;
  private final Sink sink;
  private final double[] features;

  /// A driver of an engine, which it does not close.
  public HistoryDriver(FeatureEngine engine, Sink sink) {
    this.engine = engine;
    this.sink = sink;
    this.features = new double[FeatureEngine.BATCH_ROWS * engine.featureCount()];
  }

  /// Folds a row as the next ordinal; its features reach the sink with their batch.
  public void observe(Row row, long eventMillis) {
    if (!engine.isInOrder(eventMillis)) {
      flush();
      engine.observe(row, eventMillis, features);
      sink.accept(engine.rows() - 1, 1, features);
      return;
    }
    engine.enqueue(row, eventMillis);
    if (engine.pending() == FeatureEngine.BATCH_ROWS) {
      flush();
    }
  }

  /// Sets the outcome of a row, or corrects it.
  public void outcome(long ordinal, Row outcome) {
    if (engine.mustDrainBefore(ordinal)) {
      flush();
    }
    engine.outcome(ordinal, outcome);
  }

  /// Passes on the features of the rows so far.
  public void flush() {
    int rows = engine.pending();
    if (rows > 0) {
      long first = engine.rows() - rows;
      engine.drain(features);
      sink.accept(first, rows, features);
    }
  }
}
