package io.cromford.bench.handbook;

import io.cromford.training.Metric;
import io.cromford.training.Scored;
import java.util.List;

/// What a recipe reaches on folds.
///
/// @param folds in the order of the folds
record Scores(List<Fold> folds) {
  private static final Metric AUC = new Metric.RocAuc();
  private static final Metric AVERAGE_PRECISION = new Metric.AveragePrecision();
  private static final Metric CARD_PRECISION = new Metric.CardPrecision(100);

  /// On one fold.
  record Fold(double auc, double averagePrecision, double cardPrecision) {
    static Fold of(Scored scored) {
      return new Fold(AUC.of(scored), AVERAGE_PRECISION.of(scored), CARD_PRECISION.of(scored));
    }
  }

  /// Mean and population deviation.
  ///
  /// @param single the value on the first fold
  record Summary(double mean, double deviation, double single) {}

  /// Picks one of a fold's values.
  @FunctionalInterface
  interface Pick {
    double of(Fold fold);
  }

  Scores {
    folds = List.copyOf(folds);
  }

  Summary auc() {
    return summary(Fold::auc);
  }

  Summary averagePrecision() {
    return summary(Fold::averagePrecision);
  }

  Summary cardPrecision() {
    return summary(Fold::cardPrecision);
  }

  private Summary summary(Pick pick) {
    double mean = folds.stream().mapToDouble(pick::of).average().orElse(Double.NaN);
    double variance =
        folds.stream()
            .mapToDouble(fold -> (pick.of(fold) - mean) * (pick.of(fold) - mean))
            .average()
            .orElse(Double.NaN);
    return new Summary(mean, Math.sqrt(variance), pick.of(folds.getFirst()));
  }
}
