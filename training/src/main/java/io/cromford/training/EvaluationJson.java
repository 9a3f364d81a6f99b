package io.cromford.training;

import io.cromford.training.report.JsonReport;
import java.time.Instant;

/// An evaluation as JSON.
final class EvaluationJson {
  private static final int FORMAT = 1;

  private EvaluationJson() {}

  static String of(EvaluationReport report) {
    return JsonReport.object(json -> {
      json.whole("format", FORMAT).text("title", report.subject().title());
      json.object("model", model -> model(model, report.subject()));
      json.object("validation", validation -> validation(validation, report));
      json.objects("metrics", report.results(), EvaluationJson::result);
      json.objects("segments", report.segments(), EvaluationJson::segment);
      pictures(json, report.pictures());
      json.object("tuning", tuning -> tuning(tuning, report.tuning()));
    });
  }

  private static void model(JsonReport json, EvaluationReport.Subject subject) {
    Fitted fitted = subject.fitted();
    json.text("learner", fitted.parameters().learner());
    json.values("parameters", fitted.parameters().toMap());
    json.object("window", span -> span(span, subject.window()));
    json.whole("rows", fitted.rows()).whole("positives", fitted.positives());
    json.whole("features", fitted.model().features());
  }

  private static void validation(JsonReport json, EvaluationReport report) {
    json.whole("folds_used", report.folds().folds().size());
    json.text("folds_reason", report.folds().reason());
    json.objects(
        "folds",
        report.folds().folds(),
        (inner, fold) -> {
          inner.object("training", span -> span(span, fold.training()));
          inner.object("test", span -> span(span, fold.test()));
        });
    json.whole("rows", report.pictures().rows());
    json.whole("positives", report.pictures().positives());
  }

  private static void span(JsonReport json, Folds.Span span) {
    json.text("from", Instant.ofEpochMilli(span.fromMillis()).toString());
    json.text("until", Instant.ofEpochMilli(span.untilMillis()).toString());
  }

  private static void result(JsonReport json, MetricResult result) {
    json.text("key", result.metric().key()).text("title", result.metric().title());
    json.text("better", result.metric().higherIsBetter() ? "higher" : "lower");
    json.number("value", result.value());
    json.number("low", result.interval().low()).number("high", result.interval().high());
    json.object(
        "baseline",
        baseline ->
            baseline
                .number("value", result.baseline())
                .number("low", result.baselineInterval().low())
                .number("high", result.baselineInterval().high()));
  }

  private static void segment(JsonReport json, Segment.Result result) {
    json.text("name", result.segment().name()).text("condition", result.segment().condition());
    json.whole("rows", result.rows()).whole("positives", result.positives());
    json.object("average_precision", inner -> result(inner, result.averagePrecision()));
  }

  private static void pictures(JsonReport json, EvaluationReport.Pictures pictures) {
    json.object(
        "curves",
        curves ->
            curves
                .rows("precision_recall", pictures.precisionRecall().points(), EvaluationJson::row)
                .rows("roc", pictures.roc().points(), EvaluationJson::row));
    json.objects("calibration", pictures.calibration().bins(), EvaluationJson::bin);
    Importance importance = pictures.importance();
    json.object(
        "importance",
        inner ->
            inner
                .text("method", "mean magnitude of the contribution, log-odds")
                .whole("rows", importance.rows())
                .whole("positives", importance.positives())
                .objects(
                    "features",
                    importance.features(),
                    (feature, share) ->
                        feature.text("name", share.name()).number("value", share.meanMagnitude())));
  }

  /// Threshold, x, y.
  private static double[] row(Curve.Point point) {
    return new double[] {point.threshold(), point.x(), point.y()};
  }

  private static void bin(JsonReport json, Calibration.Bin bin) {
    Interval interval = bin.interval();
    json.number("from", bin.from()).number("until", bin.until()).whole("rows", bin.rows());
    json.number("mean_score", bin.meanScore()).number("share", bin.share());
    json.number("low", interval.low()).number("high", interval.high());
  }

  private static void tuning(JsonReport json, Tuning tuning) {
    json.text("metric", tuning.metric().key());
    json.whole("best", tuning.best().number());
    json.number("baseline", tuning.baseline().mean());
    json.objects("trials", tuning.trials(), EvaluationJson::trial);
  }

  private static void trial(JsonReport json, Trial trial) {
    json.whole("number", trial.number()).text("learner", trial.parameters().learner());
    json.values("parameters", trial.parameters().toMap());
    json.number("mean", trial.mean()).number("deviation", trial.deviation());
    json.rows(
        "folds",
        java.util.List.of(trial),
        one -> one.values().stream().mapToDouble(v -> v).toArray());
  }
}
