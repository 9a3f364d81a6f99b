package io.cromford.flywheel;

import io.cromford.training.Costs;
import java.time.Duration;

/// How a score becomes a decision: the section `decision` of the factory file.
///
/// @param entity the column of what is investigated, such as `customer_id`: one alert a day each
/// @param alertsPerDay how many investigations a day can be made, at least 1
/// @param reasons how many reasons an alert carries, at least 0
/// @param knownPositives what happens to payments of an entity that is known to be compromised
/// @param costs of investigating and of missing
public record DecisionPolicy(
    String entity, int alertsPerDay, int reasons, KnownPositives knownPositives, Costs costs) {
  /// What happens to payments of an entity with a positive outcome.
  public sealed interface KnownPositives {
    /// Nothing: they are scored like any other.
    record None() implements KnownPositives {}

    /// They are blocked.
    ///
    /// @param length from the arrival of the outcome on, above zero
    record Block(Duration length) implements KnownPositives {
      /// Checks the length.
      public Block {
        Require.positive("known-positives: for", length);
      }
    }
  }

  /// Checks the numbers.
  public DecisionPolicy {
    Require.atLeast("alerts-per-day", 1, alertsPerDay);
    Require.atLeast("reasons", 0, reasons);
  }
}
