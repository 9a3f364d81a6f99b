package io.cromford.serving;

import io.cromford.core.CromfordException;
import io.cromford.core.Progress;
import io.cromford.flywheel.MissedWatch;
import io.cromford.flywheel.PromotionGate;
import io.cromford.flywheel.RetrainSchedule;
import io.cromford.flywheel.Rollout;
import io.cromford.model.Model;
import io.cromford.serving.definition.FactoryDefinition;
import io.cromford.training.Parameters;
import java.util.ArrayList;
import java.util.List;
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
  private boolean turning;

  /// @param owner the owning thread, which a turn beside the serving comes back to
  /// @param fits runs fits side by side
  /// @param children fits beside the serving
  Turns(
      FactoryDefinition definition,
      Folds folds,
      ModelShelf shelf,
      Owner owner,
      Executor fits,
      ChildFit children) {
    this.definition = definition;
    this.folds = folds;
    this.shelf = shelf;
    this.owner = owner;
    this.fits = fits;
    this.children = children;
  }

  /// Trains the first model.
  ///
  /// @param at the factory time
  void first(long at, ReportFolder reports, Progress progress) {
    FirstTraining training = new FirstTraining(definition, trainer(), shelf, fits);
    Loop loop =
        new Loop(definition, trainer(), shelf, Loop.schedule(definition, at), Loop.Fitter::here);
    folds.record(loop.first(training, folds.books().maturity(), reports, progress), at);
  }

  /// What a person may do to who serves.
  Succession succession() {
    return new Succession(folds.state(), shelf, trainer(), definition);
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
    while (!turning) {
      Due next = next();
      if (next.atMillis() > arrival || (next.atMillis() == arrival && !isObservation)) {
        return;
      }
      switch (next) {
        case Due.Haste haste -> hasten(haste.rise());
        case Due.Stage stage -> passStage(stage);
        case Due.Comparison comparison -> compare(comparison);
        case Due.Boundary boundary -> passBoundary(boundary.plan(), arrival);
      }
    }
  }

  /// More is missed than was: challengers come more often from here on.
  private void hasten(MissedWatch.Rise rise) {
    long at = effect(rise.knownMillis());
    long lasts = definition.flywheel().haste().lasts().toMillis();
    folds.record(List.of(new Control.Hastened(at, at + lasts, rise.message())), at);
  }

  private Due next() {
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
    return rise.isPresent() && rise.get().knownMillis() <= next.atMillis()
        ? new Due.Haste(rise.get())
        : next;
  }

  /// When something takes effect: in a replay at its due time, unless that is past; live now.
  private long effect(long due) {
    return folds.clock().isReplaying() ? Math.max(due, folds.books().clock()) : folds.clock().now();
  }

  private void passStage(Due.Stage stage) {
    folds.ledger().commit();
    FactoryState state = folds.state();
    Seat candidate = state.desk().candidate().orElseThrow();
    Rollout.Parity parity = trainer().parity(candidate, state.candidateSince());
    act(
        new Rollout.Event.Looked(
            effect(stage.atMillis()), state.desk().live(parity, !folds.clock().isReplaying())),
        _ -> Entrance.NONE);
    folds.ledger().commit();
  }

  /// Acts at once where live scores give cause for concern; to be called after each decision.
  void watch(long arrival) {
    FactoryState state = folds.state();
    if (state.desk().isSuspect(definition.flywheel().rollout().mostAlerts())) {
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
    Rollout.Rule rule = definition.flywheel().rollout();
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
    Loop loop = loop();
    Loop.Past past = loop.past(champion, at, folds.books().maturity());
    Supplier<Rollout.Event.Compared> comparison =
        () -> loop.compare(past, shelf.model(champion.version()), shelf.model(former.version()));
    if (folds.clock().isReplaying()) {
      folds.ledger().commit();
      act(TurnAttempt.compared(at, comparison), _ -> Entrance.NONE);
      folds.ledger().commit();
    } else {
      beside(
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
              new Control.Skipped(due.atMillis(), held.get(), false),
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
      Supplier<Loop.Turn> turn = turn(due, serving);
      beside(
          () -> TurnAttempt.live(due.atMillis(), turn),
          done -> finish(due, serving, done, folds.clock().now()));
    }
  }

  /// Looks at what changes meanwhile, and gives what is left to do.
  private Supplier<Loop.Turn> turn(RetrainSchedule.Plan due, Rollout.Champion serving) {
    Loop loop = loop();
    Loop.Sight sight = loop.look(due, folds.books().maturity());
    Model model = shelf.model(serving.version());
    PromotionGate.Rule gate = definition.flywheel().gate();
    Loop.Challenged challenged =
        new Loop.Challenged(
            serving.version(),
            model,
            recipe(),
            folds.state().cadence().isHasty(due.atMillis())
                ? gate.withLeastGain(
                    Math.min(gate.leastGain(), definition.flywheel().haste().leastGain()))
                : gate);
    return () -> loop.turn(sight, challenged);
  }

  /// Whom a turn would let serve was judged against a champion; if a person changed that meanwhile,
  /// or put the brake on, it is only proposed.
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
          done.addAll(
              stands
                  ? way(passed, at)
                  : List.of(
                      new Control.Proposed(
                          passed.version(), passed.judged(), at, passed.reason())));
        });
    done.add(new Control.BoundaryPassed(due.atMillis()));
    folds.record(done, at);
  }

  /// Whether it is the alarm that was raised last: said once, however many boundaries see it.
  private boolean wasSaidLast(Control control) {
    return control instanceof Control.Alarmed(long _, String message)
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
  private <T> void beside(Supplier<T> work, Consumer<T> effect) {
    turning = true;
    Thread.ofPlatform()
        .daemon()
        .name("turn")
        .start(() -> {
          Runnable last = done(work, effect);
          try {
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

  private Loop loop() {
    return new Loop(
        definition,
        trainer(),
        shelf,
        folds.state().cadence().schedule(),
        folds.clock().isReplaying() ? Loop.Fitter::here : children);
  }

  private Trainer trainer() {
    return new Trainer(
        folds.ledger(),
        folds.books(),
        folds.requireView(),
        definition.data().label().whenUnknown());
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
