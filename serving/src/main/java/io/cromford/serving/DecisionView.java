package io.cromford.serving;

import io.cromford.flywheel.work.WorkItem;
import io.cromford.serving.definition.DecisionDefinition;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// A decision rebuilt from the ledger, with all that went into it.
///
/// @param decision what was answered
/// @param event the observation's columns, in the schema's order
/// @param features the feature values, in the plan's order
/// @param featureView the name of the feature view: the hash of its SQL
/// @param arrivedAt when the observation arrived, ISO 8601
/// @param outcomes the outcome in force, by its columns
/// @param standing what stands around it
/// @param lineage where the observation came from
public record DecisionView(
    Decision decision,
    List<Field> event,
    List<Field> features,
    String featureView,
    String arrivedAt,
    List<Field> outcomes,
    Standing standing,
    Lineage lineage) {
  /// Copies the lists.
  public DecisionView {
    event = List.copyOf(event);
    features = List.copyOf(features);
    outcomes = List.copyOf(outcomes);
  }

  /// What stands around a decision.
  ///
  /// @param policies the version of the policies that it was made by; empty if none was recorded
  /// @param stake whose it is and what it is about
  /// @param money in what the stake is counted
  /// @param said what each source of outcomes said last, the most trusted first
  /// @param work how the work on it stands; empty if it is no alert of the last days
  /// @param verdict how a verdict is told; empty if no source takes one
  public record Standing(
      String policies,
      DecisionLine.Stake stake,
      Money money,
      List<Said> said,
      Optional<WorkItem> work,
      Optional<VerdictForm> verdict) {
    /// Copies the list.
    public Standing {
      said = List.copyOf(said);
    }
  }

  /// In what a stake is counted.
  ///
  /// @param currency three letters
  /// @param column the observation's column that the amount is of; empty where it is the same for
  ///   each
  public record Money(String currency, Optional<String> column) {
    static Money of(DecisionDefinition.CostsDefinition costs) {
      return new Money(
          costs.currency(),
          costs.missed() instanceof DecisionDefinition.Missed.Column(String name)
              ? Optional.of(name)
              : Optional.empty());
    }
  }

  /// What a source of outcomes said last of an observation.
  ///
  /// @param source its name
  /// @param kind `label`, `provisional` or `other`
  /// @param positive what it says; empty if it says nothing, or took back what it said
  /// @param at when it arrived, by the factory's clock
  /// @param inForce whether it is believed
  /// @param columns the whole outcome
  /// @param lineage where it came from
  public record Said(
      String source,
      String kind,
      Optional<Boolean> positive,
      Instant at,
      boolean inForce,
      List<Field> columns,
      Lineage lineage) {
    /// Copies the list.
    public Said {
      columns = List.copyOf(columns);
    }
  }

  /// A named value.
  ///
  /// @param name the column's or feature's name
  /// @param json the value as JSON: a number, a string in quotes, `true`, `false` or `null`
  public record Field(String name, String json) {}
}
