package io.cromford.training;

import io.cromford.model.RuleModel;
import java.util.List;

/// Rules that a person wrote: nothing is learnt, the rows only give the features their names.
///
/// @param parameters the conditions
public record RuleLearner(RuleParameters parameters) implements Learner {
  /// Makes the model.
  ///
  /// @throws IllegalArgumentException if a condition is none, or names no feature
  @Override
  public Fitted fit(TrainingSet rows) {
    List<RuleModel.Condition> conditions =
        parameters.any().stream()
            .map(text ->
                RuleModel.Condition.parse(text, rows.featureNames())
                    .orElseThrow(
                        () -> new IllegalArgumentException("no condition: `" + text + "`")))
            .toList();
    RuleModel model = new RuleModel(rows.featureCount(), conditions);
    return new Fitted(parameters, model, model.toJson(), rows);
  }
}
