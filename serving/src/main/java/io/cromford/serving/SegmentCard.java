package io.cromford.serving;

import io.cromford.training.Interval;
import io.cromford.training.Metric;
import io.cromford.training.Scored;
import io.cromford.training.Segment;
import io.cromford.training.TrainingSet;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/// What a model card says of the segments: how a model does on each.
final class SegmentCard {
  private static final String NONE = "The factory file names none.";

  /// Of rules, which a person wrote.
  static final String NOT_LEARNT = "Nothing was learnt or judged: a person wrote the rules.";

  private SegmentCard() {}

  /// Of the first model: over all folds, with intervals.
  static String of(List<Segment.Result> results) {
    return results.isEmpty()
        ? NONE
        : results.stream().map(SegmentCard::line).collect(Collectors.joining("\n"));
  }

  private static String line(Segment.Result result) {
    Interval interval = result.averagePrecision().interval();
    double value = result.averagePrecision().value();
    return line(result.segment(), result.rows(), result.positives(), value)
        + (Double.isNaN(value)
            ? ""
            : String.format(Locale.ROOT, " [%.3f, %.3f]", interval.low(), interval.high()));
  }

  /// Of a challenger: on the rows that it is judged on.
  static String of(List<Segment> segments, TrainingSet heldOut, Scored scores) {
    return segments.isEmpty()
        ? NONE
        : segments.stream()
            .map(segment -> line(segment, segment.of(heldOut, scores)))
            .collect(Collectors.joining("\n"));
  }

  private static String line(Segment segment, Scored rows) {
    return line(segment, rows.size(), rows.positives(), new Metric.AveragePrecision().of(rows));
  }

  private static String line(Segment segment, int rows, int positives, double value) {
    return String.format(
        Locale.ROOT,
        "- %s (%s): %,d observations, %s",
        segment.name(),
        segment.condition(),
        rows,
        positives == 0
            ? "none of them positive"
            : String.format(
                Locale.ROOT, "%,d of them positive, average precision %.3f", positives, value));
  }

  /// Of a refit, which was not judged itself.
  static String judgedAs(String version) {
    return "It was not judged itself; the card of %.12s, which was in its place, has them."
        .formatted(version);
  }
}
