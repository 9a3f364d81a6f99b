package io.cromford.training;

/// The expected calibration error of a resample: per bin the sum of scores less truths, their
/// absolute values averaged over the rows.
final class PreparedCalibrationError implements Prepared {
  private final byte[] binOfRow;
  private final int[] cardOfRow;
  private final float[] excessOfRow;

  PreparedCalibrationError(Scored rows, int[] cardOfRow) {
    this.binOfRow = Calibration.binsOf(rows);
    this.cardOfRow = cardOfRow;
    this.excessOfRow = new float[rows.size()];
    for (int row = 0; row < excessOfRow.length; row++) {
      excessOfRow[row] = rows.score(row) - (rows.positive(row) ? 1 : 0);
    }
  }

  @Override
  public double value(int[] multiplicities) {
    double[] excess = new double[Calibration.BINS];
    long drawn = 0;
    for (int row = 0; row < cardOfRow.length; row++) {
      int times = multiplicities[cardOfRow[row]];
      excess[binOfRow[row]] += (double) times * excessOfRow[row];
      drawn += times;
    }
    return drawn == 0 ? Double.NaN : sumOfMagnitudes(excess) / drawn;
  }

  private static double sumOfMagnitudes(double[] values) {
    double sum = 0;
    for (double value : values) {
      sum += Math.abs(value);
    }
    return sum;
  }
}
