package io.cromford.training;

import java.util.SplittableRandom;

/// What may be tried for logistic regression: the weight of the data against the penalty.
///
/// @param defaults the first trial
/// @param cost the range of the cost
public record LogisticSpace(LogisticParameters defaults, Dimension cost) implements SearchSpace {
  /// One dimension is soon searched.
  private static final int ENOUGH = 5;

  /// Costs from 0.001 to 100.
  public static LogisticSpace of(LogisticParameters defaults) {
    return new LogisticSpace(defaults, new Dimension.LogUniform(1e-3, 100));
  }

  @Override
  public Parameters draw(SplittableRandom random) {
    return new LogisticParameters(
        cost.draw(random), defaults.negatives(), defaults.positiveWeight());
  }

  @Override
  public int enough() {
    return ENOUGH;
  }
}
