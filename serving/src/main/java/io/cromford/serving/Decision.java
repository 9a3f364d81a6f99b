package io.cromford.serving;

import java.util.List;

/// What the factory decided on an observation, as it was answered.
///
/// @param id the observation's id
/// @param action what was decided
/// @param score the model's probability that the label is true, in [0, 1]
/// @param threshold the score from which on an observation was an alert at that moment
/// @param model the model version that answered
/// @param reasons the features that spoke loudest, the loudest first; empty where none were
///   computed
/// @param position the position in the ledger of the decision's record
public record Decision(
    String id,
    Action action,
    double score,
    double threshold,
    String model,
    List<Reason> reasons,
    long position) {
  /// Copies the reasons.
  public Decision {
    reasons = List.copyOf(reasons);
  }

  /// A feature that spoke for a high score.
  ///
  /// @param feature its name
  /// @param contribution in log-odds, above 0
  public record Reason(String feature, double contribution) {}
}
