package io.cromford.serving;

import io.cromford.flywheel.AlertThreshold;
import io.cromford.model.Model;
import io.cromford.serving.definition.DecisionDefinition;
import io.cromford.serving.definition.DecisionDefinition.KnownPositives;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Where observations are decided on: the champion's score, the threshold, the action, the reasons.
///
/// Its state is a fold over decisions, promotions and known positives; the first model goes on
/// scoring in shadow, as the yardstick of what learning is worth.
final class Desk {
  private final DecisionDefinition policy;
  private final AlertThreshold threshold;
  private final List<Control.Promoted> promotions = new ArrayList<>();
  private final Map<Long, Long> knownPositives = new HashMap<>();
  private @Nullable Model champion;
  private @Nullable Model frozen;
  private float[] values = new float[0];
  private long alerts;

  Desk(DecisionDefinition policy) {
    this.policy = policy;
    this.threshold = new AlertThreshold(policy.alertsPerDay());
  }

  /// The alerts so far.
  long alerts() {
    return alerts;
  }

  /// Who served, in order; the last serves now.
  List<Control.Promoted> promotions() {
    return List.copyOf(promotions);
  }

  /// The promotion of a decision's model number.
  Control.Promoted promotion(int number) {
    return promotions.get(number);
  }

  boolean isOpen() {
    return champion != null;
  }

  /// A model serves from here on.
  ///
  /// @param atMillis the factory time
  void promoted(Control.Promoted promotion, Model model, long atMillis) {
    promotions.add(promotion);
    champion = model;
    if (frozen == null) {
      frozen = model;
      values = new float[model.features()];
    }
    threshold.swap(atMillis, promotion.dailyScores());
  }

  /// Decides on an observation; changes nothing but the day.
  ///
  /// @param features the feature values as served
  /// @param arrival the factory time
  DecisionRecord decide(int ordinal, double[] features, ServedFeatures.Facts facts, long arrival) {
    Model model = champion;
    Model yardstick = frozen;
    if (model == null || yardstick == null) {
      throw new IllegalStateException("no model serves");
    }
    threshold.advance(arrival);
    for (int i = 0; i < features.length; i++) {
      values[i] = (float) features[i];
    }
    double score = model.score(values, 0);
    double frozenScore = yardstick == model ? score : yardstick.score(values, 0);
    Action action = action(facts.entity(), score, arrival);
    Reasons reasons =
        action == Action.ALERT
            ? Reasons.largest(model.contributions(values), features.length, policy.reasons())
            : Reasons.NONE;
    return new DecisionRecord(
        ordinal,
        promotions.size() - 1,
        score,
        frozenScore,
        threshold.value(),
        action,
        ServedFeatures.hash(features, 0, features.length),
        reasons);
  }

  /// Takes a decision that is in the ledger.
  void decided(DecisionRecord decision, ServedFeatures.Facts facts, long arrival) {
    threshold.advance(arrival);
    boolean alert = decision.action() == Action.ALERT;
    threshold.decided(facts.entity(), decision.score(), alert);
    alerts += alert ? 1 : 0;
  }

  /// Whether it matters here that an entity had a positive.
  boolean watchesPositives() {
    return policy.knownPositives() instanceof KnownPositives.Block;
  }

  /// Takes the news that an entity had a positive.
  void knownPositive(long entity, long arrival) {
    knownPositives.put(entity, arrival);
  }

  private Action action(long entity, double score, long arrival) {
    if (policy.knownPositives() instanceof KnownPositives.Block block) {
      Long since = knownPositives.get(entity);
      if (since != null && arrival - since < block.duration().toMillis()) {
        return Action.BLOCK;
      }
    }
    if (score < threshold.value()) {
      return Action.PASS;
    }
    return threshold.hadAlert(entity) ? Action.ALERTED_BEFORE : Action.ALERT;
  }
}
