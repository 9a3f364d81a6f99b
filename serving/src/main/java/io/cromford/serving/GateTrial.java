package io.cromford.serving;

import io.cromford.core.Progress;
import io.cromford.flywheel.Maturity;
import io.cromford.flywheel.RetrainSchedule;
import io.cromford.ledger.Ledger;
import io.cromford.ledger.LedgerOptions;
import io.cromford.model.Model;
import io.cromford.serving.definition.CheckedFactory;
import io.cromford.serving.definition.FactoryDefinition;
import io.cromford.training.Fitted;
import io.cromford.training.Folds.Span;
import io.cromford.training.Learner;
import io.cromford.training.Parameters;
import io.cromford.training.TrainingSet;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/// Sends challengers of any making through the checks and the gate of a factory, over its recorded
/// ledger: what would the flywheel have done with them?
///
/// The factory must not be running. Nothing is written into its folders: models go into a scratch
/// folder, and no control record is made. For one thread.
public final class GateTrial implements AutoCloseable {
  private final FactoryDefinition definition;
  private final Ledger ledger;
  private final FactoryState state;
  private final int number;
  private final View view;
  private final ModelShelf shelf;

  private GateTrial(CheckedFactory checked, Path stateFolder, Path scratch, Progress progress) {
    this.definition = checked.definition();
    this.ledger = Ledger.open(stateFolder.resolve("ledger"), LedgerOptions.defaults());
    ModelShelf recorded = new ModelShelf(stateFolder.resolve("models"), definition);
    this.shelf = new ModelShelf(scratch.resolve("models"), definition);
    this.state = FactoryState.fold(definition, recorded, ledger, progress);
    this.number = state.views().latest();
    this.view = View.empty(state.views().plan(number), scratch.resolve("view"), state.facts());
    Progress.Step step = progress.start("features", state.books().size());
    try (var reader = ledger.reader()) {
      View.CatchUp catchUp = view.catchUp();
      LedgerRows.by(state.books()).read(reader, catchUp);
      catchUp.flush();
    }
    step.finish("%,d observations".formatted(state.books().size()));
  }

  /// Opens a factory that was run.
  ///
  /// @param scratch a folder for what is made meanwhile
  /// @throws io.cromford.core.CromfordException LOCKED if the factory is running
  public static GateTrial open(
      CheckedFactory checked, Path stateFolder, Path scratch, Progress progress) {
    return new GateTrial(checked, stateFolder, scratch, progress);
  }

  /// How a challenger comes about.
  ///
  /// @param rows changes the training rows before they are held against what was served
  /// @param learnt changes the rows that the learner is given
  /// @param recipe changes the recipe found before go-live
  public record Making(
      UnaryOperator<TrainingSet> rows,
      UnaryOperator<TrainingSet> learnt,
      UnaryOperator<Parameters> recipe) {
    /// As the factory makes them.
    public static final Making HONEST =
        new Making(UnaryOperator.identity(), UnaryOperator.identity(), UnaryOperator.identity());
  }

  /// What became of a challenger.
  ///
  /// @param passed whether it would have begun its way to serve
  /// @param gain its average precision less the champion's; NaN if it was not judged
  /// @param reason why, in words
  public record Result(boolean passed, double gain, String reason) {}

  /// The boundaries that the factory passed, by number, the first being 1.
  public List<Integer> boundaries() {
    List<Integer> numbers = new ArrayList<>();
    for (RetrainSchedule.Plan plan = state.cadence().schedule().plan(1);
        plan.atMillis() <= state.books().clock();
        plan = state.cadence().schedule().plan(plan.number() + 1)) {
      numbers.add(plan.number());
    }
    return numbers;
  }

  /// Who serves at a boundary in a trial.
  ///
  /// @param window how many days its training window is long
  /// @param age how long before the boundary's test days the window ends
  public record Champion(Duration window, Duration age) {}

  /// Sends a challenger to the gate.
  ///
  /// @param boundary one of [#boundaries]
  /// @param champion whom it has to beat
  public Result challenge(int boundary, Champion champion, Making making) {
    RetrainSchedule.Plan plan = state.cadence().schedule().plan(boundary);
    Loop.Fitter fitter = (recipe, rows) -> Learner.of(recipe).fit(making.learnt().apply(rows));
    Trainer trainer = new TamperedTrainer(making.rows());
    Loop loop = new Loop(definition, trainer, shelf, state.cadence().schedule(), fitter);
    Loop.Sight sight = loop.look(plan, state.books().maturity().judge(plan.atMillis()), trainer);
    Model model = fitted(plan, champion).model();
    Loop.Turn turn =
        loop.turn(
            sight,
            new Loop.Challenged(
                "champion", model, making.recipe().apply(recipe()), definition.flywheel().gate()));
    return result(turn);
  }

  private Fitted fitted(RetrainSchedule.Plan plan, Champion champion) {
    long until = plan.test().fromMillis() - champion.age().toMillis();
    Span window = new Span(until - champion.window().toMillis(), until);
    return Learner.of(recipe()).fit(trainer().known(window).rows());
  }

  private static Result result(Loop.Turn turn) {
    double gain = Double.NaN;
    String reason = "nothing was judged";
    for (Control control : turn.controls()) {
      if (control instanceof Control.Judged judged) {
        gain = judged.challengerAp() - judged.championAp();
        reason = judged.reason();
      } else if (control instanceof Control.Skipped skipped) {
        reason = skipped.reason();
      }
    }
    return new Result(turn.passed().isPresent(), gain, reason);
  }

  private Parameters recipe() {
    return Turns.recipe(state.controls());
  }

  private Trainer trainer() {
    return new TamperedTrainer(UnaryOperator.identity());
  }

  /// A trainer whose rows are changed on their way.
  private final class TamperedTrainer extends Trainer {
    private final UnaryOperator<TrainingSet> tampering;

    TamperedTrainer(UnaryOperator<TrainingSet> tampering) {
      super(
          ledger,
          state.books().observations(),
          number,
          view,
          definition.data().label().whenUnknown());
      this.tampering = tampering;
    }

    @Override
    Known known(Span span, Maturity.Verdict verdict, long answeredUntilMillis) {
      Known known = super.known(span, verdict, answeredUntilMillis);
      return new Known(
          tampering.apply(known.rows()), known.first(), known.last(), known.ordinals());
    }
  }

  /// What the segments are called, in the order of their numbers.
  public List<String> segments() {
    return definition.data().segments().stream().map(segment -> segment.name()).toList();
  }

  @Override
  public void close() {
    view.close();
    ledger.close();
  }
}
