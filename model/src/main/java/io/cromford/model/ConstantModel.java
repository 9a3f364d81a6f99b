package io.cromford.model;

import io.cromford.core.CromfordException;
import java.util.Arrays;
import java.util.Objects;

/// The same probability for every row: the baseline that anything must beat.
public final class ConstantModel implements Model {
  private final int features;
  private final double probability;

  /// A model that ignores its features.
  ///
  /// @param features the number of features in a row, at least 1
  /// @param probability the share of positives, strictly between 0 and 1
  public ConstantModel(int features, double probability) {
    if (features < 1 || !(probability > 0 && probability < 1)) {
      throw new IllegalArgumentException(
          "%d features, probability %s".formatted(features, probability));
    }
    this.features = features;
    this.probability = probability;
  }

  /// Reads the form that [#toJson] writes.
  ///
  /// @param name the file's name, for messages
  /// @throws CromfordException INPUT_UNREADABLE if it is not such a model
  public static ConstantModel read(byte[] json, String name) {
    JsonObject object = JsonObject.parse(json, name);
    try {
      return new ConstantModel(object.integer("features"), object.number("probability"));
    } catch (IllegalArgumentException e) {
      throw object.unreadable("is not a model: " + e.getMessage());
    }
  }

  /// The model as JSON: `{"features": 15, "probability": 0.0084}`.
  public byte[] toJson() {
    return new JsonText().with("features", features).with("probability", probability).bytes();
  }

  @Override
  public int features() {
    return features;
  }

  @Override
  public double score(float[] row, int offset) {
    Objects.checkFromIndexSize(offset, features, row.length);
    return probability;
  }

  @Override
  public float margin(float[] row, int offset) {
    Objects.checkFromIndexSize(offset, features, row.length);
    return (float) logit();
  }

  @Override
  public void scoreAll(float[] rows, int count, double[] out) {
    Objects.checkFromIndexSize(0, Math.multiplyExact(count, features), rows.length);
    Arrays.fill(out, 0, count, probability);
  }

  @Override
  public double[] contributions(float[] row) {
    double[] contributions = new double[features + 1];
    contributions[features] = logit();
    return contributions;
  }

  private double logit() {
    return StrictMath.log(probability) - StrictMath.log1p(-probability);
  }

  @Override
  public long steps() {
    return 1;
  }

  @Override
  public String kind() {
    return "constant";
  }
}
