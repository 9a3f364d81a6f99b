package io.cromford.flywheel;

import io.cromford.training.report.Figures;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/// How one model does on live traffic, and what may be wrong with it whatever the truth turns out
/// to be.
///
/// @param scores its scores since it began
/// @param alertsToday the alerts that it raised today, or would have
/// @param scoreNanos how long a score took on the mean; 0 in a replay, where it is not looked at
public record LiveHealth(ScoreWatch.Seen scores, int alertsToday, double scoreNanos) {
  private static final double LARGE_SHIFT = 0.25;

  /// What must not go on for another observation.
  ///
  /// @param peer a model that scores the same traffic: a flood that it sees too is no fault
  /// @param mostAlerts alerts a day that are too many
  Optional<String> fault(Optional<LiveHealth> peer, int mostAlerts) {
    if (scores.unfit() > 0) {
      return Optional.of(
          "%d of its %d scores are no probabilities".formatted(scores.unfit(), scores.scores()));
    }
    boolean floods =
        alertsToday > mostAlerts && peer.isPresent() && alertsToday > 2 * peer.get().alertsToday;
    return floods
        ? Optional.of(
            "%d alerts today, where %d are too many and another model on the same traffic has %d"
                .formatted(alertsToday, mostAlerts, peer.get().alertsToday))
        : Optional.empty();
  }

  /// What is not as it was on the days before: scores that take too long, or that have shifted
  /// beyond a quarter and beyond twice what is expected of chance with so few.
  ///
  /// @param scoreTime the most that a score may take on the mean
  Optional<String> unlike(Duration scoreTime) {
    if (scoreNanos > scoreTime.toNanos()) {
      return Optional.of(
          "a live score takes %s µs, at most %s are allowed"
              .formatted(
                  Figures.brief(scoreNanos / 1000), Figures.brief(scoreTime.toNanos() / 1000.0)));
    }
    double most = LARGE_SHIFT + 2.0 * (scores.bins() - 1) / scores.scores();
    return scores.shift() > most
        ? Optional.of(
            String.format(
                Locale.ROOT,
                "its live scores lie elsewhere than those of the days before: a stability index of %.3f over %,d scores, at most %.3f is expected",
                scores.shift(),
                scores.scores(),
                most))
        : Optional.empty();
  }
}
