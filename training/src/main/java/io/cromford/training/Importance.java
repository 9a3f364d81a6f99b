package io.cromford.training;

import io.cromford.model.Model;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/// How much each feature moves the scores: the mean magnitude of its contribution, in log-odds,
/// over a sample of rows.
///
/// Contributions are exact Shapley values for trees and weight times standardised value for
/// logistic regression, so the kinds of models compare. The sample is spread evenly over the rows,
/// half of it positive as far as there are positives, because among all rows frauds would not
/// count.
///
/// @param features by descending importance; of equals in the order of the features
/// @param rows how many rows were explained
/// @param positives how many of them are positive
/// @see <a href="https://doi.org/10.1038/s42256-019-0138-9">Lundberg et al. 2020</a>
public record Importance(List<FeatureShare> features, int rows, int positives) {
  /// Copies the list.
  public Importance {
    features = List.copyOf(features);
  }

  /// One feature.
  ///
  /// @param name of the feature
  /// @param meanMagnitude the mean of its contribution's absolute value, in log-odds
  public record FeatureShare(String name, double meanMagnitude) {}

  /// The importance of a model's features.
  ///
  /// @param atMost how many rows are explained at most; trees cost up to a millisecond each
  public static Importance of(Model model, TrainingSet rows, int atMost) {
    TrainingSet positives = spread(rows.select(rows::positive), atMost / 2);
    TrainingSet negatives =
        spread(rows.select(row -> !rows.positive(row)), atMost - positives.size());
    double[] sums = new double[rows.featureCount()];
    add(model, positives, sums);
    add(model, negatives, sums);
    int count = positives.size() + negatives.size();
    List<FeatureShare> shares = new ArrayList<>();
    for (int feature = 0; feature < sums.length; feature++) {
      double mean = count == 0 ? 0 : sums[feature] / count;
      shares.add(new FeatureShare(rows.featureNames().get(feature), mean));
    }
    shares.sort(Comparator.comparingDouble(FeatureShare::meanMagnitude).reversed());
    return new Importance(shares, count, positives.size());
  }

  private static void add(Model model, TrainingSet rows, double[] sums) {
    float[] values = new float[rows.featureCount()];
    for (int row = 0; row < rows.size(); row++) {
      rows.copyRow(row, values, 0);
      double[] contributions = model.contributions(values);
      for (int feature = 0; feature < sums.length; feature++) {
        sums[feature] += Math.abs(contributions[feature]);
      }
    }
  }

  private static TrainingSet spread(TrainingSet rows, int atMost) {
    if (rows.size() <= atMost) {
      return rows;
    }
    boolean[] taken = new boolean[rows.size()];
    Arrays.fill(taken, false);
    for (int i = 0; i < atMost; i++) {
      taken[(int) ((long) i * rows.size() / atMost)] = true;
    }
    return rows.select(row -> taken[row]);
  }
}
