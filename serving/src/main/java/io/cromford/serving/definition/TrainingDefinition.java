package io.cromford.serving.definition;

import java.time.Duration;
import java.util.List;

/// How models are fitted and chosen.
///
/// @param learners the kinds of model that compete, at least one
/// @param metric what the tuner maximises on the validation folds
/// @param window how far back a model learns
/// @param sampling which of the window's rows it learns from
/// @param validate how candidates are judged
/// @param search how many candidates there are
public record TrainingDefinition(
    List<LearnerKind> learners,
    MetricKind metric,
    Duration window,
    Sampling sampling,
    Validate validate,
    Search search) {
  /// The kinds of model.
  public enum LearnerKind {
    /// Boosted trees.
    XGBOOST,
    /// Logistic regression.
    LOGISTIC
  }

  /// What a tuner can maximise.
  public enum MetricKind {
    /// Average precision.
    AVERAGE_PRECISION,
    /// Area under the ROC curve.
    AUC,
    /// Share of right cards among a day's alerts.
    CARD_PRECISION
  }

  /// Which rows a model learns from.
  ///
  /// @param keepNegatives the share of negatives that is kept, weighted by its inverse; above 0, at
  ///   most 1
  public record Sampling(double keepNegatives) {}

  /// How candidates are judged: on folds in time order, the label's maturity as the gap.
  ///
  /// @param foldsAtMost the most folds, at least 1
  /// @param test the length of a fold's test
  public record Validate(int foldsAtMost, Duration test) {}

  /// How many candidates there are. A budget in trials, not in minutes, so that the result does not
  /// depend on the machine.
  ///
  /// @param trials at least 1
  /// @param seed of every random choice in training
  public record Search(int trials, long seed) {}

  /// Copies the learners.
  public TrainingDefinition {
    learners = List.copyOf(learners);
  }
}
