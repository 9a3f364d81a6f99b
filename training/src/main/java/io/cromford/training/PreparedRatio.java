package io.cromford.training;

/// A metric that is one sum over the cards by another; NaN where the second is 0.
final class PreparedRatio implements Prepared {
  private final PreparedSum above;
  private final PreparedSum below;

  PreparedRatio(double[] above, double[] below) {
    this.above = new PreparedSum(above);
    this.below = new PreparedSum(below);
  }

  @Override
  public double value(int[] multiplicities) {
    double denominator = below.value(multiplicities);
    return denominator == 0 ? Double.NaN : above.value(multiplicities) / denominator;
  }
}
