package io.cromford.serving;

import io.cromford.core.CromfordException;
import io.cromford.core.Progress;
import io.cromford.flywheel.RetrainSchedule;
import io.cromford.model.Model;
import io.cromford.serving.definition.FactoryDefinition;
import io.cromford.training.Parameters;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;

/// When the flywheel turns: in a replay traffic waits at each boundary, live the fits run beside
/// the serving. For the owning thread.
final class Turns {
  private static final System.Logger LOG = System.getLogger(Turns.class.getName());

  private final FactoryDefinition definition;
  private final Folds folds;
  private final ModelShelf shelf;
  private final Owner owner;
  private final Executor fits;
  private boolean turning;

  /// @param owner the owning thread, which a turn beside the serving comes back to
  /// @param fits runs fits side by side
  Turns(FactoryDefinition definition, Folds folds, ModelShelf shelf, Owner owner, Executor fits) {
    this.definition = definition;
    this.folds = folds;
    this.shelf = shelf;
    this.owner = owner;
    this.fits = fits;
  }

  /// Trains the first model.
  ///
  /// @param at the factory time
  void first(long at, ReportFolder reports, Progress progress) {
    FirstTraining training = new FirstTraining(definition, trainer(), shelf, fits);
    Loop loop = new Loop(definition, trainer(), shelf, Loop.schedule(definition, at));
    folds.record(loop.first(training, folds.books().maturity(), reports, progress), at);
  }

  /// What a person may do to who serves.
  Succession succession() {
    return new Succession(
        ModelHistory.of(folds.state().controls()),
        shelf,
        trainer(),
        definition.decision().alertsPerDay());
  }

  /// Does what is due before a record arrives. At one instant the order is outcomes, control,
  /// observations. After a failure the folds are what they were, and it may be called again.
  void pass(long arrival, boolean isObservation) {
    FactoryState state = folds.state();
    if (!state.desk().isOpen() || turning) {
      return;
    }
    for (RetrainSchedule.Plan next = state.nextBoundary();
        next.atMillis() < arrival || (isObservation && next.atMillis() == arrival);
        next = state.nextBoundary()) {
      boolean replaying = folds.clock().isReplaying();
      RetrainSchedule.Plan due = replaying ? next : lastDue(next, arrival);
      Optional<Brake> brake = Brake.of(state.controls());
      if (brake.isPresent()) {
        folds.record(
            brake.get().stand(due.atMillis()), replaying ? due.atMillis() : folds.clock().now());
      } else if (replaying) {
        turn(due);
      } else {
        turnBeside(due);
        return;
      }
    }
  }

  /// A turn while traffic waits.
  private void turn(RetrainSchedule.Plan boundary) {
    folds.ledger().commit();
    Control.Promoted serving = folds.state().desk().promotions().getLast();
    List<Control> done =
        TurnAttempt.replayed(
            boundary.atMillis(),
            () -> {
              Loop loop = loop();
              Loop.Sight sight = loop.look(boundary, folds.books().maturity());
              return loop.turn(sight, serving.model(), shelf.model(serving.model()), recipe());
            });
    folds.record(done, boundary.atMillis());
    folds.ledger().commit();
  }

  /// The last boundary before a moment: a factory that was down for weeks retrains once.
  private RetrainSchedule.Plan lastDue(RetrainSchedule.Plan first, long arrival) {
    RetrainSchedule schedule = folds.state().schedule();
    RetrainSchedule.Plan last = first;
    RetrainSchedule.Plan next = schedule.plan(last.number() + 1);
    while (next.atMillis() < arrival) {
      last = next;
      next = schedule.plan(last.number() + 1);
    }
    return last;
  }

  /// A live turn: the fits run on a thread of their own, and take effect where the ledger stands
  /// when they are done.
  private void turnBeside(RetrainSchedule.Plan boundary) {
    Loop loop = loop();
    Loop.Sight sight = loop.look(boundary, folds.books().maturity());
    turning = true;
    Control.Promoted serving = folds.state().desk().promotions().getLast();
    Model champion = shelf.model(serving.model());
    Parameters recipe = recipe();
    Thread.ofPlatform()
        .daemon()
        .name("turn")
        .start(() ->
            finish(
                serving,
                TurnAttempt.live(
                    boundary.atMillis(),
                    () -> loop.turn(sight, serving.model(), champion, recipe))));
  }

  private void finish(Control.Promoted judgedAgainst, List<Control> done) {
    try {
      owner.call(() -> {
        turning = false;
        FactoryState state = folds.state();
        boolean stands =
            state.desk().promotions().getLast().equals(judgedAgainst)
                && Brake.of(state.controls()).isEmpty();
        folds.record(stands ? done : Succession.proposed(done), folds.clock().now());
        return true;
      });
    } catch (CromfordException e) {
      LOG.log(
          System.Logger.Level.WARNING, "a turn is not on disk yet: {0}", String.valueOf(e.code()));
    }
  }

  private Loop loop() {
    return new Loop(definition, trainer(), shelf, folds.state().schedule());
  }

  private Trainer trainer() {
    return new Trainer(folds.books(), folds.requireView(), definition.data().label().whenUnknown());
  }

  /// The parameters found before go-live.
  private Parameters recipe() {
    return folds.state().controls().stream()
        .filter(Control.Trained.class::isInstance)
        .map(Control.Trained.class::cast)
        .findFirst()
        .map(first -> Parameters.of(first.learner(), first.parameters()))
        .orElseThrow(Loop::notLive);
  }
}
