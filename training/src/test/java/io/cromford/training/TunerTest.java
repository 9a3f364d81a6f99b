package io.cromford.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cromford.core.CromfordException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

final class TunerTest {
  private static final TrainingSet ROWS = MadePayments.draw(4, 3000, 30);
  private static final Folds FOLDS =
      Folds.of(
          new Folds.Span(0, 30 * Scored.DAY_MILLIS),
          new Folds.Layout(Duration.ofDays(14), Duration.ofDays(3), Duration.ofDays(5), 2));
  private static final SearchSpace TREES = space();

  @Test
  void findsTheSameOnOneThreadAndOnMany() {
    Tuning alone = new Tuner(budget(6), Runnable::run, _ -> {}).tune(ROWS, FOLDS);
    try (ExecutorService executor = Executors.newFixedThreadPool(4)) {
      List<Integer> told = new ArrayList<>();
      Tuner tuner = new Tuner(budget(6), executor, trial -> told.add(trial.number()));
      assertThat(tuner.tune(ROWS, FOLDS)).isEqualTo(alone);
      assertThat(told).containsExactly(0, 1, 2, 3, 4, 5);
    }
  }

  @Test
  void beginsWithEachLearnersDefaults() {
    Tuning tuning = new Tuner(budget(5), Runnable::run, _ -> {}).tune(ROWS, FOLDS);
    assertThat(tuning.trials().getFirst().parameters()).isEqualTo(TREES.defaults());
    assertThat(tuning.trials().get(1).parameters()).isEqualTo(LogisticParameters.defaults());
    assertThat(tuning.trials()).hasSize(5).allSatisfy(t -> assertThat(t.values()).hasSize(2));
    assertThat(tuning.best().mean())
        .isEqualTo(tuning.trials().stream().mapToDouble(Trial::mean).max().orElseThrow());
    assertThat(tuning.baseline().mean()).isLessThan(tuning.best().mean());
    assertThat(tuning.bestByLearner())
        .extracting(trial -> trial.parameters().learner())
        .containsExactly("xgboost", "logistic");
  }

  @Test
  void looksAtNothingOutsideItsFolds() {
    long end = FOLDS.folds().getFirst().test().untilMillis();
    TrainingSet withoutLater =
        ROWS.select(row -> ROWS.eventMillis(row) < end - 5 * Scored.DAY_MILLIS);
    Folds older = new Folds(FOLDS.folds().subList(1, 2), "one");
    assertThat(new Tuner(budget(3), Runnable::run, _ -> {}).tune(ROWS, older))
        .isEqualTo(new Tuner(budget(3), Runnable::run, _ -> {}).tune(withoutLater, older));
  }

  @Test
  void stopsWhenALearnerHasHadEnough() {
    Tuner.Budget budget =
        new Tuner.Budget(
            List.of(LogisticSpace.of(LogisticParameters.defaults())),
            50,
            new Metric.AveragePrecision(),
            1);
    assertThat(new Tuner(budget, Runnable::run, _ -> {}).tune(ROWS, FOLDS).trials()).hasSize(5);
  }

  @Test
  void choosesTheSmallestWhereSmallIsGood() {
    Tuner.Budget budget = new Tuner.Budget(budget(4).spaces(), 4, new Metric.LogLoss(), 1);
    Tuning tuning = new Tuner(budget, Runnable::run, _ -> {}).tune(ROWS, FOLDS);
    assertThat(tuning.best().mean())
        .isEqualTo(tuning.trials().stream().mapToDouble(Trial::mean).min().orElseThrow());
  }

  @Test
  void reportsTheFirstFailure() {
    TrainingSet oneClass = ROWS.select(row -> !ROWS.positive(row));
    assertThatThrownBy(() -> new Tuner(budget(3), Runnable::run, _ -> {}).tune(oneClass, FOLDS))
        .isInstanceOf(CromfordException.class)
        .hasMessageContaining("0 are positive");
  }

  private static Tuner.Budget budget(int trials) {
    return new Tuner.Budget(
        List.of(TREES, LogisticSpace.of(LogisticParameters.defaults())),
        trials,
        new Metric.AveragePrecision(),
        11);
  }

  private static SearchSpace space() {
    XGBoostSpace wide = XGBoostSpace.of(XGBoostParameters.defaults(7).withShape(10, 3, 0.3));
    return new XGBoostSpace(
        wide.defaults(),
        new XGBoostSpace.Growth(
            new Dimension.Whole(5, 15), new Dimension.Whole(2, 4), wide.growth().rate()),
        wide.restraint(),
        wide.shares());
  }
}
