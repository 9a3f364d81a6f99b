package io.cromford.training;

import java.util.SplittableRandom;

/// What a tuner may try for one learner.
public sealed interface SearchSpace permits XGBoostSpace, LogisticSpace {
  /// The parameters of the learner's first trial.
  Parameters defaults();

  /// Parameters drawn from the space.
  Parameters draw(SplittableRandom random);

  /// The number of trials after which more would tell nothing new.
  int enough();

  /// The space of a learner by its name.
  ///
  /// @param learner `xgboost` or `logistic`
  /// @throws IllegalArgumentException if there is none of that name
  static SearchSpace of(String learner, long seed) {
    return switch (learner) {
      case XGBoostParameters.LEARNER -> XGBoostSpace.of(XGBoostParameters.defaults(seed));
      case LogisticParameters.LEARNER -> LogisticSpace.of(LogisticParameters.defaults());
      default ->
          throw new IllegalArgumentException(
              "no search for the learner `" + learner + "`; there is one for xgboost, logistic");
    };
  }
}
