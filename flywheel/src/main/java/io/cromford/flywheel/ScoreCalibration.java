package io.cromford.flywheel;

import io.cromford.training.Calibration;
import io.cromford.training.Scored;
import java.util.ArrayList;
import java.util.List;

/// What share of payments with a score turned out positive: turns scores into probabilities.
///
/// The bins of [Calibration] over rows whose outcomes are mature, neighbours pooled until their
/// shares rise with their scores (pool adjacent violators), and straight lines between them.
///
/// @see <a href="https://doi.org/10.1214/aoms/1177728423">Ayer et al. 1955</a>
final class ScoreCalibration {
  /// Takes scores as they are.
  static final ScoreCalibration NONE = new ScoreCalibration(List.of());

  private final List<Pool> pools;

  /// Neighbouring bins.
  private record Pool(double rows, double scores, double positives) {
    double score() {
      return scores / rows;
    }

    double share() {
      return positives / rows;
    }

    Pool with(Pool next) {
      return new Pool(rows + next.rows, scores + next.scores, positives + next.positives);
    }
  }

  private ScoreCalibration(List<Pool> pools) {
    this.pools = pools;
  }

  /// Learns from rows; takes scores as they are if there are none.
  static ScoreCalibration of(Scored rows) {
    List<Pool> pools = new ArrayList<>();
    for (Calibration.Bin bin : Calibration.of(rows).bins()) {
      Pool pool = new Pool(bin.rows(), bin.rows() * bin.meanScore(), bin.positives());
      while (!pools.isEmpty() && pools.getLast().share() >= pool.share()) {
        pool = pools.removeLast().with(pool);
      }
      pools.add(pool);
    }
    return new ScoreCalibration(pools);
  }

  /// The probability of a score.
  ///
  /// @param score in [0, 1]
  double probability(double score) {
    if (pools.isEmpty()) {
      return score;
    }
    int above = 0;
    while (above < pools.size() && pools.get(above).score() < score) {
      above++;
    }
    if (above == 0) {
      return pools.getFirst().share();
    }
    return above == pools.size()
        ? pools.getLast().share()
        : between(pools.get(above - 1), pools.get(above), score);
  }

  private static double between(Pool low, Pool high, double score) {
    double part = (score - low.score()) / (high.score() - low.score());
    return low.share() + part * (high.share() - low.share());
  }
}
