package io.cromford.training;

import java.util.ArrayList;
import java.util.List;

/// What a training run is worth, on days that its models had not seen.
///
/// Everything in it is a function of the run's input: there is no wall time in it, so the same run
/// gives the same bytes. [#json] is for programs, [#html] for a person.
///
/// @param subject what was trained
/// @param folds how it was judged, and why there were not more folds
/// @param results each metric, the mean over the folds, in the order in which a reader wants them
/// @param segments the parts that are looked at by themselves
/// @param pictures what is drawn
/// @param tuning every trial; the parameters judged are those of its best
public record EvaluationReport(
    Subject subject,
    Folds folds,
    List<MetricResult> results,
    List<Segment.Result> segments,
    Pictures pictures,
    Tuning tuning) {
  /// The replicates behind each interval.
  public static final int REPLICATES = 1000;

  /// The intervals' confidence.
  static final double CONFIDENCE = 0.95;

  /// The rows explained at most for the importance of features.
  static final int EXPLAINED_ROWS = 1000;

  /// Copies the lists.
  public EvaluationReport {
    results = List.copyOf(results);
    segments = List.copyOf(segments);
  }

  /// What was trained.
  ///
  /// @param title the report's heading, such as the factory's name
  /// @param fitted the model fitted on all the window's rows with the parameters that were judged
  /// @param window the rows it was fitted on
  public record Subject(String title, Fitted fitted, Folds.Span window) {}

  /// How the metrics are read.
  ///
  /// @param alertsPerDay investigations a day; also the k of card precision
  /// @param costs of investigating and of missing
  /// @param seed of the bootstrap
  public record Reading(int alertsPerDay, Costs costs, long seed) {}

  /// What is drawn, over all folds' test rows together.
  ///
  /// @param rows test rows
  /// @param positives among them
  /// @param precisionRecall the curve of precision over recall
  /// @param roc the ROC curve
  /// @param calibration scores beside shares
  /// @param importance of the fitted model's features
  public record Pictures(
      int rows,
      int positives,
      Curve precisionRecall,
      Curve roc,
      Calibration calibration,
      Importance importance) {}

  /// Measures a run.
  public static EvaluationReport of(
      Subject subject, Folds folds, Tuning tuning, Validation validation, Reading reading) {
    Scored all = Scored.concat(validation.scored());
    Pictures pictures =
        new Pictures(
            all.size(),
            all.positives(),
            Curve.precisionRecall(all),
            Curve.roc(all),
            Calibration.of(all),
            Importance.of(subject.fitted().model(), validation.recent(), EXPLAINED_ROWS));
    return new EvaluationReport(
        subject,
        folds,
        results(validation, reading),
        validation.segments().stream()
            .map(part ->
                Segment.Result.of(part.segment(), part.scored(), part.baseline(), reading.seed()))
            .toList(),
        pictures,
        tuning);
  }

  /// The scored test rows.
  ///
  /// @param scored each fold's test rows as [Tuner#validate] gives them for the best trial
  /// @param baseline the same rows scored by the constant model
  /// @param recent rows of which some are explained for the importance, such as the newest fold's
  ///   test rows
  /// @param segments the parts that are looked at by themselves
  public record Validation(
      List<Scored> scored, List<Scored> baseline, TrainingSet recent, List<Part> segments) {
    /// Copies the lists.
    public Validation {
      scored = List.copyOf(scored);
      baseline = List.copyOf(baseline);
      segments = List.copyOf(segments);
    }

    /// A segment's rows of each fold.
    ///
    /// @param segment which part
    /// @param scored its rows as the model scores them
    /// @param baseline the same rows scored by the constant model
    public record Part(Segment segment, List<Scored> scored, List<Scored> baseline) {
      /// Copies the lists.
      public Part {
        scored = List.copyOf(scored);
        baseline = List.copyOf(baseline);
      }

      /// A segment's share of scored test rows.
      ///
      /// @param rows the set that the folds' test rows are taken from
      /// @param scored each fold's test rows, in the folds' order
      /// @param baseline the same rows scored by the constant model
      public static Part of(
          Segment segment,
          TrainingSet rows,
          Folds folds,
          List<Scored> scored,
          List<Scored> baseline) {
        List<Scored> own = new ArrayList<>();
        List<Scored> other = new ArrayList<>();
        for (int fold = 0; fold < scored.size(); fold++) {
          TrainingSet test = folds.folds().get(fold).test().of(rows);
          own.add(segment.of(test, scored.get(fold)));
          other.add(segment.of(test, baseline.get(fold)));
        }
        return new Part(segment, own, other);
      }
    }
  }

  /// The result of a metric by its key.
  ///
  /// @throws IllegalArgumentException if it was not measured
  public MetricResult result(String key) {
    return results.stream()
        .filter(result -> result.metric().key().equals(key))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no metric `" + key + "` was measured"));
  }

  /// The report as JSON.
  public String json() {
    return EvaluationJson.of(this);
  }

  /// The report as one self-contained HTML page.
  public String html() {
    return EvaluationPage.of(this).html();
  }

  /// The metrics of a report, in its order.
  static List<Metric> metrics(Reading reading) {
    Threshold threshold = new Threshold.AlertsPerDay(reading.alertsPerDay());
    return List.of(
        new Metric.AveragePrecision(),
        new Metric.RocAuc(),
        new Metric.CardPrecision(reading.alertsPerDay()),
        new Metric.MoneySaved(reading.costs(), threshold),
        new Metric.Precision(threshold),
        new Metric.Recall(threshold),
        new Metric.LogLoss(),
        new Metric.Brier(),
        new Metric.CalibrationError());
  }

  private static List<MetricResult> results(Validation validation, Reading reading) {
    Bootstrap ours = Bootstrap.of(validation.scored(), reading.seed(), REPLICATES);
    Bootstrap theirs = Bootstrap.of(validation.baseline(), reading.seed(), REPLICATES);
    return metrics(reading).stream().map(metric -> MetricResult.of(metric, ours, theirs)).toList();
  }
}
