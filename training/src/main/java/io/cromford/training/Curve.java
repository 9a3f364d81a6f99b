package io.cromford.training;

import java.util.ArrayList;
import java.util.List;

/// A curve of a ranking, from the highest threshold to the lowest, thinned for drawing.
///
/// @param points at most [#MAX_POINTS]; always the first and the last
public record Curve(List<Point> points) {
  /// The most points a curve keeps.
  public static final int MAX_POINTS = 500;

  /// Copies the points.
  public Curve {
    points = List.copyOf(points);
  }

  /// One threshold.
  ///
  /// @param threshold the score from which on rows count as alerted
  /// @param x the recall (precision and recall) or the false positive rate (ROC)
  /// @param y the precision, or the true positive rate
  public record Point(double threshold, double x, double y) {}

  /// The curve of precision over recall; empty without a positive row.
  public static Curve precisionRecall(Scored rows) {
    double positives = rows.positives();
    return positives == 0
        ? new Curve(List.of())
        : of(rows, (hits, all) -> new double[] {hits / positives, hits / all});
  }

  /// The ROC curve, the true positive rate over the false positive rate, from (0, 0) on; empty
  /// unless both classes are there.
  public static Curve roc(Scored rows) {
    double positives = rows.positives();
    double negatives = rows.size() - positives;
    if (positives == 0 || negatives == 0) {
      return new Curve(List.of());
    }
    Curve curve =
        of(rows, (hits, all) -> new double[] {(all - hits) / negatives, hits / positives});
    List<Point> points = new ArrayList<>();
    points.add(new Point(Double.POSITIVE_INFINITY, 0, 0));
    points.addAll(curve.points());
    return thinned(points);
  }

  @FunctionalInterface
  private interface Coordinates {
    double[] of(double hits, double all);
  }

  private static Curve of(Scored rows, Coordinates coordinates) {
    Ranking ranking = Ranking.of(rows);
    List<Point> points = new ArrayList<>();
    int hits = 0;
    for (int group = 0; group < ranking.groups(); group++) {
      int before = hits;
      for (int rank = ranking.groupStart(group); rank < ranking.groupEnd(group); rank++) {
        hits += rows.positive(ranking.row(rank)) ? 1 : 0;
      }
      if (hits > before || group + 1 == ranking.groups() || group == 0) {
        double[] at = coordinates.of(hits, ranking.groupEnd(group));
        int row = ranking.row(ranking.groupEnd(group) - 1);
        points.add(new Point(rows.score(row), at[0], at[1]));
      }
    }
    return thinned(points);
  }

  /// Keeps the points that are evenly spaced along the curve's own steps, first and last included.
  private static Curve thinned(List<Point> points) {
    int size = points.size();
    if (size <= MAX_POINTS) {
      return new Curve(points);
    }
    List<Point> kept = new ArrayList<>();
    for (int i = 0; i < MAX_POINTS; i++) {
      kept.add(points.get((int) ((long) i * (size - 1) / (MAX_POINTS - 1))));
    }
    return new Curve(kept);
  }
}
