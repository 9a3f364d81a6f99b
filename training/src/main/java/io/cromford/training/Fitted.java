package io.cromford.training;

import io.cromford.model.ConstantModel;
import io.cromford.model.LogisticModel;
import io.cromford.model.Model;
import io.cromford.model.RuleModel;
import io.cromford.model.TreeEnsemble;

/// A fitted model with its bytes and where it came from.
public final class Fitted {
  private final Parameters parameters;
  private final Model model;
  private final byte[] bytes;
  private final int rows;
  private final int positives;

  Fitted(Parameters parameters, Model model, byte[] bytes, TrainingSet used) {
    this.parameters = parameters;
    this.model = model;
    this.bytes = bytes;
    this.rows = used.size();
    this.positives = used.positives();
  }

  /// What a fit in another process left.
  ///
  /// @param bytes the model's file
  /// @param rows what it was fitted on, before negatives were left out
  /// @throws io.cromford.core.CromfordException INPUT_UNREADABLE if it is no such model
  public static Fitted of(Parameters parameters, byte[] bytes, TrainingSet rows) {
    String name = "the model";
    return switch (parameters) {
      case XGBoostParameters xgboost ->
          new Fitted(
              parameters,
              TreeEnsemble.read(bytes, name),
              bytes,
              new NegativeSampling(xgboost.shares().negatives()).of(rows));
      case LogisticParameters logistic ->
          new Fitted(
              parameters,
              LogisticModel.read(bytes, name),
              bytes,
              new NegativeSampling(logistic.negatives()).of(rows));
      case ConstantParameters _ ->
          new Fitted(parameters, ConstantModel.read(bytes, name), bytes, rows);
      case RuleParameters _ -> new Fitted(parameters, RuleModel.read(bytes, name), bytes, rows);
    };
  }

  /// What it was fitted with.
  public Parameters parameters() {
    return parameters;
  }

  /// The model, ready to score.
  public Model model() {
    return model;
  }

  /// The model's file: JSON in the form of its kind. A fresh copy.
  public byte[] bytes() {
    return bytes.clone();
  }

  /// The rows it was fitted on, after negatives were left out.
  public int rows() {
    return rows;
  }

  /// The positive rows among them.
  public int positives() {
    return positives;
  }
}
