package io.cromford.serving;

import io.cromford.flywheel.Truth;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// An observation in a list: what it was, what was decided, what became of it.
///
/// @param id of the observation
/// @param at when it arrived, by the factory's clock
/// @param decision what was decided; empty if nothing was, as no model served
/// @param stake whose it is and what it is about
/// @param event the observation's columns, in the schema's order
/// @param truth what outcomes say
public record DecisionLine(
    String id,
    Instant at,
    Optional<Decision> decision,
    Stake stake,
    List<DecisionView.Field> event,
    Truth truth) {
  /// Copies the columns.
  public DecisionLine {
    event = List.copyOf(event);
  }

  /// Whose an observation is and what it is about.
  ///
  /// @param entity of what alerts are about, as text
  /// @param amount what is lost if it is positive and nothing is done, in the currency of the costs
  /// @param atRisk the same times the score: the expected loss; 0 where nothing was decided
  public record Stake(String entity, double amount, double atRisk) {}
}
