package io.cromford.serving;

import java.util.List;

/// A decision rebuilt from the ledger, with all that went into it.
///
/// @param decision what was answered
/// @param event the observation's columns, in the schema's order
/// @param features the feature values, in the plan's order
/// @param featureView the name of the feature view: the hash of its SQL
/// @param arrivedAt when the observation arrived, ISO 8601
/// @param outcomes the outcomes known by now, the latest last
public record DecisionView(
    Decision decision,
    List<Field> event,
    List<Field> features,
    String featureView,
    String arrivedAt,
    List<Field> outcomes) {
  /// Copies the lists.
  public DecisionView {
    event = List.copyOf(event);
    features = List.copyOf(features);
    outcomes = List.copyOf(outcomes);
  }

  /// A named value.
  ///
  /// @param name the column's or feature's name
  /// @param json the value as JSON: a number, a string in quotes, `true`, `false` or `null`
  public record Field(String name, String json) {}
}
