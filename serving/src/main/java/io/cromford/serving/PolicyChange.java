package io.cromford.serving;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import io.cromford.core.CromfordException;
import io.cromford.core.ErrorCode;
import io.cromford.serving.definition.DecisionDefinition;
import io.cromford.serving.definition.DecisionDefinition.CostsDefinition;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// What a person may have otherwise of the policies without touching the factory file; what is null
/// stays as it is.
///
/// @param alertsPerDay how many alerts a day people can look at, 1 to [#MOST_ALERTS]
/// @param investigation what looking at an alert costs, in the factory's currency, 0 or more
@JsonInclude(JsonInclude.Include.NON_NULL)
public record PolicyChange(@Nullable Integer alertsPerDay, @Nullable Double investigation) {
  /// The most alerts a day, as in the factory file.
  public static final int MOST_ALERTS = 1_000_000;

  private static final double MOST_COST = 1e9;

  /// Everything stays as it is.
  static final PolicyChange NONE = new PolicyChange(null, null);

  /// @throws CromfordException USAGE if a number is out of its range
  public PolicyChange {
    require(
        alertsPerDay == null || (alertsPerDay >= 1 && alertsPerDay <= MOST_ALERTS),
        "alerts_per_day is %s.\nMaybe a whole number from 1 to %,d."
            .formatted(alertsPerDay, MOST_ALERTS));
    require(
        investigation == null || (investigation >= 0 && investigation <= MOST_COST),
        "investigation is %s.\nMaybe an amount of 0 or more: what looking at one alert costs."
            .formatted(investigation));
  }

  /// All of it, as policies have it.
  static PolicyChange all(Policies policies) {
    DecisionDefinition decision = policies.decision();
    return new PolicyChange(decision.alertsPerDay(), decision.costs().investigation());
  }

  /// What differs between policies, as the latter have it.
  static PolicyChange between(Policies was, Policies is) {
    DecisionDefinition old = was.decision();
    DecisionDefinition now = is.decision();
    double cost = now.costs().investigation();
    return new PolicyChange(
        old.alertsPerDay() == now.alertsPerDay() ? null : now.alertsPerDay(),
        Double.compare(old.costs().investigation(), cost) == 0 ? null : cost);
  }

  /// Whether nothing becomes otherwise.
  @JsonIgnore
  boolean isNothing() {
    return alertsPerDay == null && investigation == null;
  }

  /// The policies with it.
  Policies on(Policies policies) {
    DecisionDefinition was = policies.decision();
    CostsDefinition costs = was.costs();
    return new Policies(
        new DecisionDefinition(
            was.entity(),
            Objects.requireNonNullElse(alertsPerDay, was.alertsPerDay()),
            was.reasons(),
            was.knownPositives(),
            was.explore(),
            new CostsDefinition(
                costs.currency(),
                Objects.requireNonNullElse(investigation, costs.investigation()),
                costs.missed())),
        alertsPerDay == null ? policies.flywheel() : policies.flywheel().lookingAt(alertsPerDay));
  }

  /// What of it another change does not speak of.
  PolicyChange without(PolicyChange other) {
    return new PolicyChange(
        other.alertsPerDay == null ? alertsPerDay : null,
        other.investigation == null ? investigation : null);
  }

  /// What others say of the things that this speaks of.
  PolicyChange asIn(Policies policies) {
    return new PolicyChange(
        alertsPerDay == null ? null : policies.decision().alertsPerDay(),
        investigation == null ? null : policies.decision().costs().investigation());
  }

  /// What becomes otherwise, in words: `100 → 120 alerts a day`.
  ///
  /// @param before as of [#asIn]
  public String words(PolicyChange before) {
    List<String> words = new ArrayList<>();
    if (alertsPerDay != null) {
      words.add("%s → %s alerts a day".formatted(before.alertsPerDay, alertsPerDay));
    }
    if (investigation != null) {
      words.add("%s → %s for looking at an alert".formatted(before.investigation, investigation));
    }
    return words.isEmpty() ? "nothing" : String.join(", ", words);
  }

  private static void require(boolean holds, String message) {
    if (!holds) {
      throw new CromfordException(ErrorCode.USAGE, message);
    }
  }
}
