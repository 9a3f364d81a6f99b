package io.cromford.training;

import io.cromford.core.CromfordException;
import io.cromford.core.ErrorCode;

/// Fits a model to rows.
///
/// A fit is a pure function of parameters and rows: the same input gives the same bytes on the same
/// machine and library version. It runs on the calling thread alone; to use more cores, run fits
/// side by side.
public sealed interface Learner
    permits XGBoostLearner, LogisticLearner, ConstantLearner, RuleLearner {
  /// The parameters it fits with.
  Parameters parameters();

  /// Fits a model.
  ///
  /// @throws CromfordException with [ErrorCode#STATE_CONFLICT] if the rows have only one class,
  ///   with [ErrorCode#EXTERNAL] if a library fails
  Fitted fit(TrainingSet rows);

  /// The learner of some parameters.
  static Learner of(Parameters parameters) {
    return switch (parameters) {
      case XGBoostParameters xgboost -> new XGBoostLearner(xgboost);
      case LogisticParameters logistic -> new LogisticLearner(logistic);
      case ConstantParameters constant -> new ConstantLearner(constant);
      case RuleParameters rules -> new RuleLearner(rules);
    };
  }

  /// Refuses rows from which nothing can be learnt.
  static void requireBothClasses(TrainingSet rows) {
    if (rows.positives() == 0 || rows.positives() == rows.size()) {
      throw new CromfordException(
          ErrorCode.STATE_CONFLICT,
          "of "
              + rows.size()
              + " training rows "
              + rows.positives()
              + " are positive, so there is nothing to tell apart."
              + "\nMaybe wait for more outcomes, or widen `training: window`.");
    }
  }
}
