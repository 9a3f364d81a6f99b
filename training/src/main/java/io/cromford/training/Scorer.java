package io.cromford.training;

import io.cromford.model.Model;

/// Scores a training set's rows in blocks.
public final class Scorer {
  private static final int BLOCK_ROWS = 1024;

  private Scorer() {}

  /// The rows with a model's scores, narrowed to floats.
  ///
  /// @throws IllegalArgumentException if the model reads another number of features
  public static Scored score(Model model, TrainingSet rows) {
    if (model.features() != rows.featureCount()) {
      throw new IllegalArgumentException(
          "a model of " + model.features() + " features on rows of " + rows.featureCount());
    }
    float[] scores = new float[rows.size()];
    float[] block = new float[BLOCK_ROWS * rows.featureCount()];
    double[] out = new double[BLOCK_ROWS];
    for (int start = 0; start < scores.length; start += BLOCK_ROWS) {
      int count = Math.min(BLOCK_ROWS, scores.length - start);
      for (int i = 0; i < count; i++) {
        rows.copyRow(start + i, block, i * rows.featureCount());
      }
      model.scoreAll(block, count, out);
      for (int i = 0; i < count; i++) {
        scores[start + i] = (float) out[i];
      }
    }
    return Scored.of(rows, scores);
  }
}
