package io.cromford.serving;

import io.cromford.core.CromfordException;
import io.cromford.core.ErrorCode;
import io.cromford.core.Progress;
import io.cromford.flywheel.FlywheelPolicy;
import io.cromford.flywheel.PromotionGate;
import io.cromford.model.Model;
import io.cromford.serving.definition.FactoryDefinition;
import io.cromford.serving.definition.FlywheelDefinition;
import io.cromford.serving.definition.FlywheelDefinition.Promote;
import io.cromford.training.Fitted;
import io.cromford.training.Folds;
import io.cromford.training.Folds.Span;
import io.cromford.training.Learner;
import io.cromford.training.Metric;
import io.cromford.training.PairedBootstrap;
import io.cromford.training.Parameters;
import io.cromford.training.Scored;
import io.cromford.training.Scorer;
import io.cromford.training.SearchSpace;
import io.cromford.training.TrainingSet;
import io.cromford.training.Trial;
import io.cromford.training.Tuner;
import io.cromford.training.Tuning;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Executor;

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
  private final Executor executor;

  /// @param executor runs fits side by side
  Loop(FactoryDefinition definition, Trainer trainer, ModelShelf shelf, Executor executor) {
    this.definition = definition;
    this.trainer = trainer;
    this.shelf = shelf;
    this.executor = executor;
  }

  /// The first training: the tuner on time folds, and the best recipe fitted on all that is mature.
  ///
  /// @param goLive the factory time of it
  /// @throws CromfordException with STATE_CONFLICT if there is too little to learn from
  List<Control> first(long goLive, Progress progress) {
    long until = goLive - maturity();
    long from = Math.max(trainer.firstEvent(), until - window());
    Known known = trainer.known(from, until);
    TrainingSet rows = known.rows();
    Folds folds = folds(from, until);
    Tuning tuning = tune(rows, folds, progress);
    Parameters recipe = tuning.best().parameters();
    Progress.Step step = progress.start("fit", 0);
    Fitted fitted = Learner.of(recipe).fit(rows);
    Map<String, Double> metrics = metrics(recipe, rows, folds);
    metrics.put("baseline_average_precision", tuning.baseline().mean());
    Control.Trained trained =
        shelf.publish(
            fitted,
            new ModelShelf.Origin(known, new Span(from, until)),
            "champion",
            metrics,
            folds.folds().size());
    Control.Promoted promoted =
        promotion(
            fitted.model(), trained.model(), trained.model(), look(goLive), "the first model");
    step.finish(
        String.format(
            Locale.ROOT,
            "%s on %,d payments, %,d of them positive",
            recipe.learner(),
            rows.size(),
            rows.positives()));
    return List.of(trained, promoted);
  }

  /// What a turn looks at, taken at its boundary so that the rest can run beside the serving.
  ///
  /// @param boundary the factory time
  /// @param known the training window, with the labels known then
  /// @param recent the last days before the boundary, for the threshold
  record Sight(long boundary, Known known, TrainingSet recent) {}

  /// Observations with the labels known now, and where they lie.
  ///
  /// @param first ordinal of the first observation
  /// @param last ordinal behind the last
  record Known(TrainingSet rows, long first, long last) {}

  /// Looks at what a turn needs; for the thread that owns the books.
  Sight look(long boundary) {
    long mature = boundary - maturity();
    return new Sight(
        boundary,
        trainer.known(mature - window(), mature),
        trainer.known(boundary - AlertBook.DAYS * Scored.DAY_MILLIS, boundary).rows());
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
    long boundary = sight.boundary();
    Known known = sight.known();
    long mature = boundary - maturity();
    long heldOutFrom = mature - definition.learning().training().validate().test().toMillis();
    TrainingSet rows = known.rows().between(mature - window(), heldOutFrom);
    TrainingSet heldOut = known.rows().between(heldOutFrom, mature);
    if (rows.positives() == 0 || rows.positives() == rows.size()) {
      return List.of(new Control.Skipped(boundary, "the window holds one class only", false));
    }
    Fitted fitted = Learner.of(recipe).fit(rows);
    Span interval = new Span(firstEvent(rows, heldOutFrom), heldOutFrom);
    Scored challengerScores = Scorer.score(fitted.model(), heldOut);
    Control.Trained trained =
        shelf.publish(
            fitted,
            new ModelShelf.Origin(new Known(rows, known.first(), known.last()), interval),
            "challenger",
            metricsOf(challengerScores),
            1);
    Control.Judged judged =
        judge(
            boundary,
            trained.model(),
            championVersion,
            new PairedBootstrap.Pair(challengerScores, Scorer.score(champion, heldOut)));
    List<Control> done = new ArrayList<>(List.of(trained, judged));
    if (judged.passed() && definition.flywheel().promote() == Promote.AUTO) {
      done.addAll(promote(sight, recipe, judged));
    }
    return done;
  }

  private List<Control> promote(Sight sight, Parameters recipe, Control.Judged judged) {
    Known known = sight.known();
    Fitted refit = Learner.of(recipe).fit(known.rows());
    long mature = sight.boundary() - maturity();
    Span interval = new Span(firstEvent(known.rows(), mature), mature);
    Control.Trained trained =
        shelf.publish(refit, new ModelShelf.Origin(known, interval), "refit", Map.of(), 0);
    return List.of(
        trained,
        promotion(refit.model(), trained.model(), judged.challenger(), sight, judged.reason()));
  }

  private static long firstEvent(TrainingSet rows, long otherwise) {
    long first = otherwise;
    for (int row = 0; row < rows.size(); row++) {
      first = Math.min(first, rows.eventMillis(row));
    }
    return first;
  }

  private Control.Judged judge(
      long boundary, String challenger, String championVersion, PairedBootstrap.Pair scores) {
    FlywheelDefinition.Gate wanted = definition.flywheel().gate();
    FlywheelPolicy.Gate gate =
        new FlywheelPolicy.Gate(wanted.minPositives(), wanted.confidence(), wanted.leastGain());
    PromotionGate.Verdict verdict =
        PromotionGate.judge(scores, gate, definition.learning().training().search().seed());
    return switch (verdict) {
      case PromotionGate.Verdict.Passed(var evidence, var reasons) ->
          judged(boundary, challenger, championVersion, evidence, true, reasons);
      case PromotionGate.Verdict.Held(var evidence, var reasons) ->
          judged(boundary, challenger, championVersion, evidence, false, reasons);
    };
  }

  private static Control.Judged judged(
      long boundary,
      String challenger,
      String champion,
      PromotionGate.Evidence evidence,
      boolean passed,
      List<String> reasons) {
    return new Control.Judged(
        boundary,
        challenger,
        champion,
        evidence.challenger(),
        evidence.champion(),
        evidence.bound(),
        evidence.positives(),
        passed,
        String.join("; ", reasons));
  }

  private Control.Promoted promotion(
      Model model, String version, String judged, Sight sight, String reason) {
    List<Double> daily =
        Trainer.dailyScores(model, sight.recent(), definition.decision().alertsPerDay());
    return new Control.Promoted(version, judged, sight.boundary(), daily, reason, "factory");
  }

  private Folds folds(long from, long until) {
    var training = definition.learning().training();
    return Folds.of(
        new Span(from, until),
        new Folds.Layout(
            training.window(),
            definition.data().label().maturity(),
            training.validate().test(),
            training.validate().foldsAtMost()));
  }

  private Tuning tune(TrainingSet rows, Folds folds, Progress progress) {
    var training = definition.learning().training();
    long seed = training.search().seed();
    List<SearchSpace> spaces =
        training.learners().stream()
            .map(learner ->
                SearchSpace.of(
                    learner.name().toLowerCase(Locale.ROOT),
                    training.sampling().keepNegatives(),
                    seed))
            .toList();
    Metric metric =
        switch (training.metric()) {
          case AVERAGE_PRECISION -> new Metric.AveragePrecision();
          case AUC -> new Metric.RocAuc();
          case CARD_PRECISION -> new Metric.CardPrecision(definition.decision().alertsPerDay());
        };
    Progress.Step step = progress.start("tune", training.search().trials());
    Tuner tuner =
        new Tuner(
            new Tuner.Budget(spaces, training.search().trials(), metric, seed),
            executor,
            (Trial trial) -> step.at(trial.number() + 1L));
    Tuning tuning = tuner.tune(rows, folds);
    step.finish(
        String.format(
            Locale.ROOT,
            "%d trials on %d folds (%s): %s, %s %.3f against %.3f of the constant",
            tuning.trials().size(),
            folds.folds().size(),
            folds.reason(),
            tuning.best().parameters().learner(),
            metric.title().toLowerCase(Locale.ROOT),
            tuning.best().mean(),
            tuning.baseline().mean()));
    return tuning;
  }

  private Map<String, Double> metrics(Parameters recipe, TrainingSet rows, Folds folds) {
    List<Scored> tests = Tuner.validate(recipe, rows, folds, executor);
    Map<String, Double> means = new LinkedHashMap<>();
    for (Scored test : tests) {
      metricsOf(test)
          .forEach((name, value) -> means.merge(name, value / tests.size(), Double::sum));
    }
    return means;
  }

  private Map<String, Double> metricsOf(Scored rows) {
    Map<String, Double> values = new LinkedHashMap<>();
    for (Metric metric :
        List.of(
            new Metric.RocAuc(),
            new Metric.AveragePrecision(),
            new Metric.CardPrecision(definition.decision().alertsPerDay()),
            new Metric.LogLoss(),
            new Metric.CalibrationError())) {
      values.put(metric.key(), metric.of(rows));
    }
    return values;
  }

  private long maturity() {
    return definition.data().label().maturity().toMillis();
  }

  private long window() {
    Duration window = definition.learning().training().window();
    return window.toMillis();
  }

  /// Who serves without a model: nobody.
  static CromfordException notLive() {
    return new CromfordException(
        ErrorCode.STATE_CONFLICT,
        "no model serves yet.\nMaybe run `cromford build` first, or wait for go-live.");
  }
}
