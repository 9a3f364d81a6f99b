package io.cromford.training;

/// The standard normal distribution.
final class Normal {
  private static final double[] A = {
    2.50662823884, -18.61500062529, 41.39119773534, -25.44106049637
  };
  private static final double[] B = {-8.4735109309, 23.08336743743, -21.06224101826, 3.13082909833};
  private static final double[] C = {
    0.3374754822726147, 0.9761690190917186, 0.1607979714918209, 0.0276438810333863,
    0.0038405729373609, 0.0003951896511919, 0.0000321767881768, 0.0000002888167364,
    0.0000003960315187
  };

  private Normal() {}

  /// The value that a share of the distribution lies below, to about 3e-9: Beasley and Springer's
  /// approximation with the tails of Moro, "The full Monte", Risk 8(2), 1995.
  ///
  /// @param share in (0, 1)
  static double quantile(double share) {
    double y = share - 0.5;
    if (Math.abs(y) < 0.42) {
      double r = y * y;
      return y * polynomial(A, r) / (1 + r * polynomial(B, r));
    }
    double tail = StrictMath.log(-StrictMath.log(Math.min(share, 1 - share)));
    return Math.signum(y) * polynomial(C, tail);
  }

  private static double polynomial(double[] coefficients, double x) {
    double sum = 0;
    for (int i = coefficients.length - 1; i >= 0; i--) {
      sum = sum * x + coefficients[i];
    }
    return sum;
  }
}
