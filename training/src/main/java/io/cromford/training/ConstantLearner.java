package io.cromford.training;

import io.cromford.model.ConstantModel;

/// The share of positives for every row: the baseline that anything must beat.
///
/// @param parameters none, but the kind
public record ConstantLearner(ConstantParameters parameters) implements Learner {
  @Override
  public Fitted fit(TrainingSet rows) {
    Learner.requireBothClasses(rows);
    double prior = (double) rows.positives() / rows.size();
    ConstantModel model = new ConstantModel(rows.featureCount(), prior);
    return new Fitted(parameters, model, model.toJson(), rows);
  }
}
