package io.cromford.serving;

import io.cromford.core.CromfordException;
import io.cromford.core.ErrorCode;
import io.cromford.core.Progress;
import io.cromford.flywheel.AlertThreshold;
import io.cromford.flywheel.Maturity;
import io.cromford.flywheel.PromotionGate;
import io.cromford.flywheel.RetrainSchedule;
import io.cromford.flywheel.Rollout;
import io.cromford.model.Model;
import io.cromford.serving.definition.FactoryDefinition;
import io.cromford.serving.definition.FlywheelDefinition.Promote;
import io.cromford.training.Fitted;
import io.cromford.training.Folds.Span;
import io.cromford.training.Learner;
import io.cromford.training.Parameters;
import io.cromford.training.RuleLearner;
import io.cromford.training.RuleParameters;
import io.cromford.training.Scored;
import io.cromford.training.TrainingSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The flywheel's turns: the first training, and at each boundary a challenger that must prove
/// itself.
///
/// A turn reads what a [Trainer] gives it and gives back the control records that say what
/// happened; who calls appends them as one commit and applies them. So a turn that is cut off
/// leaves nothing but files in the registry that the next try writes again, byte for byte.
final class Loop {
  private final FactoryDefinition definition;
  private final Trainer trainer;
  private final ModelShelf shelf;
  private final RetrainSchedule schedule;
  private final Fitter fitter;
  private final Judge judge;

  /// Fits a model: a pure function of recipe and rows.
  @FunctionalInterface
  interface Fitter {
    Fitted fit(Parameters recipe, TrainingSet rows);

    /// On the calling thread.
    static Fitted here(Parameters recipe, TrainingSet rows) {
      return Learner.of(recipe).fit(rows);
    }
  }

  Loop(
      FactoryDefinition definition,
      Trainer trainer,
      ModelShelf shelf,
      RetrainSchedule schedule,
      Fitter fitter) {
    this.definition = definition;
    this.trainer = trainer;
    this.shelf = shelf;
    this.schedule = schedule;
    this.fitter = fitter;
    this.judge = new Judge(definition);
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
    Sight sight = look(plan, verdict, trainer);
    Control.Trained lastResort = lastResort(sight);
    String version = outcome.trained().model();
    Rollout.Decision served =
        Rollout.start(lastResort.model())
            .on(
                new Rollout.Event.Appointed(sight.boundary(), version, version, "the first model"),
                rule());
    List<Control> done = new ArrayList<>(alarm(plan.refit(), plan.atMillis(), verdict));
    done.add(outcome.trained());
    done.add(lastResort);
    done.addAll(
        new Steps(model -> entrance(model, sight), rule().share(), Steps.FACTORY)
            .records(served.steps()));
    return done;
  }

  /// What serves where nothing better may: the rules that the factory file names.
  private Control.Trained lastResort(Sight sight) {
    Trainer.Known known = sight.known();
    return shelf.publish(
        new RuleLearner(new RuleParameters(definition.flywheel().lastResort())).fit(known.rows()),
        origin(known.rows(), known, sight.plan().refit()),
        Control.Trained.LAST_RESORT,
        new ModelShelf.Worth(Map.of(), 0, SegmentCard.NOT_LEARNT, ""));
  }

  /// What a turn looks at.
  ///
  /// @param plan the boundary
  /// @param verdict which days are complete
  /// @param known the training window, with the labels known then; behind it, what has a verdict
  /// @param opposing its test days in the features of who serves
  /// @param recent the last days before the boundary, for the threshold
  /// @param unlike why the training rows are not what was served; absent if they are
  record Sight(
      RetrainSchedule.Plan plan,
      Maturity.Verdict verdict,
      Trainer.Known known,
      TrainingSet opposing,
      TrainingSet recent,
      Optional<String> unlike) {
    long boundary() {
      return plan.atMillis();
    }
  }

  /// Looks at what a turn needs.
  ///
  /// @param plan the boundary, one of the schedule's
  /// @param verdict which days are complete
  /// @param champions gives the features of who serves
  Sight look(RetrainSchedule.Plan plan, Maturity.Verdict verdict, Trainer champions) {
    long at = plan.atMillis();
    Span lastDays = new Span(at - AlertThreshold.DAYS * Scored.DAY_MILLIS, at);
    Trainer.Known known = trainer.known(plan.refit(), verdict, at);
    TrainingSet opposing =
        champions.features().equals(trainer.features())
            ? plan.test().of(known.rows())
            : champions.known(plan.test(), verdict).rows();
    return new Sight(
        plan,
        verdict,
        known,
        opposing,
        trainer.known(lastDays).rows(),
        trainer.unlikeServed(known));
  }

  /// Who is challenged, and with what.
  ///
  /// @param champion the version that serves
  /// @param model its model
  /// @param recipe the parameters found before go-live
  /// @param rule what a challenger has to show
  record Challenged(String champion, Model model, Parameters recipe, PromotionGate.Rule rule) {}

  /// What came of a boundary.
  ///
  /// @param controls what was done, in order
  /// @param passed who is to begin its way; absent if nobody is
  record Turn(List<Control> controls, Optional<Passed> passed) {
    /// Copies the list.
    Turn {
      controls = List.copyOf(controls);
    }

    static Turn of(Control... controls) {
      return new Turn(List.of(controls), Optional.empty());
    }

    /// This one and another, which tried something else at the same boundary; what both say is said
    /// once.
    Turn and(Turn other) {
      List<Control> both = new ArrayList<>(controls);
      other.controls.stream().filter(control -> !controls.contains(control)).forEach(both::add);
      return new Turn(both, other.passed);
    }
  }

  /// A model that is good enough.
  ///
  /// @param version the fit that would serve
  /// @param judged the fit that was judged
  /// @param reason what the gate said
  /// @param entrance what it says of the days before
  record Passed(String version, String judged, String reason, Entrance entrance) {}

  /// A boundary: a challenger is fitted and judged; if it is good enough it is refitted.
  Turn turn(Sight sight, Challenged challenged) {
    RetrainSchedule.Plan plan = sight.plan();
    if (definition.flywheel().promote() == Promote.NEVER) {
      return Turn.of();
    }
    if (!sight.verdict().isComplete(plan.test())) {
      return Turn.of(
          Control.Skipped.loudly(
              sight.boundary(), reason(sight.verdict()), AlarmKind.OUTCOMES_SILENCE));
    }
    if (sight.unlike().isPresent()) {
      return Turn.of(
          Control.Skipped.loudly(
              sight.boundary(), sight.unlike().get(), AlarmKind.TRAINING_UNLIKE_SERVED));
    }
    TrainingSet rows = plan.challenger().of(sight.known().rows());
    if (rows.positives() == 0 || rows.positives() == rows.size()) {
      return Turn.of(Control.Skipped.quietly(sight.boundary(), "the window holds one class only"));
    }
    return challenge(sight, challenged, rows);
  }

  private Turn challenge(Sight sight, Challenged challenged, TrainingSet rows) {
    RetrainSchedule.Plan plan = sight.plan();
    List<Control> done =
        new ArrayList<>(alarm(plan.challenger(), sight.boundary(), sight.verdict()));
    TrainingSet heldOut = plan.test().of(sight.known().rows());
    Fitted fitted = fitter.fit(challenged.recipe(), rows);
    PromotionGate.Contest contest =
        judge.contest(fitted, challenged.model(), heldOut, sight.opposing());
    Scored scores = contest.scores().first();
    Control.Trained trained =
        shelf.publish(
            fitted,
            origin(rows, sight.known(), plan.challenger()),
            "challenger",
            new ModelShelf.Worth(
                judge.metrics(scores),
                1,
                SegmentCard.of(definition.data().segments(), heldOut, scores),
                judge.evaluation(fitted, challenged.champion(), contest, heldOut)));
    Control.Judged judged = judge.judge(sight.boundary(), trained.model(), challenged, contest);
    done.add(trained);
    done.add(judged);
    if (!judged.passed()) {
      return new Turn(done, Optional.empty());
    }
    Control.Trained refit = refit(sight, challenged.recipe(), judged);
    done.add(refit);
    return new Turn(
        done,
        Optional.of(
            new Passed(
                refit.model(),
                judged.challenger(),
                judged.reason(),
                entrance(refit.model(), sight))));
  }

  /// What passed is refitted on the whole window, and on the verdicts since.
  private Control.Trained refit(Sight sight, Parameters recipe, Control.Judged judged) {
    Trainer.Known known = sight.known();
    return shelf.publish(
        fitter.fit(recipe, known.rows()),
        origin(known.rows(), known, sight.plan().refit()),
        "refit",
        ModelShelf.Worth.judgedAs(judged.challenger()));
  }

  private Entrance entrance(String version, Sight sight) {
    return Entrance.of(shelf.model(version), sight.recent(), definition.decision().alertsPerDay());
  }

  private Rollout.Rule rule() {
    return definition.flywheel().rollout();
  }

  /// Whether the champion's predecessor is better beyond doubt.
  Rollout.Event.Compared compare(Past past, Model champion, Model former) {
    return judge.compare(past, champion, former);
  }

  /// What a comparison of the champion with its predecessor looks at.
  ///
  /// @param atMillis the factory time
  /// @param rows observations since the champion took over whose outcomes are mature and complete,
  ///   in its features
  /// @param formers the same observations in its predecessor's
  record Past(long atMillis, TrainingSet rows, TrainingSet formers) {}

  /// Since when a champion's observations are mature at a moment.
  Span since(Rollout.Champion champion, long atMillis) {
    long mature = atMillis - definition.data().label().maturity().toMillis();
    return new Span(Math.min(champion.sinceMillis(), mature), mature);
  }

  /// Looks at what a comparison needs.
  ///
  /// @param since as of [#since]
  /// @param verdict which days are complete
  /// @param formers gives the features of the predecessor
  Past past(Span since, long atMillis, Maturity.Verdict verdict, Trainer formers) {
    TrainingSet rows = trainer.known(since, verdict).rows();
    return new Past(
        atMillis,
        rows,
        formers.features().equals(trainer.features())
            ? rows
            : formers.known(since, verdict).rows());
  }

  /// An alarm if days of a span are left out; none if all are complete.
  private static List<Control> alarm(Span span, long at, Maturity.Verdict verdict) {
    return verdict.isComplete(span)
        ? List.of()
        : List.of(
            Control.Alarmed.of(
                at,
                "days were left out of the training: " + reason(verdict),
                AlarmKind.OUTCOMES_LEFT_OUT));
  }

  private static String reason(Maturity.Verdict verdict) {
    return verdict
        .alarm()
        .map(Maturity.Alarm::message)
        .orElse("the outcomes of some days are not complete.");
  }

  /// The interval starts with the first row, where the window reaches back before it.
  private ModelShelf.Origin origin(TrainingSet rows, Trainer.Known known, Span wanted) {
    long first = wanted.untilMillis();
    for (int row = 0; row < rows.size(); row++) {
      first = Math.min(first, rows.eventMillis(row));
    }
    return new ModelShelf.Origin(
        trainer.features(),
        new Trainer.Known(rows, known.first(), known.last(), null),
        new Span(first, wanted.untilMillis()));
  }

  /// Who serves without a model: nobody.
  static CromfordException notLive() {
    return new CromfordException(
        ErrorCode.STATE_CONFLICT,
        "no model serves yet.\nMaybe run `cromford build` first, or wait for go-live.");
  }
}
