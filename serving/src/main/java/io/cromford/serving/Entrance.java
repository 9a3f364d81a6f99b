package io.cromford.serving;

import io.cromford.core.CromfordException;
import io.cromford.core.ErrorCode;
import io.cromford.flywheel.AlertThreshold;
import io.cromford.flywheel.ScoreBins;
import io.cromford.model.Model;
import io.cromford.training.Scored;
import io.cromford.training.Scorer;
import io.cromford.training.TrainingSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a model brings with it when it begins to score live traffic: what it says of the days
/// before.
///
/// @param dailyScores the alert score of each of the last days, the oldest first
/// @param bins where its scores lay; null if there was no day
record Entrance(List<Double> dailyScores, @Nullable ScoreBins bins) {
  /// Nothing is known, or nothing needs to be.
  static final Entrance NONE = new Entrance(List.of(), null);

  /// Copies the list.
  Entrance {
    dailyScores = List.copyOf(dailyScores);
  }

  /// Scores the last days.
  ///
  /// @param recent the observations of some days; may be empty
  /// @throws CromfordException STATE_CONFLICT if it gives a score that is no probability
  static Entrance of(Model model, TrainingSet recent, int alertsPerDay) {
    if (recent.size() == 0) {
      return NONE;
    }
    Scored scored = score(model, recent);
    return new Entrance(AlertThreshold.dailyScores(scored, alertsPerDay), ScoreBins.of(scored));
  }

  private static Scored score(Model model, TrainingSet recent) {
    try {
      return Scorer.score(model, recent);
    } catch (IllegalArgumentException e) {
      throw new CromfordException(
          ErrorCode.STATE_CONFLICT,
          "the model gave no probability on the last days' observations: "
              + e.getMessage()
              + ".\nMaybe it was fitted on other data.",
          e);
    }
  }
}
