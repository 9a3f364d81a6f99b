package io.cromford.training;

import java.util.List;

/// What a tuner found.
///
/// @param metric what it judged by
/// @param trials every one, by number
/// @param best the best by the mean over the folds; of equals, the one with the smaller number
/// @param baseline the constant model on the same folds
public record Tuning(Metric metric, List<Trial> trials, Trial best, Trial baseline) {
  /// Copies the trials.
  public Tuning {
    trials = List.copyOf(trials);
  }

  /// The best trial of each learner, in the order of their first trial.
  public List<Trial> bestByLearner() {
    return trials.stream()
        .map(trial -> trial.parameters().learner())
        .distinct()
        .map(learner ->
            best(
                metric,
                trials.stream()
                    .filter(trial -> trial.parameters().learner().equals(learner))
                    .toList()))
        .toList();
  }

  static Trial best(Metric metric, List<Trial> trials) {
    Trial best = trials.getFirst();
    for (Trial trial : trials) {
      boolean better =
          metric.higherIsBetter() ? trial.mean() > best.mean() : trial.mean() < best.mean();
      if (better || (Double.isNaN(best.mean()) && !Double.isNaN(trial.mean()))) {
        best = trial;
      }
    }
    return best;
  }
}
