package io.cromford.serving;

import io.cromford.core.SnapshotWriter;
import io.cromford.flywheel.AlertThreshold;
import io.cromford.flywheel.LiveDecision;
import io.cromford.flywheel.LiveHealth;
import io.cromford.flywheel.ScoreWatch;
import io.cromford.model.Model;
import java.util.List;

/// A model that scores live traffic, with what it learnt from its scores: its threshold, and how
/// they lie. For the owning thread.
final class Seat {
  private final int number;
  private final ModelShelf.Fit fit;
  private final int view;
  private final AlertThreshold threshold;
  private final ScoreWatch watch;
  private double score;
  private long nanos;
  private long timed;

  /// @param number in the [Crew]
  /// @param fit the model
  /// @param view the number of its features in the [ViewBook]
  Seat(int number, ModelShelf.Fit fit, int view, AlertThreshold threshold, ScoreWatch watch) {
    this.number = number;
    this.fit = fit;
    this.view = view;
    this.threshold = threshold;
    this.watch = watch;
  }

  void save(SnapshotWriter out) {
    out.text(version());
    out.count(view);
    threshold.save(out);
    watch.save(out);
  }

  int number() {
    return number;
  }

  String version() {
    return fit.version();
  }

  Model model() {
    return fit.model();
  }

  /// The number of its features in the [ViewBook].
  int view() {
    return view;
  }

  /// Scores an observation.
  ///
  /// @param values shape `[features]`, in its view
  void score(float[] values) {
    long start = System.nanoTime();
    score = fit.model().score(values, 0);
    nanos += System.nanoTime() - start;
    timed++;
  }

  /// The score of the last observation.
  double score() {
    return score;
  }

  /// Whether the last score can be decided on.
  boolean isFit() {
    return score >= 0 && score <= 1;
  }

  /// From which score on is alerted.
  double threshold() {
    return threshold.value();
  }

  /// People can look at another number of alerts from here on.
  ///
  /// @param dailyScores as of [AlertThreshold#lookAt]
  void lookAt(int alertsPerDay, List<Double> dailyScores) {
    threshold.lookAt(alertsPerDay, dailyScores);
  }

  void advance(long atMillis) {
    threshold.advance(atMillis);
  }

  /// Takes a score that is in the ledger.
  ///
  /// @return what would be decided by it
  LiveDecision.Verdict take(long entity, double taken) {
    watch.add(taken);
    if (!(taken >= 0 && taken <= 1)) {
      return LiveDecision.Verdict.PASSED;
    }
    boolean reaches = taken >= threshold();
    boolean isFirst = threshold.scored(entity, taken);
    return isFirst
        ? LiveDecision.Verdict.ALERTED
        : reaches ? LiveDecision.Verdict.STOPPED : LiveDecision.Verdict.PASSED;
  }

  /// How many live scores it gave.
  long scores() {
    return watch.scores();
  }

  /// How it does on live traffic.
  ///
  /// @param isTimed whether the time that its scores take counts
  LiveHealth health(boolean isTimed) {
    double mean = isTimed && timed > 0 ? (double) nanos / timed : 0;
    return new LiveHealth(watch.seen(), threshold.reached(), mean);
  }

  /// Whether something about its scores should be looked at now.
  ///
  /// @param mostAlerts alerts a day that are too many
  boolean isSuspect(int mostAlerts) {
    return threshold.reached() > mostAlerts || watch.unfit() > 0;
  }
}
