package io.cromford.training;

import java.util.ArrayList;
import java.util.List;

/// Whether scores can be read as probabilities: rows in bins of their score, and for each bin the
/// mean score beside the share of positives.
///
/// The bins' edges are fixed and denser near zero, where most payments are: 0, .001, .002, .005,
/// .01, .02, .05, .1, .2, … .9, .95, 1. A bin holds its lower edge, the last one 1 as well.
///
/// @param bins those with at least one row, by ascending score
public record Calibration(List<Bin> bins) {
  private static final double[] EDGES = {
    .001, .002, .005, .01, .02, .05, .1, .2, .3, .4, .5, .6, .7, .8, .9, .95
  };

  /// The number of bins.
  static final int BINS = EDGES.length + 1;

  /// Copies the bins.
  public Calibration {
    bins = List.copyOf(bins);
  }

  /// The rows whose score lies in one interval.
  ///
  /// @param from the lower edge, inclusive
  /// @param until the upper edge, exclusive (but 1)
  /// @param rows how many, at least 1
  /// @param meanScore their mean score
  /// @param positives how many of them are positive
  public record Bin(double from, double until, int rows, double meanScore, int positives) {
    /// The share of positives.
    public double share() {
      return (double) positives / rows;
    }

    /// The 95 % interval of the share, by Wilson's score.
    public Interval interval() {
      return Interval.ofShare(positives, rows);
    }
  }

  /// The calibration of some rows, whose scores are probabilities.
  public static Calibration of(Scored rows) {
    byte[] binOfRow = binsOf(rows);
    int[] counts = new int[BINS];
    int[] positives = new int[BINS];
    double[] sums = new double[BINS];
    for (int row = 0; row < binOfRow.length; row++) {
      int bin = binOfRow[row];
      counts[bin]++;
      sums[bin] += rows.score(row);
      positives[bin] += rows.positive(row) ? 1 : 0;
    }
    List<Bin> bins = new ArrayList<>();
    for (int bin = 0; bin < BINS; bin++) {
      if (counts[bin] > 0) {
        bins.add(
            new Bin(
                bin == 0 ? 0 : EDGES[bin - 1],
                bin == EDGES.length ? 1 : EDGES[bin],
                counts[bin],
                sums[bin] / counts[bin],
                positives[bin]));
      }
    }
    return new Calibration(bins);
  }

  /// The mean distance between score and share over the bins, weighted by their rows.
  public double expectedError() {
    double sum = 0;
    long rows = 0;
    for (Bin bin : bins) {
      sum += bin.rows() * Math.abs(bin.meanScore() - bin.share());
      rows += bin.rows();
    }
    return rows == 0 ? Double.NaN : sum / rows;
  }

  static byte[] binsOf(Scored rows) {
    byte[] bins = new byte[rows.size()];
    for (int row = 0; row < bins.length; row++) {
      int bin = 0;
      while (bin < EDGES.length && rows.score(row) >= (float) EDGES[bin]) {
        bin++;
      }
      bins[row] = (byte) bin;
    }
    return bins;
  }
}
