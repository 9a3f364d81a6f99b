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
  /// @param negatives the share of negative rows that each fit keeps, in (0, 1]
  /// @throws IllegalArgumentException if there is none of that name
  static SearchSpace of(String learner, double negatives, long seed) {
    return switch (learner) {
      case XGBoostParameters.LEARNER ->
          XGBoostSpace.of(XGBoostParameters.defaults(seed).withNegatives(negatives));
      case LogisticParameters.LEARNER ->
          LogisticSpace.of(LogisticParameters.defaults().withNegatives(negatives));
      default ->
          throw new IllegalArgumentException(
              "no search for the learner `" + learner + "`; there is one for xgboost, logistic");
    };
  }
}
