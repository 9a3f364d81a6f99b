package io.cromford.training;

/// Each feature's mean and deviation over the rows where it is there and finite.
final class Standardisation {
  private final double[] means;
  private final double[] deviations;

  private Standardisation(double[] means, double[] deviations) {
    this.means = means;
    this.deviations = deviations;
  }

  /// Measures rows in two passes. The deviation is the population's; 1 for a feature that never
  /// changes.
  static Standardisation of(TrainingSet rows) {
    int width = rows.featureCount();
    double[] means = new double[width];
    double[] deviations = new double[width];
    for (int feature = 0; feature < width; feature++) {
      means[feature] = meanOf(rows, feature, 0, 1);
      double variance = meanOf(rows, feature, means[feature], 2);
      deviations[feature] = variance > 0 ? Math.sqrt(variance) : 1;
    }
    return new Standardisation(means, deviations);
  }

  double[] means() {
    return means;
  }

  double[] deviations() {
    return deviations;
  }

  /// A standardised value; 0, the mean, where it is missing or infinite.
  double of(int feature, float value) {
    return Float.isFinite(value) ? (value - means[feature]) / deviations[feature] : 0;
  }

  /// The mean of (value - centre) to the power 1 or 2.
  private static double meanOf(TrainingSet rows, int feature, double centre, int power) {
    double sum = 0;
    int count = 0;
    for (int row = 0; row < rows.size(); row++) {
      float value = rows.value(row, feature);
      if (Float.isFinite(value)) {
        double difference = value - centre;
        sum += power == 1 ? difference : difference * difference;
        count++;
      }
    }
    return count == 0 ? 0 : sum / count;
  }
}
