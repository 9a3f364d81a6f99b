package io.cromford.serving;

import io.cromford.core.CromfordException;
import io.cromford.core.ErrorCode;
import io.cromford.core.Progress;
import io.cromford.flywheel.Maturity;
import io.cromford.flywheel.MissedWatch;
import io.cromford.flywheel.PromotionGate;
import io.cromford.flywheel.RetrainSchedule;
import io.cromford.flywheel.Rollout;
import io.cromford.serving.definition.FactoryDefinition;
import io.cromford.training.Folds.Span;
import io.cromford.training.Parameters;
import io.cromford.training.Scored;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/// When the flywheel turns: in a replay traffic waits until what is due is done, live the fits run
/// beside the serving. For the owning thread.
final class Turns {
  private static final System.Logger LOG = System.getLogger(Turns.class.getName());

  private final FactoryDefinition definition;
  private final Folds folds;
  private final ModelShelf shelf;
  private final Owner owner;
  private final Executor fits;
  private final ChildFit children;
  private final Jobs jobs;
  private final DayWatch days;
  private boolean turning;
  private double nanosPerRow;

  /// @param owner the owning thread, which a turn beside the serving comes back to
  /// @param fits runs fits side by side
  /// @param children fits beside the serving
  /// @param jobs shows what runs beside the serving
  /// @param days ends days
  Turns(
      FactoryDefinition definition,
      Folds folds,
      ModelShelf shelf,
      Owner owner,
      Executor fits,
      ChildFit children,
      Jobs jobs,
      DayWatch days) {
    this.definition = definition;
    this.folds = folds;
    this.shelf = shelf;
    this.owner = owner;
    this.fits = fits;
    this.children = children;
    this.jobs = jobs;
    this.days = days;
    folds.whenIdle(() -> passDays(folds.clock().now(), true));
  }

  /// Trains the first model.
  ///
  /// @param at the factory time
  void first(long at, ReportFolder reports, Progress progress) {
    Trainer trainer = trainer(folds.state().views().latest());
    FirstTraining training = new FirstTraining(standing(), trainer, shelf, fits);
    Loop loop =
        new Loop(standing(), trainer, shelf, Loop.schedule(definition, at), Loop.Fitter::here);
    List<Control> records = new ArrayList<>(days.begin(at));
    records.addAll(loop.first(training, folds.books().maturity(), reports, progress));
    folds.record(records, at);
  }

  private Policies policies() {
    return folds.state().policies();
  }

  /// The factory as it is to decide now.
  private FactoryDefinition standing() {
    return definition.with(policies().decision(), policies().flywheel());
  }

  /// What a person may do to who serves.
  Succession succession() {
    return new Succession(
        folds.state(), shelf, version -> trainerOf(version, folds.books().observations()));
  }

  /// What is due, and when.
  private sealed interface Due {
    long atMillis();

    /// More is missed than was.
    record Haste(MissedWatch.Rise rise) implements Due {
      @Override
      public long atMillis() {
        return rise.knownMillis();
      }
    }

    /// A day is over.
    record Day(long atMillis) implements Due {}

    /// A candidate's stage is over.
    record Stage(long atMillis) implements Due {}

    /// The champion is held against its predecessor.
    record Comparison(long atMillis) implements Due {}

    /// A challenger is fitted.
    record Boundary(RetrainSchedule.Plan plan) implements Due {
      @Override
      public long atMillis() {
        return plan.atMillis();
      }
    }
  }

  /// Does what is due before a record arrives. At one instant the order is outcomes, control,
  /// observations. After a failure the folds are what they were, and it may be called again.
  void pass(long arrival, boolean isObservation) {
    if (!folds.state().desk().isOpen()) {
      return;
    }
    keepViews(arrival);
    days.follow();
    while (!turning) {
      Due next = due();
      if (!isDue(next.atMillis(), arrival, isObservation)) {
        return;
      }
      switch (next) {
        case Due.Day day -> endDay(day.atMillis());
        case Due.Haste haste -> hasten(haste.rise());
        case Due.Stage stage -> passStage(stage);
        case Due.Comparison comparison -> compare(comparison);
        case Due.Boundary boundary -> passBoundary(boundary.plan(), arrival);
      }
    }
    passDays(arrival, isObservation);
  }

  /// Ends the days that are over, whatever else goes on.
  private void passDays(long arrival, boolean isObservation) {
    while (folds.state().desk().isOpen() && isDue(days.dueMillis(), arrival, isObservation)) {
      endDay(days.dueMillis());
    }
  }

  private void endDay(long due) {
    long at = effect(due);
    folds.record(days.end(at), at);
  }

  private static boolean isDue(long due, long arrival, boolean isObservation) {
    return due < arrival || (due == arrival && isObservation);
  }

  /// A view that nobody needs is let go, unless a turn still reads it; in a replay traffic waits
  /// for one that was opened.
  private void keepViews(long arrival) {
    if (!turning && folds.state().views().size() > 1) {
      folds.features().letGo(arrival);
    }
    if (folds.features().isBehind() && folds.clock().isReplaying()) {
      folds.features().catchUp(arrival);
    }
  }

  /// More is missed than was: challengers come more often from here on.
  private void hasten(MissedWatch.Rise rise) {
    long at = effect(rise.knownMillis());
    long lasts = definition.flywheel().haste().lasts().toMillis();
    long since = rise.sinceDay() * Scored.DAY_MILLIS;
    folds.record(List.of(new Control.Hastened(at, at + lasts, rise.message(), since)), at);
  }

  private Due due() {
    FactoryState state = folds.state();
    Due next = new Due.Boundary(state.cadence().next(state.champion()));
    long comparison = state.rollout().nextComparisonMillis(definition.data().label().maturity());
    if (comparison <= next.atMillis()) {
      next = new Due.Comparison(comparison);
    }
    long stage = state.stageEndsMillis();
    if (stage <= next.atMillis()) {
      next = new Due.Stage(stage);
    }
    Optional<MissedWatch.Rise> rise = state.rise();
    if (rise.isPresent() && rise.get().knownMillis() <= next.atMillis()) {
      next = new Due.Haste(rise.get());
    }
    return days.dueMillis() <= next.atMillis() ? new Due.Day(days.dueMillis()) : next;
  }

  /// When something takes effect: in a replay at its due time, unless that is past; live now.
  private long effect(long due) {
    return folds.clock().isReplaying() ? Math.max(due, folds.books().clock()) : folds.clock().now();
  }

  private void passStage(Due.Stage stage) {
    folds.ledger().commit();
    FactoryState state = folds.state();
    Seat candidate = state.desk().candidate().orElseThrow();
    Rollout.Parity parity = trainer(candidate.view()).parity(candidate, state.candidateSince());
    act(
        new Rollout.Event.Looked(
            effect(stage.atMillis()), state.desk().live(parity, !folds.clock().isReplaying())),
        _ -> Entrance.NONE);
    folds.ledger().commit();
  }

  /// Acts at once where live scores give cause for concern; to be called after each decision.
  void watch(long arrival) {
    FactoryState state = folds.state();
    if (state.desk().isSuspect(policies().flywheel().rollout().mostAlerts())) {
      Rollout.Event event =
          new Rollout.Event.Looked(arrival, state.desk().live(Rollout.Parity.NONE, false));
      if (state.rollout().on(event, rule(arrival)).steps().stream().anyMatch(Turns::isProtective)) {
        act(event, _ -> Entrance.NONE);
      }
    }
  }

  private static boolean isProtective(Rollout.Step step) {
    return step instanceof Rollout.Step.Breach || step instanceof Rollout.Step.Withdraw;
  }

  /// Does what an event leads to.
  private void act(Rollout.Event event, Function<String, Entrance> entrance) {
    Rollout.Rule rule = rule(event.atMillis());
    List<Rollout.Step> steps = folds.state().rollout().on(event, rule).steps();
    folds.record(new Steps(entrance, rule.share(), Steps.FACTORY).records(steps), event.atMillis());
  }

  private Rollout.Rule rule(long atMillis) {
    Rollout.Rule rule = policies().flywheel().rollout();
    return folds.state().cadence().isHasty(atMillis)
        ? rule.withStagesAtMost(definition.flywheel().haste().stage())
        : rule;
  }

  /// Whether the champion's predecessor was the better one.
  private void compare(Due.Comparison due) {
    long at = effect(due.atMillis());
    Rollout rollout = folds.state().rollout();
    Rollout.Champion champion = rollout.champion().orElseThrow();
    Rollout.Former former = rollout.former().orElseThrow();
    Observations known = folds.books().observations();
    Loop loop = loop(trainerOf(champion.version(), known));
    Trainer formers = trainerOf(former.version(), known);
    Span since = loop.since(champion, at);
    Maturity.Verdict verdict = folds.books().maturity().judge(at);
    Supplier<Rollout.Event.Compared> comparison =
        () ->
            loop.compare(
                loop.past(since, at, verdict, formers),
                shelf.model(champion.version()),
                shelf.model(former.version()));
    if (folds.clock().isReplaying()) {
      folds.ledger().commit();
      act(TurnAttempt.compared(at, comparison), _ -> Entrance.NONE);
      folds.ledger().commit();
    } else {
      Job job =
          jobs.begin(
              Job.Kind.COMPARISON,
              "%.12s against %.12s".formatted(champion.version(), former.version()),
              new JobCost(folds.books().count(since), Duration.ZERO, 0, 0));
      beside(
          job,
          () -> TurnAttempt.compared(at, comparison),
          compared -> {
            boolean stands = folds.state().rollout().champion().equals(Optional.of(champion));
            if (stands) {
              act(compared, _ -> Entrance.NONE);
            }
          });
    }
  }

  private void passBoundary(RetrainSchedule.Plan next, long arrival) {
    FactoryState state = folds.state();
    boolean replaying = folds.clock().isReplaying();
    RetrainSchedule.Plan due = replaying ? next : lastDue(next, arrival);
    long at = effect(due.atMillis());
    Optional<String> held =
        Brake.of(state.controls())
            .map(Brake::stands)
            .or(() -> state.rollout().holdsBack(due.atMillis()));
    if (held.isPresent()) {
      folds.record(
          List.of(
              Control.Skipped.quietly(due.atMillis(), held.get()),
              new Control.BoundaryPassed(due.atMillis())),
          at);
      return;
    }
    Rollout.Champion serving = state.rollout().champion().orElseThrow(Loop::notLive);
    if (replaying) {
      folds.ledger().commit();
      Loop.Turn done = TurnAttempt.replayed(due.atMillis(), () -> turn(due, serving).get());
      finish(due, serving, done, at);
      folds.ledger().commit();
    } else {
      train(due, serving);
    }
  }

  /// Trains beside the serving. If it is cancelled the boundary counts as passed.
  private void train(RetrainSchedule.Plan due, Rollout.Champion serving) {
    folds.ledger().commit();
    JobCost cost = cost(due);
    Job job =
        jobs.begin(Job.Kind.TRAINING, "boundary " + Instant.ofEpochMilli(due.atMillis()), cost);
    job.whenCancelled(children::cancel);
    Supplier<Loop.Turn> turn = turn(due, serving);
    long start = System.nanoTime();
    beside(
        job,
        () -> TurnAttempt.live(due.atMillis(), turn, job),
        done -> {
          nanosPerRow = (double) (System.nanoTime() - start) / Math.max(1, cost.rows());
          finish(due, serving, done, folds.clock().now());
        });
  }

  /// What a training takes: two fits at the most, on the rows of its window.
  private JobCost cost(RetrainSchedule.Plan due) {
    long rows = folds.books().count(due.refit());
    int features = folds.state().views().plan(folds.state().views().latest()).features().size();
    return new JobCost(
        rows,
        Duration.ofNanos(Math.round(nanosPerRow * rows)),
        ChildFit.heapBytes(rows, features),
        0);
  }

  /// The next training and what it takes; empty before go-live.
  Optional<PlannedJob> next() {
    FactoryState state = folds.state();
    if (!state.desk().isOpen()) {
      return Optional.empty();
    }
    RetrainSchedule.Plan next = state.cadence().next(state.champion());
    return Optional.of(
        new PlannedJob("training", Instant.ofEpochMilli(next.atMillis()), cost(next)));
  }

  /// Takes what changes meanwhile as it is, and gives what is to be done with it: challengers on
  /// the features that were opened last come first, and if none of them passes the champion's own
  /// are tried.
  private Supplier<Loop.Turn> turn(RetrainSchedule.Plan due, Rollout.Champion serving) {
    ViewBook views = folds.state().views();
    Observations known = folds.books().observations();
    Trainer champions = trainerOf(serving.version(), known);
    Supplier<Loop.Turn> onOwn = turn(due, serving, champions, champions);
    int latest = views.latest();
    if (latest == views.of(shelf.fit(serving.version())) || !views.isReady(latest)) {
      return onOwn;
    }
    Supplier<Loop.Turn> onLatest = turn(due, serving, trainer(latest, known), champions);
    return () -> {
      Loop.Turn first = onLatest.get();
      return first.passed().isPresent() ? first : first.and(onOwn.get());
    };
  }

  private Supplier<Loop.Turn> turn(
      RetrainSchedule.Plan due, Rollout.Champion serving, Trainer challengers, Trainer champions) {
    Loop loop = loop(challengers);
    Maturity.Verdict verdict = folds.books().maturity().judge(due.atMillis());
    PromotionGate.Rule gate = definition.flywheel().gate();
    Loop.Challenged challenged =
        new Loop.Challenged(
            serving.version(),
            shelf.model(serving.version()),
            recipe(),
            folds.state().cadence().isHasty(due.atMillis())
                ? definition.flywheel().haste().rule(gate)
                : gate);
    return () -> loop.turn(loop.look(due, verdict, champions), challenged);
  }

  /// Whom a turn would let serve was judged against a champion; if a person changed that meanwhile,
  /// or put the brake on, or if it lies outside the approved envelope, it is only proposed.
  private void finish(
      RetrainSchedule.Plan due, Rollout.Champion judgedAgainst, Loop.Turn turn, long at) {
    FactoryState state = folds.state();
    List<Control> done = new ArrayList<>(turn.controls());
    done.removeIf(this::wasSaidLast);
    turn.passed()
        .ifPresent(passed -> {
          boolean stands =
              state.rollout().champion().equals(Optional.of(judgedAgainst))
                  && Brake.of(state.controls()).isEmpty();
          List<String> outside =
              Approval.outside(
                  definition.flywheel(), turn, passed, shelf, judgedAgainst.version(), at);
          done.addAll(
              stands && outside.isEmpty()
                  ? way(passed, at)
                  : List.of(
                      new Control.Proposed(
                          passed.version(), passed.judged(), at, passed.reason(), null, outside)));
        });
    Approval.expired(definition.flywheel(), state.alarms(), at).ifPresent(done::add);
    done.add(new Control.BoundaryPassed(due.atMillis()));
    folds.record(done, at);
  }

  /// Whether it is the alarm that was raised last: said once, however many boundaries see it.
  private boolean wasSaidLast(Control control) {
    return control instanceof Control.Alarmed(long _, String message, String _)
        && folds.state().controls().reversed().stream()
            .filter(Control.Alarmed.class::isInstance)
            .map(Control.Alarmed.class::cast)
            .findFirst()
            .filter(last -> last.message().equals(message))
            .isPresent();
  }

  private List<Control> way(Loop.Passed passed, long at) {
    Rollout.Event event =
        new Rollout.Event.Passed(at, passed.version(), passed.judged(), passed.reason());
    return new Steps(_ -> passed.entrance(), rule(at).share(), Steps.FACTORY)
        .records(folds.state().rollout().on(event, rule(at)).steps());
  }

  /// The last boundary before a moment: a factory that was down for weeks retrains once.
  private RetrainSchedule.Plan lastDue(RetrainSchedule.Plan first, long arrival) {
    RetrainSchedule.Plan last = first;
    RetrainSchedule.Plan next =
        folds.state().cadence().after(last.atMillis(), folds.state().champion());
    while (next.atMillis() < arrival) {
      last = next;
      next = folds.state().cadence().after(last.atMillis(), folds.state().champion());
    }
    return last;
  }

  /// Works on a thread of its own; what came of it takes effect where the ledger stands then.
  private <T> void beside(Job job, Supplier<T> work, Consumer<T> effect) {
    turning = true;
    Thread.ofPlatform()
        .daemon()
        .name("turn")
        .start(() -> {
          Runnable last = done(work, effect);
          try (job) {
            owner.call(() -> {
              turning = false;
              last.run();
              return true;
            });
          } catch (CromfordException e) {
            LOG.log(
                System.Logger.Level.WARNING,
                "a turn is not on disk yet: {0}",
                String.valueOf(e.code()));
          }
        });
  }

  /// What is left for the owning thread: nothing if the work was cut off, so that it is due again.
  private static <T> Runnable done(Supplier<T> work, Consumer<T> effect) {
    try {
      T done = work.get();
      return () -> effect.accept(done);
    } catch (CromfordException cutOff) {
      LOG.log(System.Logger.Level.INFO, "a turn was cut off: {0}", cutOff.getMessage());
      return () -> {};
    }
  }

  private Loop loop(Trainer trainer) {
    return new Loop(
        standing(),
        trainer,
        shelf,
        folds.state().cadence().schedule(),
        folds.clock().isReplaying() ? Loop.Fitter::here : children);
  }

  private Trainer trainer(int view) {
    return trainer(view, folds.books().observations());
  }

  private Trainer trainer(int view, Observations known) {
    return new Trainer(
        folds.ledger(),
        known,
        view,
        folds.requireViews().require(view),
        definition.data().label().whenUnknown());
  }

  /// Gives the features that a version was fitted on.
  ///
  /// @throws CromfordException STATE_CONFLICT if they are not computed any more
  private Trainer trainerOf(String version, Observations known) {
    int view = folds.state().views().of(shelf.fit(version));
    if (folds.state().views().isReady(view)) {
      return trainer(view, known);
    }
    throw new CromfordException(
        ErrorCode.STATE_CONFLICT,
        String.format(
            Locale.ROOT,
            "model version %.12s was fitted on the view %.12s, whose features are not computed now; for %,d observations that takes about %,d s.\nMaybe `cromford features propose --model %.12s` first, and then again.",
            version,
            folds.state().views().name(view),
            folds.books().size(),
            Math.round(Math.ceil(folds.features().nanosPerRow() * folds.books().size() / 1e9)),
            version));
  }

  private Parameters recipe() {
    return recipe(folds.state().controls());
  }

  /// The parameters found before go-live.
  static Parameters recipe(List<Control> controls) {
    return controls.stream()
        .filter(Control.Trained.class::isInstance)
        .map(Control.Trained.class::cast)
        .findFirst()
        .map(first -> Parameters.of(first.learner(), first.parameters()))
        .orElseThrow(Loop::notLive);
  }
}
