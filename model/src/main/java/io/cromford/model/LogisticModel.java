package io.cromford.model;

import io.cromford.core.CromfordException;
import java.util.Objects;

/// Logistic regression over standardised features.
///
/// A feature is standardised with the mean and deviation of its training rows; a missing value
/// takes the mean, hence adds nothing. Sums run in the features' order, in double, with
/// `StrictMath`.
public final class LogisticModel implements Model {
  private final double[] weights;
  private final double bias;
  private final double[] means;
  private final double[] deviations;

  /// A model of these parameters, which are copied.
  ///
  /// @param weights shape `[features]`, log-odds per standard deviation
  /// @param bias log-odds of a row of means
  /// @param means shape `[features]`
  /// @param deviations shape `[features]`, each above 0; 1 for a feature that never changes
  /// @throws IllegalArgumentException if the shapes differ, a number is not finite, or a deviation
  ///   is not above 0
  public LogisticModel(double[] weights, double bias, double[] means, double[] deviations) {
    this.weights = weights.clone();
    this.bias = bias;
    this.means = means.clone();
    this.deviations = deviations.clone();
    check();
  }

  private void check() {
    if (weights.length == 0
        || means.length != weights.length
        || deviations.length != weights.length) {
      throw new IllegalArgumentException(
          "%d weights, %d means, %d deviations"
              .formatted(weights.length, means.length, deviations.length));
    }
    boolean finite = Double.isFinite(bias);
    for (int i = 0; i < weights.length; i++) {
      finite &= Double.isFinite(weights[i]) && Double.isFinite(means[i]);
      finite &= Double.isFinite(deviations[i]) && deviations[i] > 0;
    }
    if (!finite) {
      throw new IllegalArgumentException(
          "weights, bias and means must be finite, deviations above 0");
    }
  }

  /// Reads the form that [#toJson] writes.
  ///
  /// @param name the file's name, for messages
  /// @throws CromfordException INPUT_UNREADABLE if it is not such a model
  public static LogisticModel read(byte[] json, String name) {
    JsonObject object = JsonObject.parse(json, name);
    try {
      return new LogisticModel(
          object.numbers("weights"),
          object.number("bias"),
          object.numbers("means"),
          object.numbers("deviations"));
    } catch (IllegalArgumentException e) {
      throw object.unreadable("is not a model: " + e.getMessage());
    }
  }

  /// The model as JSON: an object with `bias` and the arrays `weights`, `means`, `deviations`. The
  /// numbers are the shortest that give the same doubles again.
  public byte[] toJson() {
    return new JsonText()
        .with("bias", bias)
        .with("weights", weights)
        .with("means", means)
        .with("deviations", deviations)
        .bytes();
  }

  @Override
  public int features() {
    return weights.length;
  }

  @Override
  public double score(float[] row, int offset) {
    return 1 / (1 + StrictMath.exp(-logOdds(row, offset)));
  }

  @Override
  public float margin(float[] row, int offset) {
    return (float) logOdds(row, offset);
  }

  @Override
  public void scoreAll(float[] rows, int count, double[] out) {
    for (int i = 0; i < count; i++) {
      out[i] = score(rows, Math.multiplyExact(i, weights.length));
    }
  }

  @Override
  public double[] contributions(float[] row) {
    double[] contributions = new double[weights.length + 1];
    for (int i = 0; i < weights.length; i++) {
      contributions[i] = contribution(i, row[i]);
    }
    contributions[weights.length] = bias;
    return contributions;
  }

  @Override
  public long steps() {
    return weights.length;
  }

  @Override
  public String kind() {
    return "logistic";
  }

  private double logOdds(float[] row, int offset) {
    Objects.checkFromIndexSize(offset, weights.length, row.length);
    double sum = bias;
    for (int i = 0; i < weights.length; i++) {
      sum += contribution(i, row[offset + i]);
    }
    return sum;
  }

  private double contribution(int feature, float value) {
    return Float.isNaN(value)
        ? 0
        : weights[feature] * ((value - means[feature]) / deviations[feature]);
  }
}
