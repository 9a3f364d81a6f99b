package io.cromford.serving;

import io.cromford.core.CromfordException;
import io.cromford.core.ErrorCode;
import io.cromford.core.Progress;
import io.cromford.flywheel.AlertThreshold;
import io.cromford.flywheel.Maturity;
import io.cromford.flywheel.PromotionGate;
import io.cromford.flywheel.RetrainSchedule;
import io.cromford.model.Model;
import io.cromford.serving.definition.FactoryDefinition;
import io.cromford.serving.definition.FlywheelDefinition.Promote;
import io.cromford.training.Fitted;
import io.cromford.training.Folds.Span;
import io.cromford.training.Learner;
import io.cromford.training.Metric;
import io.cromford.training.PairedBootstrap;
import io.cromford.training.Parameters;
import io.cromford.training.Scored;
import io.cromford.training.Scorer;
import io.cromford.training.Threshold;
import io.cromford.training.TrainingSet;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The flywheel's turns: the first training, and at each boundary a challenger that must prove
/// itself.
///
/// A turn reads the books and the view and gives back the control records that say what happened;
/// who calls appends them as one commit and applies them. So a turn that is cut off leaves nothing
/// but files in the registry that the next try writes again, byte for byte.
final class Loop {
  private final FactoryDefinition definition;
  private final Trainer trainer;
  private final ModelShelf shelf;
  private final RetrainSchedule schedule;

  Loop(FactoryDefinition definition, Trainer trainer, ModelShelf shelf, RetrainSchedule schedule) {
    this.definition = definition;
    this.trainer = trainer;
    this.shelf = shelf;
    this.schedule = schedule;
  }

  /// The schedule of a factory.
  ///
  /// @param goLive from which boundaries are counted
  static RetrainSchedule schedule(FactoryDefinition definition, long goLive) {
    return new RetrainSchedule(
        goLive,
        definition.flywheel().retrainEvery(),
        definition.learning().training().window(),
        definition.learning().training().validate().test(),
        definition.data().label().maturity());
  }

  /// The first training, at go-live.
  ///
  /// @param maturity of the days so far
  /// @param reports where the evaluation goes
  /// @throws CromfordException with STATE_CONFLICT if there is too little to learn from
  List<Control> first(
      FirstTraining training, Maturity maturity, ReportFolder reports, Progress progress) {
    RetrainSchedule.Plan plan = schedule.plan(0);
    Maturity.Verdict verdict = maturity.judge(plan.atMillis());
    FirstTraining.Outcome outcome = training.train(plan, verdict, progress);
    reports.write("training", outcome.evaluation().json(), outcome.evaluation().html());
    List<Control> done = new ArrayList<>(alarm(plan.refit(), plan.atMillis(), verdict));
    done.add(outcome.trained());
    done.add(
        promotion(
            outcome.fitted().model(),
            outcome.trained().model(),
            outcome.trained().model(),
            look(plan, verdict),
            "the first model"));
    return done;
  }

  /// What a turn looks at, taken at its boundary so that the rest can run beside the serving.
  ///
  /// @param plan the boundary
  /// @param verdict which days are complete
  /// @param known the training window, with the labels known then
  /// @param recent the last days before the boundary, for the threshold
  record Sight(
      RetrainSchedule.Plan plan,
      Maturity.Verdict verdict,
      Trainer.Known known,
      TrainingSet recent) {
    long boundary() {
      return plan.atMillis();
    }
  }

  /// Looks at what a turn needs; for the thread that owns the books.
  ///
  /// @param boundary the factory time, one of the schedule's
  Sight look(RetrainSchedule.Plan boundary, Maturity maturity) {
    return look(boundary, maturity.judge(boundary.atMillis()));
  }

  private Sight look(RetrainSchedule.Plan plan, Maturity.Verdict verdict) {
    long at = plan.atMillis();
    Span lastDays = new Span(at - AlertThreshold.DAYS * Scored.DAY_MILLIS, at);
    return new Sight(
        plan, verdict, trainer.known(plan.refit(), verdict), trainer.known(lastDays).rows());
  }

  /// A boundary: a challenger is fitted, judged, and refitted and promoted if it is good enough.
  ///
  /// @param championVersion who serves
  /// @param recipe the parameters found before go-live
  List<Control> turn(Sight sight, String championVersion, Model champion, Parameters recipe) {
    List<Control> done = new ArrayList<>(challenge(sight, championVersion, champion, recipe));
    done.add(new Control.BoundaryPassed(sight.boundary()));
    return done;
  }

  private List<Control> challenge(
      Sight sight, String championVersion, Model champion, Parameters recipe) {
    RetrainSchedule.Plan plan = sight.plan();
    if (definition.flywheel().promote() == Promote.NEVER) {
      return List.of();
    }
    if (!sight.verdict().isComplete(plan.test())) {
      return List.of(new Control.Skipped(sight.boundary(), reason(sight.verdict()), true));
    }
    TrainingSet rows = plan.challenger().of(sight.known().rows());
    if (rows.positives() == 0 || rows.positives() == rows.size()) {
      return List.of(
          new Control.Skipped(sight.boundary(), "the window holds one class only", false));
    }
    List<Control> done =
        new ArrayList<>(alarm(plan.challenger(), sight.boundary(), sight.verdict()));
    TrainingSet heldOut = plan.test().of(sight.known().rows());
    Fitted fitted = Learner.of(recipe).fit(rows);
    Scored challengerScores = Scorer.score(fitted.model(), heldOut);
    Control.Trained trained =
        shelf.publish(
            fitted,
            origin(rows, sight.known(), plan.challenger()),
            "challenger",
            new ModelShelf.Worth(
                metricsOf(challengerScores),
                1,
                SegmentCard.of(definition.data().segments(), heldOut, challengerScores)));
    Control.Judged judged =
        judge(
            sight.boundary(),
            trained.model(),
            championVersion,
            new PairedBootstrap.Pair(challengerScores, Scorer.score(champion, heldOut)));
    done.add(trained);
    done.add(judged);
    if (judged.passed()) {
      done.addAll(promote(sight, recipe, judged));
    }
    return done;
  }

  /// What passed is refitted on the whole window, and promoted, or proposed if a person has the
  /// last word.
  private List<Control> promote(Sight sight, Parameters recipe, Control.Judged judged) {
    Trainer.Known known = sight.known();
    Fitted refit = Learner.of(recipe).fit(known.rows());
    Control.Trained trained =
        shelf.publish(
            refit,
            origin(known.rows(), known, sight.plan().refit()),
            "refit",
            ModelShelf.Worth.judgedAs(judged.challenger()));
    return List.of(
        trained,
        definition.flywheel().promote() == Promote.AUTO
            ? promotion(refit.model(), trained.model(), judged.challenger(), sight, judged.reason())
            : new Control.Proposed(
                trained.model(), judged.challenger(), sight.boundary(), judged.reason()));
  }

  /// An alarm if days of a span are left out; none if all are complete.
  private static List<Control> alarm(Span span, long at, Maturity.Verdict verdict) {
    return verdict.isComplete(span)
        ? List.of()
        : List.of(
            new Control.Alarmed(at, "days were left out of the training: " + reason(verdict)));
  }

  private static String reason(Maturity.Verdict verdict) {
    return verdict
        .alarm()
        .map(Maturity.Alarm::message)
        .orElse("the outcomes of some days are not complete.");
  }

  /// The interval starts with the first row, where the window reaches back before it.
  private static ModelShelf.Origin origin(TrainingSet rows, Trainer.Known known, Span wanted) {
    long first = wanted.untilMillis();
    for (int row = 0; row < rows.size(); row++) {
      first = Math.min(first, rows.eventMillis(row));
    }
    return new ModelShelf.Origin(
        new Trainer.Known(rows, known.first(), known.last()),
        new Span(first, wanted.untilMillis()));
  }

  private Control.Judged judge(
      long boundary, String challenger, String champion, PairedBootstrap.Pair scores) {
    PromotionGate.Verdict verdict =
        PromotionGate.judge(
            scores, definition.flywheel().gate(), definition.learning().training().search().seed());
    PromotionGate.Evidence evidence = verdict.evidence();
    return new Control.Judged(
        boundary,
        challenger,
        champion,
        evidence.challenger(),
        evidence.champion(),
        evidence.bound(),
        evidence.positives(),
        verdict instanceof PromotionGate.Verdict.Passed,
        String.join("; ", verdict.reasons()));
  }

  private Control.Promoted promotion(
      Model model, String version, String judged, Sight sight, String reason) {
    List<Double> daily =
        AlertThreshold.dailyScores(
            Scorer.score(model, sight.recent()), definition.decision().alertsPerDay());
    return new Control.Promoted(version, judged, sight.boundary(), daily, reason, "factory");
  }

  private Map<String, Double> metricsOf(Scored rows) {
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

  /// Who serves without a model: nobody.
  static CromfordException notLive() {
    return new CromfordException(
        ErrorCode.STATE_CONFLICT,
        "no model serves yet.\nMaybe run `cromford build` first, or wait for go-live.");
  }
}
