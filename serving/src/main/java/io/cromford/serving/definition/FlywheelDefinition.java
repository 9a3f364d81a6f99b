package io.cromford.serving.definition;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.cromford.flywheel.Envelope;
import io.cromford.flywheel.PromotionGate;
import io.cromford.flywheel.RetrainSchedule;
import io.cromford.flywheel.Rollout;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// How the factory keeps itself right.
///
/// @param retrainEvery how often a challenger is fitted, counted from go-live
/// @param haste how often while an alarm holds
/// @param promote who lets a challenger take over
/// @param gate what a challenger has to show
/// @param rollout how one that showed it comes to serve, and is taken back
/// @param lastResort conditions on features, any of which raises an alert where no model may serve;
///   without any nothing is alerted then
/// @param envelope within what a challenger takes over without a person; null for no such bounds
@JsonInclude(JsonInclude.Include.NON_NULL)
public record FlywheelDefinition(
    Duration retrainEvery,
    RetrainSchedule.Haste haste,
    Promote promote,
    PromotionGate.Rule gate,
    Rollout.Rule rollout,
    List<String> lastResort,
    @Nullable Envelope envelope) {
  private static final int ALERTS_TOO_MANY = 3;
  private static final int ALERTS_BY_CHANCE = 10;

  /// Copies the list.
  public FlywheelDefinition {
    lastResort = List.copyOf(lastResort);
  }

  /// Without an envelope.
  public FlywheelDefinition(
      Duration retrainEvery,
      RetrainSchedule.Haste haste,
      Promote promote,
      PromotionGate.Rule gate,
      Rollout.Rule rollout,
      List<String> lastResort) {
    this(retrainEvery, haste, promote, gate, rollout, lastResort, null);
  }

  /// From how many alerts a day on something is wrong with a model.
  static int mostAlerts(int alertsPerDay) {
    return ALERTS_TOO_MANY * alertsPerDay + ALERTS_BY_CHANCE;
  }

  /// The same where people can look at another number of alerts a day.
  public FlywheelDefinition lookingAt(int alertsPerDay) {
    return new FlywheelDefinition(
        retrainEvery,
        haste,
        promote,
        gate,
        rollout.withMostAlerts(mostAlerts(alertsPerDay)),
        lastResort,
        envelope);
  }

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
