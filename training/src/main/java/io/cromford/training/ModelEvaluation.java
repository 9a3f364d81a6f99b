package io.cromford.training;

import io.cromford.training.report.JsonReport;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a fit is worth on rows that it was not fitted on, drawn: its curve of precision over
/// recall, its calibration, how its scores lie, its segments and its features' importance; beside
/// it, where it was held against another model, the same of that one on the same rows.
///
/// Kept with a model version, so it depends on nothing but the rows and the models.
///
/// @param model the fit
/// @param opponent whom it was held against; null if nobody
/// @param segments the parts that are looked at by themselves
/// @param importance of the fit's features
public record ModelEvaluation(
    Side model, @Nullable Opponent opponent, List<Part> segments, Importance importance) {
  /// Rows explained at most for the importance.
  public static final int EXPLAINED_ROWS = 200;

  private static final int FORMAT = 1;
  private static final int POINTS = 125;

  /// Copies the list.
  public ModelEvaluation {
    segments = List.copyOf(segments);
  }

  /// What an evaluation of the first model says of the fit.
  public static ModelEvaluation of(EvaluationReport report) {
    EvaluationReport.Pictures pictures = report.pictures();
    return new ModelEvaluation(
        new Side(
            pictures.rows(),
            pictures.positives(),
            report.result(new Metric.AveragePrecision().key()).value(),
            pictures.precisionRecall(),
            pictures.calibration()),
        null,
        report.segments().stream()
            .map(on ->
                new Part(
                    on.segment(),
                    on.rows(),
                    on.positives(),
                    on.averagePrecision().value(),
                    Double.NaN))
            .toList(),
        pictures.importance());
  }

  /// One model's scores of the rows.
  ///
  /// @param averagePrecision NaN without a positive
  /// @param calibration bins of the score, with rows and positives: where the scores lie, and what
  ///   they mean
  public record Side(
      int rows,
      int positives,
      double averagePrecision,
      Curve precisionRecall,
      Calibration calibration) {
    /// Looks at scored rows.
    public static Side of(Scored rows) {
      return new Side(
          rows.size(),
          rows.positives(),
          new Metric.AveragePrecision().of(rows),
          Curve.precisionRecall(rows),
          Calibration.of(rows));
    }
  }

  /// Another model on the same rows.
  ///
  /// @param version its id
  public record Opponent(String version, Side side) {}

  /// A segment.
  ///
  /// @param averagePrecision of the fit; NaN without a positive
  /// @param opponents of the other model; NaN where there is none
  public record Part(
      Segment segment, int rows, int positives, double averagePrecision, double opponents) {
    /// Looks at a segment's rows.
    ///
    /// @param opposing the same rows scored by the other model; null if there is none
    public static Part of(Segment segment, Scored rows, @Nullable Scored opposing) {
      Metric metric = new Metric.AveragePrecision();
      return new Part(
          segment,
          rows.size(),
          rows.positives(),
          metric.of(rows),
          opposing == null ? Double.NaN : metric.of(opposing));
    }
  }

  /// As JSON, to be kept.
  public String json() {
    return JsonReport.object(json -> {
      json.whole("format", FORMAT)
          .whole("rows", model.rows())
          .whole("positives", model.positives());
      json.object("model", inner -> side(inner, model));
      if (opponent != null) {
        json.object(
            "opponent",
            inner -> {
              inner.text("version", opponent.version());
              side(inner, opponent.side());
            });
      }
      json.objects("segments", segments, ModelEvaluation::part);
      json.object("importance", inner -> importance(inner, importance));
    });
  }

  private static void side(JsonReport json, Side side) {
    json.number("average_precision", side.averagePrecision());
    json.rows(
        "precision_recall",
        sparse(side.precisionRecall().points()),
        point -> new double[] {point.threshold(), point.x(), point.y()});
    json.objects("scores", side.calibration().bins(), ModelEvaluation::bin);
  }

  private static List<Curve.Point> sparse(List<Curve.Point> points) {
    if (points.size() <= POINTS) {
      return points;
    }
    List<Curve.Point> kept = new ArrayList<>();
    for (int i = 0; i < POINTS; i++) {
      kept.add(points.get((int) ((long) i * (points.size() - 1) / (POINTS - 1))));
    }
    return kept;
  }

  private static void bin(JsonReport json, Calibration.Bin bin) {
    Interval interval = bin.interval();
    json.number("from", bin.from()).number("until", bin.until());
    json.whole("rows", bin.rows()).whole("positives", bin.positives());
    json.number("mean_score", bin.meanScore()).number("share", bin.share());
    json.number("low", interval.low()).number("high", interval.high());
  }

  private static void part(JsonReport json, Part part) {
    json.text("name", part.segment().name()).text("condition", part.segment().condition());
    json.whole("rows", part.rows()).whole("positives", part.positives());
    json.number("average_precision", part.averagePrecision());
    json.number("opponent_average_precision", part.opponents());
  }

  private static void importance(JsonReport json, Importance importance) {
    json.text("method", "mean magnitude of the contribution, log-odds");
    json.whole("rows", importance.rows()).whole("positives", importance.positives());
    json.objects(
        "features",
        importance.features(),
        (inner, share) -> inner.text("name", share.name()).number("value", share.meanMagnitude()));
  }
}
