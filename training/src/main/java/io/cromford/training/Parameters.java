package io.cromford.training;

import java.util.Map;
import java.util.SequencedMap;

/// A learner's parameters: together with the rows they determine the model's bytes.
///
/// [#toMap] and [#of] are inverse, so that a retraining can take up the parameters that a report or
/// a registry holds.
public sealed interface Parameters
    permits XGBoostParameters, LogisticParameters, ConstantParameters, RuleParameters {
  /// The learner they are for: `xgboost`, `logistic`, `constant` or `rules`.
  String learner();

  /// The parameters by name, each an `Integer`, `Long`, `Double` or `String`, in a fixed order.
  SequencedMap<String, Object> toMap();

  /// Reads what [#toMap] gave; what is absent takes its default.
  ///
  /// @param learner `xgboost`, `logistic`, `constant` or `rules`
  /// @param values numbers, or texts that hold one
  /// @throws IllegalArgumentException if the learner or a name is not known, or a value does not
  ///   hold
  static Parameters of(String learner, Map<String, ?> values) {
    ParameterReader reader = new ParameterReader(values);
    Parameters parameters =
        switch (learner) {
          case XGBoostParameters.LEARNER -> XGBoostParameters.of(reader);
          case LogisticParameters.LEARNER -> LogisticParameters.of(reader);
          case ConstantParameters.LEARNER -> new ConstantParameters();
          case RuleParameters.LEARNER -> RuleParameters.of(reader);
          default ->
              throw new IllegalArgumentException(
                  "no learner `" + learner + "`; there are xgboost, logistic, constant, rules");
        };
    reader.requireAllRead();
    return parameters;
  }
}
