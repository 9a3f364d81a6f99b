package io.cromford.serving.definition;

import io.cromford.flywheel.PromotionGate;
import java.time.Duration;

/// How the factory keeps itself right.
///
/// @param retrainEvery how often a challenger is fitted, counted from go-live
/// @param promote who lets a challenger take over
/// @param gate what a challenger has to show
/// @param keepWarm how long the former champion stays ready for a rollback
public record FlywheelDefinition(
    Duration retrainEvery, Promote promote, PromotionGate.Rule gate, Duration keepWarm) {
  /// Who lets a challenger take over.
  public enum Promote {
    /// The factory, once the gate is passed.
    AUTO,
    /// A person, once the gate is passed.
    PROPOSE,
    /// Nobody: no challenger is fitted.
    NEVER
  }
}
