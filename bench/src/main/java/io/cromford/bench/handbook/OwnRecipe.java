package io.cromford.bench.handbook;

import io.cromford.serving.definition.TrainingDefinition;
import io.cromford.training.Folds;
import io.cromford.training.Folds.Fold;
import io.cromford.training.LogisticParameters;
import io.cromford.training.LogisticSpace;
import io.cromford.training.Metric;
import io.cromford.training.SearchSpace;
import io.cromford.training.TrainingSet;
import io.cromford.training.Tuner;
import io.cromford.training.Tuning;
import io.cromford.training.XGBoostParameters;
import io.cromford.training.XGBoostSpace;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.function.Consumer;

/// Chooses a recipe for a factory's own features as the factory would, on the validation folds
/// alone: first how far back to learn, with its learner's defaults, then the parameters, by its
/// tuner.
///
/// @param windows what was tried for the training window
/// @param tuning what the tuner found with the best window
/// @param chosen the recipe
record OwnRecipe(Choice windows, Tuning tuning, Recipe chosen) {
  /// The training windows that compete, in days.
  static final List<Integer> WINDOWS = List.of(7, 28, 56);

  static OwnRecipe choose(
      TrainingDefinition training,
      TrainingSet rows,
      ExecutorService executor,
      Consumer<String> progress) {
    List<SearchSpace> spaces =
        training.learners().stream().map(kind -> space(kind, training)).toList();
    List<Recipe> candidates =
        WINDOWS.stream().map(days -> new Recipe(spaces.getFirst().defaults(), days)).toList();
    Choice windows =
        Choice.among(candidates, recipe -> recipe.on(Split.VALIDATION, rows, executor));
    int days = windows.best().recipe().trainingDays();
    progress.accept("learn from %d days (best on the validation folds)".formatted(days));
    Tuner tuner =
        new Tuner(
            new Tuner.Budget(
                spaces,
                training.search().trials(),
                new Metric.AveragePrecision(),
                training.search().seed()),
            executor,
            trial ->
                progress.accept(
                    "trial %d: %.4f %s"
                        .formatted(trial.number(), trial.mean(), trial.parameters().toMap())));
    Tuning tuning = tuner.tune(rows, folds(days));
    return new OwnRecipe(windows, tuning, new Recipe(tuning.best().parameters(), days));
  }

  private static SearchSpace space(
      TrainingDefinition.LearnerKind kind, TrainingDefinition training) {
    double negatives = training.sampling().keepNegatives();
    return switch (kind) {
      case XGBOOST -> XGBoostSpace.of(xgboost(training.search().seed(), negatives));
      case LOGISTIC -> LogisticSpace.of(new LogisticParameters(1, negatives, 1));
    };
  }

  private static XGBoostParameters xgboost(long seed, double negatives) {
    XGBoostParameters usual = XGBoostParameters.defaults(seed);
    return new XGBoostParameters(
        usual.shape(),
        usual.restraint(),
        new XGBoostParameters.Shares(negatives, usual.shares().rows(), usual.shares().columns()),
        usual.positiveWeight(),
        usual.method(),
        usual.seed());
  }

  private static Folds folds(int days) {
    List<Fold> folds =
        Split.VALIDATION.stream()
            .map(split -> new Fold(split.trainingSpan(days), split.testSpan()))
            .toList();
    return new Folds(folds.reversed(), "the study's validation folds");
  }
}
