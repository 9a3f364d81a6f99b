package io.cromford.model;

import java.util.Arrays;

/// Exact path-dependent Shapley values of a tree ensemble.
///
/// A tree's output is the sum over its leaves of the leaf's value where the row passes every
/// condition on the leaf's path. If only a set S of features is known, the conditions on the others
/// are passed with the share of the training rows that passed them [1]. So a leaf is a game of its
/// own, the product over the features of its path of `one` (1 if the row passes all conditions on
/// that feature, else 0) for those in S and of `zero` (the product of the shares) for the others,
/// times the value.
///
/// The Shapley value of such a product [2] needs the coefficients p[j] of the polynomial `∏
/// (zero(f) + one(f)·t)`: coefficient j sums the game over the subsets of size j. The features the
/// row fails are constant factors, so only the k passed ones count: their polynomial is monic,
/// taking a feature out of it is a synthetic division without a division, and all failed features
/// get the same. With d features on the path and `W[j] = j! (d-1-j)! / d!`:
///
/// - passed f: `+ value · ∏failed zero · (1 - zero(f)) · Σ W[j] · (p / (zero(f) + t))[j]`
/// - failed f: `- value · ∏failed zero · Σ W[j] · p[j]`
///
/// Cost: O(k²) per leaf.
///
/// @see <a href="https://arxiv.org/abs/1802.03888">[1] Lundberg, Erion, Lee 2018: Consistent
///   Individualized Feature Attribution for Tree Ensembles</a>
/// @see <a href="https://arxiv.org/abs/2209.08192">[2] Yu, Bai, Li, Cao 2022: Linear TreeShap</a>
final class TreeShap {
  private final TreePaths paths;
  private final double bias;

  /// For each length of a path: the weights of the subset sizes.
  private final double[][] weights;

  TreeShap(Trees trees) {
    this.paths = new TreePaths(trees);
    this.bias = paths.bias();
    this.weights = new double[paths.longest() + 1][];
    for (int length = 1; length < weights.length; length++) {
      weights[length] = weights(length);
    }
  }

  /// The contributions of one row.
  ///
  /// @return shape `[features + 1]`, the trees' mean output last
  double[] contributions(float[] row) {
    double[] contributions = new double[paths.features() + 1];
    double[] polynomial = new double[paths.longest() + 1];
    boolean[] passed = new boolean[paths.longest()];
    for (int leaf = 0; leaf < paths.leaves(); leaf++) {
      add(leaf, row, polynomial, passed, contributions);
    }
    contributions[paths.features()] = bias;
    return contributions;
  }

  private void add(
      int leaf, float[] row, double[] polynomial, boolean[] passed, double[] contributions) {
    int start = paths.start(leaf);
    int length = paths.start(leaf + 1) - start;
    if (length == 0) {
      return;
    }
    double factor = paths.value(leaf);
    int degree = 0;
    polynomial[0] = 1;
    for (int i = 0; i < length; i++) {
      passed[i] = paths.passes(start + i, row);
      if (passed[i]) {
        multiply(polynomial, degree++, paths.zero(start + i));
      } else {
        factor *= paths.zero(start + i);
      }
    }
    double[] weight = weights[length];
    double failedShare = degree == length ? 0 : factor * sum(weight, polynomial, degree);
    for (int i = 0; i < length; i++) {
      double zero = paths.zero(start + i);
      contributions[paths.feature(start + i)] +=
          passed[i]
              ? factor * (1 - zero) * sumWithout(weight, polynomial, degree, zero)
              : -failedShare;
    }
  }

  /// Multiplies a polynomial of a degree by (zero + t).
  private static void multiply(double[] polynomial, int degree, double zero) {
    polynomial[degree + 1] = polynomial[degree];
    for (int j = degree; j > 0; j--) {
      polynomial[j] = Math.fma(zero, polynomial[j], polynomial[j - 1]);
    }
    polynomial[0] *= zero;
  }

  private static double sum(double[] weight, double[] polynomial, int degree) {
    double sum = 0;
    for (int j = 0; j <= degree; j++) {
      sum += weight[j] * polynomial[j];
    }
    return sum;
  }

  /// The weighted sum over the coefficients of the polynomial divided by (zero + t).
  private static double sumWithout(double[] weight, double[] polynomial, int degree, double zero) {
    double coefficient = polynomial[degree];
    double sum = weight[degree - 1] * coefficient;
    for (int j = degree - 1; j > 0; j--) {
      coefficient = polynomial[j] - zero * coefficient;
      sum += weight[j - 1] * coefficient;
    }
    return sum;
  }

  /// j! (d-1-j)! / d! for j from 0 to d-1.
  private static double[] weights(int length) {
    double[] weights = new double[length];
    Arrays.setAll(weights, j -> 1.0 / length / binomial(length - 1, j));
    return weights;
  }

  private static double binomial(int n, int k) {
    double binomial = 1;
    for (int i = 1; i <= k; i++) {
      binomial = binomial * (n - k + i) / i;
    }
    return binomial;
  }
}
