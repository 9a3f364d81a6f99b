package io.cromford.serving;

import io.cromford.flywheel.PromotionGate;
import io.cromford.flywheel.Rollout;
import io.cromford.model.Model;
import io.cromford.model.RuleModel;
import io.cromford.serving.definition.FactoryDefinition;
import io.cromford.training.Fitted;
import io.cromford.training.Importance;
import io.cromford.training.Metric;
import io.cromford.training.ModelEvaluation;
import io.cromford.training.PairedBootstrap;
import io.cromford.training.Scored;
import io.cromford.training.Scorer;
import io.cromford.training.Threshold;
import io.cromford.training.TrainingSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Sends models through the gate: scores both on the same rows, and says in a record what came of
/// it.
final class Judge {
  private static final double COMPARISON_CONFIDENCE = 0.99;

  private final FactoryDefinition definition;

  Judge(FactoryDefinition definition) {
    this.definition = definition;
  }

  /// Rules take no work to speak of, and anything may take their place.
  ///
  /// @param heldOut the observations that neither was fitted on, in the challenger's features
  /// @param opposing the same observations in the champion's
  PromotionGate.Contest contest(
      Fitted challenger, Model champion, TrainingSet heldOut, TrainingSet opposing) {
    Scored scores = Scorer.score(challenger.model(), heldOut);
    Scored others = Scorer.score(champion, opposing);
    List<PromotionGate.Part> parts =
        definition.data().segments().stream()
            .map(segment ->
                new PromotionGate.Part(
                    segment.name(),
                    new PairedBootstrap.Pair(
                        segment.of(heldOut, scores), segment.of(heldOut, others))))
            .toList();
    return new PromotionGate.Contest(
        new PairedBootstrap.Pair(scores, others),
        parts,
        champion instanceof RuleModel ? 1 : (double) challenger.model().steps() / champion.steps());
  }

  /// What is kept of a challenger: both models drawn on the rows of the contest, as JSON.
  ///
  /// @param champion the version that serves
  /// @param heldOut as of [#contest]
  String evaluation(
      Fitted challenger, String champion, PromotionGate.Contest contest, TrainingSet heldOut) {
    PairedBootstrap.Pair scores = contest.scores();
    List<ModelEvaluation.Part> parts =
        definition.data().segments().stream()
            .map(segment ->
                ModelEvaluation.Part.of(
                    segment,
                    segment.of(heldOut, scores.first()),
                    segment.of(heldOut, scores.second())))
            .toList();
    return new ModelEvaluation(
            ModelEvaluation.Side.of(scores.first()),
            new ModelEvaluation.Opponent(champion, ModelEvaluation.Side.of(scores.second())),
            parts,
            Importance.of(challenger.model(), heldOut, ModelEvaluation.EXPLAINED_ROWS))
        .json();
  }

  /// Holds a challenger against the champion.
  Control.Judged judge(
      long boundary, String challenger, Loop.Challenged challenged, PromotionGate.Contest contest) {
    PromotionGate.Verdict verdict =
        PromotionGate.judge(
            contest, challenged.rule(), definition.learning().training().search().seed());
    PromotionGate.Evidence evidence = verdict.evidence();
    return new Control.Judged(
        boundary,
        challenger,
        challenged.champion(),
        evidence.challenger(),
        evidence.champion(),
        evidence.bound(),
        evidence.positives(),
        evidence.segments().stream().map(Control.OnSegment::of).toList(),
        verdict instanceof PromotionGate.Verdict.Passed,
        String.join("; ", verdict.reasons()));
  }

  /// Whether the champion's predecessor is better beyond doubt: it has to pass the gate against the
  /// champion, with more confidence since it is tried several times.
  ///
  /// @param past what matured since, in the features of each
  Rollout.Event.Compared compare(Loop.Past past, Model champion, Model former) {
    PromotionGate.Verdict verdict =
        PromotionGate.judge(
            PromotionGate.Contest.of(
                new PairedBootstrap.Pair(
                    Scorer.score(former, past.formers()), Scorer.score(champion, past.rows()))),
            definition.flywheel().gate().withConfidence(COMPARISON_CONFIDENCE),
            definition.learning().training().search().seed());
    return new Rollout.Event.Compared(
        past.atMillis(),
        verdict instanceof PromotionGate.Verdict.Passed,
        "its predecessor on what has matured since: " + String.join("; ", verdict.reasons()));
  }

  /// The metrics that a version keeps, by name.
  Map<String, Double> metrics(Scored rows) {
    Map<String, Double> values = new LinkedHashMap<>();
    for (Metric metric :
        List.of(
            new Metric.RocAuc(),
            new Metric.AveragePrecision(),
            new Metric.CardPrecision(definition.decision().alertsPerDay()),
            new Metric.LogLoss(),
            new Metric.CalibrationError(),
            new Metric.MoneySaved(
                definition.decision().costs().costs(),
                new Threshold.AlertsPerDay(definition.decision().alertsPerDay())))) {
      double value = metric.of(rows);
      if (Double.isFinite(value)) {
        values.put(metric.key(), value);
      }
    }
    return values;
  }
}
