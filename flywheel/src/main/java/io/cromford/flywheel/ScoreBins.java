package io.cromford.flywheel;

import io.cromford.core.SnapshotReader;
import io.cromford.core.SnapshotWriter;
import io.cromford.training.Scored;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Bins of scores, finer where the alerts are, with the share of scores that is expected in each.
///
/// @param edges the lower edges of all bins but the first, ascending
/// @param shares the expected shares, one more than edges, summing to 1
public record ScoreBins(List<Double> edges, List<Double> shares) {
  private static final double[] QUANTILES = {0.5, 0.8, 0.9, 0.95, 0.98, 0.99, 0.995};

  /// Copies and checks the lists.
  public ScoreBins {
    edges = List.copyOf(edges);
    shares = List.copyOf(shares);
    if (shares.size() != edges.size() + 1) {
      throw new IllegalArgumentException(edges.size() + " edges and " + shares.size() + " shares");
    }
  }

  void save(SnapshotWriter out) {
    out.each(edges, out::real);
    out.each(shares, out::real);
  }

  static ScoreBins read(SnapshotReader in) {
    return new ScoreBins(in.each(in::real), in.each(in::real));
  }

  /// Bins at quantiles of some scores; edges that coincide are one.
  ///
  /// @param rows at least one
  public static ScoreBins of(Scored rows) {
    if (rows.size() == 0) {
      throw new IllegalArgumentException("no score to make bins of");
    }
    double[] scores = new double[rows.size()];
    for (int row = 0; row < scores.length; row++) {
      scores[row] = rows.score(row);
    }
    Arrays.sort(scores);
    List<Double> edges = new ArrayList<>();
    for (double quantile : QUANTILES) {
      double edge = scores[(int) (quantile * scores.length)];
      if (edge > scores[0] && (edges.isEmpty() || edge > edges.getLast())) {
        edges.add(edge);
      }
    }
    return new ScoreBins(edges, shares(edges, scores));
  }

  private static List<Double> shares(List<Double> edges, double[] scores) {
    long[] counts = new long[edges.size() + 1];
    for (double score : scores) {
      counts[bin(edges, score)]++;
    }
    return Arrays.stream(counts).mapToObj(count -> (double) count / scores.length).toList();
  }

  /// The number of bins.
  public int size() {
    return shares.size();
  }

  /// The bin of a score.
  public int bin(double score) {
    return bin(edges, score);
  }

  /// A score on an edge belongs to the bin above it. Scores are compared as floats, as which the
  /// edges were taken.
  private static int bin(List<Double> edges, double score) {
    int bin = 0;
    while (bin < edges.size() && (float) score >= edges.get(bin).floatValue()) {
      bin++;
    }
    return bin;
  }

  /// How far counts are from what is expected: the population stability index, which is the
  /// Jeffreys divergence of the two histograms.
  ///
  /// By convention 0.1 is a shift to look at and 0.25 a large one. By chance alone it is about
  /// (bins − 1) / scores.
  ///
  /// @param counts of scores by bin, shape `[size]`; each is taken half a score higher, so that an
  ///   empty bin is no infinity
  /// @return in nats, ≥ 0; NaN if nothing was counted
  /// @see <a href="https://doi.org/10.1098/rspa.1946.0056">Jeffreys 1946</a>
  public double stabilityIndex(long[] counts) {
    return stabilityIndex(shares, counts);
  }

  /// As [#stabilityIndex(long[])], for bins of anything.
  ///
  /// @param shares what is expected of each bin
  public static double stabilityIndex(List<Double> shares, long[] counts) {
    long total = Arrays.stream(counts).sum();
    if (total == 0) {
      return Double.NaN;
    }
    double index = 0;
    for (int bin = 0; bin < shares.size(); bin++) {
      double seen = (counts[bin] + 0.5) / (total + 0.5 * counts.length);
      double expected = (shares.get(bin) * total + 0.5) / (total + 0.5 * counts.length);
      index += (seen - expected) * StrictMath.log(seen / expected);
    }
    return index;
  }
}
