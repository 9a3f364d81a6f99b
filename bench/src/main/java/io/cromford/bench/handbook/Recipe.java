package io.cromford.bench.handbook;

import io.cromford.training.Fitted;
import io.cromford.training.Learner;
import io.cromford.training.Parameters;
import io.cromford.training.Scorer;
import io.cromford.training.TrainingSet;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;

/// How models are fitted.
///
/// @param parameters of the learner
/// @param trainingDays how far back from the training week's end they learn
record Recipe(Parameters parameters, int trainingDays) {
  /// What the recipe reaches.
  ///
  /// @param executor runs the fits, one a fold
  Scores on(List<Split> splits, TrainingSet rows, ExecutorService executor) {
    List<Future<Scores.Fold>> started = new ArrayList<>();
    for (Split split : splits) {
      started.add(executor.submit(() -> on(split, rows)));
    }
    List<Scores.Fold> folds = new ArrayList<>();
    for (Future<Scores.Fold> fold : started) {
      folds.add(result(fold));
    }
    return new Scores(folds);
  }

  private Scores.Fold on(Split split, TrainingSet rows) {
    Fitted fitted = Learner.of(parameters).fit(split.training(rows, trainingDays));
    return Scores.Fold.of(Scorer.score(fitted.model(), split.test(rows)));
  }

  private static Scores.Fold result(Future<Scores.Fold> fold) {
    try {
      return fold.get();
    } catch (ExecutionException e) {
      throw new IllegalStateException("a fit failed: " + e.getCause(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while models were being fitted", e);
    }
  }
}
