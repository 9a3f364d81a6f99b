package io.cromford.training;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.Executor;
import java.util.concurrent.FutureTask;
import java.util.function.Consumer;

/// Random search with a budget in trials.
///
/// Each learner's first trial is its defaults; the others are drawn, learner by learner in turn,
/// until the budget is spent or a learner has had enough. A trial's parameters depend on the seed
/// and its number alone, and results are compared in the order of the numbers, so neither the
/// number of threads nor their pace changes what is found. Only the folds' rows are looked at:
/// whoever lays the folds keeps the later days out.
public final class Tuner {
  private final Budget budget;
  private final Executor executor;
  private final Consumer<Trial> progress;

  /// What a search may spend, and how it judges.
  ///
  /// @param spaces one for each learner, at least one
  /// @param trials how many, but at least one for each learner
  /// @param metric what is to be best on average over the folds
  /// @param seed from which parameters are drawn
  public record Budget(List<SearchSpace> spaces, int trials, Metric metric, long seed) {
    /// Checks and copies.
    public Budget {
      spaces = List.copyOf(spaces);
      if (spaces.isEmpty() || trials < 1) {
        throw new IllegalArgumentException(
            spaces.size() + " learners and " + trials + " trials: at least one of each is needed");
      }
    }
  }

  /// A tuner.
  ///
  /// @param executor runs the fits, each on one of its threads; it decides how many at once
  /// @param progress is told of each trial in the order of the numbers, on the calling thread
  public Tuner(Budget budget, Executor executor, Consumer<Trial> progress) {
    this.budget = budget;
    this.executor = executor;
    this.progress = progress;
  }

  /// Searches.
  ///
  /// @param rows all rows that may be looked at; the folds choose from them
  public Tuning tune(TrainingSet rows, Folds folds) {
    List<Parameters> planned = planned();
    List<Callable<Double>> fits = new ArrayList<>();
    planned.forEach(parameters -> fits.addAll(fits(parameters, rows, folds)));
    List<Trial> trials = gather(planned, fits, folds.folds().size());
    Trial baseline = evaluate(new ConstantParameters(), rows, folds);
    return new Tuning(budget.metric(), trials, Tuning.best(budget.metric(), trials), baseline);
  }

  /// The folds' test rows, newest fold first, each scored by a model fitted on its training rows.
  ///
  /// @param executor runs the fits, one a fold
  public static List<Scored> validate(
      Parameters parameters, TrainingSet rows, Folds folds, Executor executor) {
    List<Callable<Scored>> fits = new ArrayList<>();
    for (Folds.Fold fold : folds.folds()) {
      fits.add(() -> scored(parameters, rows, fold));
    }
    List<FutureTask<Scored>> started = SideBySide.start(fits, executor);
    return started.stream().map(task -> SideBySide.result(task, started)).toList();
  }

  private List<Trial> gather(List<Parameters> planned, List<Callable<Double>> fits, int foldsEach) {
    List<FutureTask<Double>> started = SideBySide.start(fits, executor);
    List<Trial> trials = new ArrayList<>();
    for (int number = 0; number < planned.size(); number++) {
      List<Double> values = new ArrayList<>();
      for (int fold = 0; fold < foldsEach; fold++) {
        values.add(SideBySide.result(started.get(number * foldsEach + fold), started));
      }
      Trial trial = new Trial(number, planned.get(number), values);
      trials.add(trial);
      progress.accept(trial);
    }
    return trials;
  }

  private List<Callable<Double>> fits(Parameters parameters, TrainingSet rows, Folds folds) {
    List<Callable<Double>> fits = new ArrayList<>();
    for (Folds.Fold fold : folds.folds()) {
      fits.add(() -> budget.metric().of(scored(parameters, rows, fold)));
    }
    return fits;
  }

  private Trial evaluate(Parameters parameters, TrainingSet rows, Folds folds) {
    List<Double> values =
        folds.folds().stream()
            .map(fold -> budget.metric().of(scored(parameters, rows, fold)))
            .toList();
    return new Trial(0, parameters, values);
  }

  private static Scored scored(Parameters parameters, TrainingSet rows, Folds.Fold fold) {
    Fitted fitted = Learner.of(parameters).fit(fold.training().of(rows));
    return Scorer.score(fitted.model(), fold.test().of(rows));
  }

  /// Every trial's parameters: first each learner's defaults, then draws in turn.
  private List<Parameters> planned() {
    List<Parameters> planned = new ArrayList<>();
    budget.spaces().forEach(space -> planned.add(space.defaults()));
    for (int round = 1; planned.size() < budget.trials(); round++) {
      int before = planned.size();
      for (SearchSpace space : budget.spaces()) {
        if (round < space.enough() && planned.size() < budget.trials()) {
          long seed = Mixing.seedOf(budget.seed(), planned.size());
          planned.add(space.draw(new SplittableRandom(seed)));
        }
      }
      if (planned.size() == before) {
        break;
      }
    }
    return planned;
  }
}
