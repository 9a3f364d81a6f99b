package io.cromford.training;

/// A metric that is a sum over the cards.
final class PreparedSum implements Prepared {
  private final double[] sums;

  /// The sum of each card's rows, by the card's number.
  PreparedSum(double[] sums) {
    this.sums = sums;
  }

  @Override
  public double value(int[] multiplicities) {
    double sum = 0;
    for (int card = 0; card < sums.length; card++) {
      sum += multiplicities[card] * sums[card];
    }
    return sum;
  }
}
