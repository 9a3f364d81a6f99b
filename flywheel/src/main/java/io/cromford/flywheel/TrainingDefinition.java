package io.cromford.flywheel;

import io.cromford.training.Folds;
import io.cromford.training.Metric;
import io.cromford.training.SearchSpace;
import io.cromford.training.Tuner;
import java.time.Duration;
import java.util.List;

/// How models are trained: the section `training` of the factory file.
///
/// @param learners by name, in the order in which they are tried, at least one
/// @param metric what the tuner judges by
/// @param window how far back training rows reach
/// @param validation how recipes are judged
/// @param search how recipes are drawn
public record TrainingDefinition(
    List<String> learners, Metric metric, Duration window, Validation validation, Search search) {
  /// How recipes, and later challengers, are judged.
  ///
  /// @param foldsAtMost the most folds before go-live
  /// @param test the length of each fold's test, and of the span a challenger is judged on
  public record Validation(int foldsAtMost, Duration test) {
    /// Checks the numbers.
    public Validation {
      Require.atLeast("folds-at-most", 1, foldsAtMost);
      Require.positive("test", test);
    }
  }

  /// How recipes are drawn.
  ///
  /// @param trials how many are tried, at least 1
  /// @param negatives the share of negative rows that each fit keeps, in (0, 1], weighted by its
  ///   inverse
  /// @param seed of everything that is drawn
  public record Search(int trials, double negatives, long seed) {
    /// Checks the numbers.
    public Search {
      Require.atLeast("trials", 1, trials);
      if (!(negatives > 0 && negatives <= 1)) {
        throw new IllegalArgumentException(
            "`negatives` is " + negatives + ", not above 0 and at most 1");
      }
    }
  }

  /// Checks and copies.
  public TrainingDefinition {
    learners = List.copyOf(learners);
    Require.atLeast("learners", 1, learners.size());
    Require.positive("window", window);
    if (window.compareTo(validation.test()) <= 0) {
      throw new IllegalArgumentException(
          "`window` is " + window + ", not longer than the test of " + validation.test());
    }
  }

  /// The folds' layout for a label of some maturity.
  public Folds.Layout layout(Duration maturity) {
    return new Folds.Layout(window, maturity, validation.test(), validation.foldsAtMost());
  }

  /// The tuner's budget.
  ///
  /// @throws IllegalArgumentException if a learner cannot be searched
  public Tuner.Budget budget() {
    List<SearchSpace> spaces =
        learners.stream()
            .map(learner -> SearchSpace.of(learner, search.negatives(), search.seed()))
            .toList();
    return new Tuner.Budget(spaces, search.trials(), metric, search.seed());
  }
}
