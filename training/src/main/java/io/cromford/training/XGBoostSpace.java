package io.cromford.training;

import java.util.SplittableRandom;

/// What may be tried for XGBoost; what is not listed stays as in the defaults.
///
/// @param defaults the first trial
/// @param growth trees, depth and rate
/// @param restraint the least weight of a child and the L2 penalty
/// @param shares rows and columns a tree
public record XGBoostSpace(
    XGBoostParameters defaults, Growth growth, Restraint restraint, Shares shares)
    implements SearchSpace {
  /// The ranges of the ensemble's shape; trees and depth are whole numbers.
  public record Growth(Dimension trees, Dimension depth, Dimension rate) {}

  /// The ranges of what holds a split back.
  public record Restraint(Dimension leastChildWeight, Dimension l2) {}

  /// The ranges of the shares of rows and columns.
  public record Shares(Dimension rows, Dimension columns) {}

  /// The ranges that suit tables of window features: shallow trees, many of them.
  public static XGBoostSpace of(XGBoostParameters defaults) {
    return new XGBoostSpace(
        defaults,
        new Growth(
            new Dimension.Whole(100, 300),
            new Dimension.Whole(3, 6),
            new Dimension.LogUniform(0.06, 0.3)),
        new Restraint(new Dimension.LogUniform(0.5, 30), new Dimension.LogUniform(0.3, 30)),
        new Shares(new Dimension.Uniform(0.6, 1), new Dimension.Uniform(0.3, 1)));
  }

  @Override
  public Parameters draw(SplittableRandom random) {
    return new XGBoostParameters(
        new XGBoostParameters.Shape(
            (int) growth.trees().draw(random),
            (int) growth.depth().draw(random),
            growth.rate().draw(random)),
        new XGBoostParameters.Restraint(
            restraint.leastChildWeight().draw(random),
            restraint.l2().draw(random),
            defaults.restraint().leastGain()),
        new XGBoostParameters.Shares(
            defaults.shares().negatives(),
            shares.rows().draw(random),
            shares.columns().draw(random)),
        defaults.positiveWeight(),
        defaults.method(),
        defaults.seed());
  }

  @Override
  public int enough() {
    return Integer.MAX_VALUE;
  }
}
