package io.cromford.serving;

import io.cromford.core.CromfordException;
import io.cromford.core.ErrorCode;
import io.cromford.core.Progress;
import io.cromford.flywheel.Maturity;
import io.cromford.flywheel.RetrainSchedule;
import io.cromford.serving.definition.FactoryDefinition;
import io.cromford.serving.definition.TrainingDefinition;
import io.cromford.training.ConstantParameters;
import io.cromford.training.EvaluationReport;
import io.cromford.training.Fitted;
import io.cromford.training.Folds;
import io.cromford.training.Folds.Span;
import io.cromford.training.Learner;
import io.cromford.training.Metric;
import io.cromford.training.MetricResult;
import io.cromford.training.ModelEvaluation;
import io.cromford.training.Parameters;
import io.cromford.training.Scored;
import io.cromford.training.SearchSpace;
import io.cromford.training.TrainingSet;
import io.cromford.training.Trial;
import io.cromford.training.Tuner;
import io.cromford.training.Tuning;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Executor;

/// The training before go-live: the tuner on time folds, and the best recipe fitted on all that is
/// mature.
final class FirstTraining {
  private final FactoryDefinition definition;
  private final Trainer trainer;
  private final ModelShelf shelf;
  private final Executor executor;

  /// @param executor runs fits side by side
  FirstTraining(
      FactoryDefinition definition, Trainer trainer, ModelShelf shelf, Executor executor) {
    this.definition = definition;
    this.trainer = trainer;
    this.shelf = shelf;
    this.executor = executor;
  }

  /// What came of it.
  ///
  /// @param trained the record of the fit
  /// @param fitted the model
  /// @param evaluation what it is worth on the folds' tests
  record Outcome(Control.Trained trained, Fitted fitted, EvaluationReport evaluation) {}

  /// Trains.
  ///
  /// @param plan of go-live
  /// @param verdict on the days at go-live; what is incomplete is left out
  /// @throws CromfordException with STATE_CONFLICT if there is too little to learn from
  Outcome train(RetrainSchedule.Plan plan, Maturity.Verdict verdict, Progress progress) {
    Span window = window(plan.refit());
    Trainer.Known known = trainer.known(window, verdict);
    TrainingSet rows = known.rows();
    requireRows(rows, window);
    Folds folds = folds(window);
    Tuning tuning = tune(rows, folds, progress);
    Parameters recipe = tuning.best().parameters();
    Progress.Step step = progress.start("fit", 0);
    Fitted fitted = Learner.of(recipe).fit(rows);
    EvaluationReport evaluation = evaluate(fitted, window, rows, folds, tuning);
    Control.Trained trained =
        shelf.publish(
            fitted,
            new ModelShelf.Origin(trainer.features(), known, window),
            "champion",
            new ModelShelf.Worth(
                metrics(evaluation, tuning),
                folds.folds().size(),
                SegmentCard.of(evaluation.segments()),
                ModelEvaluation.of(evaluation).json()));
    step.finish(
        String.format(
            Locale.ROOT,
            "%s on %,d payments, %,d of them positive",
            recipe.learner(),
            rows.size(),
            rows.positives()));
    return new Outcome(trained, fitted, evaluation);
  }

  /// Says why there is nothing to learn from, where there is nothing.
  private void requireRows(TrainingSet rows, Span window) {
    if (rows.size() == 0) {
      throw tooLittle(
          trainer.lastEvent() == 0
              ? "no observation to learn from arrived before go-live.\nMaybe `go-live` lies before the data, or all rows are in quarantine: `cromford quarantine list` has them."
              : "no observation happened in the days to learn from, %s; they happened from %s to %s.\nMaybe `go-live` is far from the data, or the outcomes of those days are missing."
                  .formatted(
                      window,
                      Instant.ofEpochMilli(trainer.firstEvent()),
                      Instant.ofEpochMilli(trainer.lastEvent())));
    }
    if (rows.positives() == 0 || rows.positives() == rows.size()) {
      throw tooLittle(
          String.format(
              Locale.ROOT,
              "of the %,d observations to learn from, %s, %s positive: there is nothing to tell apart.\nMaybe the outcomes are missing, or `map` turns the label's words round.",
              rows.size(),
              window,
              rows.positives() == 0 ? "none is" : "all are"));
    }
  }

  private static CromfordException tooLittle(String message) {
    return new CromfordException(ErrorCode.STATE_CONFLICT, message);
  }

  private Span window(Span wanted) {
    long from = Math.max(trainer.firstEvent(), wanted.fromMillis());
    return new Span(Math.min(from, wanted.untilMillis()), wanted.untilMillis());
  }

  private Folds folds(Span window) {
    TrainingDefinition training = definition.learning().training();
    return Folds.of(
        window,
        new Folds.Layout(
            training.window(),
            definition.data().label().maturity(),
            training.validate().test(),
            training.validate().foldsAtMost()));
  }

  private Tuning tune(TrainingSet rows, Folds folds, Progress progress) {
    TrainingDefinition training = definition.learning().training();
    long seed = training.search().seed();
    List<SearchSpace> spaces =
        training.learners().stream()
            .map(learner ->
                SearchSpace.of(
                    learner.name().toLowerCase(Locale.ROOT),
                    training.sampling().keepNegatives(),
                    seed))
            .toList();
    Metric metric = metric(training.metric());
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
            "%d trials on %d %s (%s): %s, %s %.3f against %.3f of the constant",
            tuning.trials().size(),
            folds.folds().size(),
            folds.folds().size() == 1 ? "fold" : "folds",
            folds.reason(),
            tuning.best().parameters().learner(),
            metric.title().toLowerCase(Locale.ROOT),
            tuning.best().mean(),
            tuning.baseline().mean()));
    return tuning;
  }

  private Metric metric(TrainingDefinition.MetricKind kind) {
    return switch (kind) {
      case AVERAGE_PRECISION -> new Metric.AveragePrecision();
      case AUC -> new Metric.RocAuc();
      case CARD_PRECISION -> new Metric.CardPrecision(definition.decision().alertsPerDay());
    };
  }

  private EvaluationReport evaluate(
      Fitted fitted, Span window, TrainingSet rows, Folds folds, Tuning tuning) {
    List<Scored> tests = Tuner.validate(fitted.parameters(), rows, folds, executor);
    List<Scored> baseline = Tuner.validate(new ConstantParameters(), rows, folds, executor);
    TrainingSet recent = folds.folds().getFirst().test().of(rows);
    return EvaluationReport.of(
        new EvaluationReport.Subject(
            definition.about().name() + ": the first model", fitted, window),
        folds,
        tuning,
        new EvaluationReport.Validation(
            tests,
            baseline,
            recent,
            definition.data().segments().stream()
                .map(segment ->
                    EvaluationReport.Validation.Part.of(segment, rows, folds, tests, baseline))
                .toList()),
        new EvaluationReport.Reading(
            definition.decision().alertsPerDay(),
            definition.decision().costs().costs(),
            definition.learning().training().search().seed()));
  }

  private static Map<String, Double> metrics(EvaluationReport evaluation, Tuning tuning) {
    Map<String, Double> values = new LinkedHashMap<>();
    for (MetricResult result : evaluation.results()) {
      if (Double.isFinite(result.value())) {
        values.put(result.metric().key(), result.value());
      }
    }
    values.put("baseline_" + tuning.metric().key(), tuning.baseline().mean());
    return values;
  }
}
