package io.cromford.flywheel;

import io.cromford.training.Scored;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/// What a week's decisions should turn out to be worth, estimated from their scores before any
/// outcome is known.
///
/// Each score is turned into a probability by what became of such scores of the same model in the
/// last mature weeks ([ScoreCalibration]); expected counts stand in for true ones (confidence-based
/// performance estimation). It holds as long as a score means what it meant: where fraudsters find
/// new ways, it is too high and cannot know it. So it is shown, and held against the truth later,
/// and nothing is done because of it.
///
/// @param averagePrecision of the scores that served; NaN if no positive is expected
/// @param alertPrecision the share of alerts on a card with a positive that day; NaN without alerts
/// @param recall the share of positives that were stopped; NaN if none is expected
/// @param positives how many there are
/// @param weeks mature weeks of the model that the calibration was learnt from; 0 if there was none
///   yet, and scores were taken as they are
/// @see <a href="https://arxiv.org/abs/2407.16681">Kivimäki et al. 2024</a>
public record WeekEstimate(
    double averagePrecision, double alertPrecision, double recall, double positives, int weeks) {
  static WeekEstimate of(WeekRows rows, ScoreCalibration calibration, int weeks) {
    Scored scored = rows.scored().first();
    double positives = 0;
    double stopped = 0;
    for (int row = 0; row < scored.size(); row++) {
      double probability = calibration.probability(scored.score(row));
      positives += probability;
      stopped += rows.marks().stopped(row) ? probability : 0;
    }
    return new WeekEstimate(
        averagePrecision(scored, calibration),
        alertPrecision(rows, scored, calibration),
        stopped / positives,
        positives,
        weeks);
  }

  /// The mean, over the positives that are expected, of the precision down to each.
  private static double averagePrecision(Scored scored, ScoreCalibration calibration) {
    float[] scores = new float[scored.size()];
    for (int row = 0; row < scores.length; row++) {
      scores[row] = scored.score(row);
    }
    Arrays.sort(scores);
    double before = 0;
    double sum = 0;
    for (int rank = 1; rank <= scores.length; rank++) {
      double probability = calibration.probability(scores[scores.length - rank]);
      sum += probability * (before + 1) / rank;
      before += probability;
    }
    return sum / before;
  }

  /// A card's alert is right unless all its payments of the day are genuine.
  private static double alertPrecision(WeekRows rows, Scored scored, ScoreCalibration calibration) {
    Map<CardAndDay, Double> genuine = new HashMap<>();
    for (int row = 0; row < scored.size(); row++) {
      if (rows.marks().alert(row)) {
        genuine.put(CardAndDay.of(scored, row), 1.0);
      }
    }
    for (int row = 0; row < scored.size(); row++) {
      double other = 1 - calibration.probability(scored.score(row));
      genuine.computeIfPresent(CardAndDay.of(scored, row), (_, product) -> product * other);
    }
    double right = 0;
    int alerts = 0;
    for (int row = 0; row < scored.size(); row++) {
      if (rows.marks().alert(row)) {
        right += 1 - genuine.getOrDefault(CardAndDay.of(scored, row), 1.0);
        alerts++;
      }
    }
    return right / alerts;
  }
}
