package io.cromford.training;

import io.cromford.training.report.Axis;
import io.cromford.training.report.BarChart;
import io.cromford.training.report.Figures;
import io.cromford.training.report.Fragment;
import io.cromford.training.report.LineChart;
import io.cromford.training.report.LineChart.Style;
import io.cromford.training.report.Page;
import io.cromford.training.report.Table;
import io.cromford.training.report.Tiles;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/// An evaluation as a page.
final class EvaluationPage {
  private static final int FEATURES_SHOWN = 20;

  private final EvaluationReport report;

  private EvaluationPage(EvaluationReport report) {
    this.report = report;
  }

  static Page of(EvaluationReport report) {
    EvaluationPage page = new EvaluationPage(report);
    Page all =
        new Page(report.subject().title(), page.lead())
            .add(page.tiles())
            .section("What it is worth", page.metrics());
    if (!report.segments().isEmpty()) {
      all.section("On parts of the payments", page.segments());
    }
    return all.section("At every threshold", page.curves())
        .section("Can the score be read as a probability?", page.calibration())
        .section("What it looks at", page.importance())
        .section("How it was judged", page.folds())
        .section("What was tried", page.trials());
  }

  private String lead() {
    MetricResult precision = report.result("average_precision");
    return "Judged on "
        + Figures.whole(report.pictures().rows())
        + " payments that the models had not seen, "
        + Figures.whole(report.pictures().positives())
        + " of them frauds, it reaches an average precision of "
        + Figures.fixed(precision.value(), 3)
        + "; a model that knows nothing gets "
        + Figures.fixed(precision.baseline(), 3)
        + ".";
  }

  private Fragment tiles() {
    List<Tiles.Tile> tiles = new ArrayList<>();
    for (MetricResult result : report.results().subList(0, 4)) {
      tiles.add(
          new Tiles.Tile(
              result.metric().title(), value(result.value()), interval(result.interval())));
    }
    return Tiles.of(tiles);
  }

  private Fragment metrics() {
    Table table =
        new Table(
            "Mean over "
                + counted(report.folds().folds().size(), "test week")
                + ", with 95 % intervals",
            List.of(
                Table.Column.text("Metric"),
                Table.Column.number("This model"),
                Table.Column.number("95 % interval"),
                Table.Column.number("Constant"),
                Table.Column.text("What it means")));
    for (MetricResult result : report.results()) {
      table.row(
          result.metric().title(),
          value(result.value()),
          interval(result.interval()),
          value(result.baseline()),
          result.metric().meaning());
    }
    return Fragment.join(
        List.of(
            table.fragment(),
            Fragment.note(
                "Intervals come from "
                    + Figures.whole(EvaluationReport.REPLICATES)
                    + " resamples of the cards, because the payments of one card are not independent. "
                    + "The threshold is the one that gives the alerts a day that the factory file asks "
                    + "for; it is set from scores alone. The constant model scores all payments alike, so "
                    + "at a threshold it alerts all of them.")));
  }

  private Fragment segments() {
    Table table =
        new Table(
            "Average precision, with 95 % intervals",
            List.of(
                Table.Column.text("Segment"),
                Table.Column.text("Payments with"),
                Table.Column.number("Payments"),
                Table.Column.number("Frauds"),
                Table.Column.number("This model"),
                Table.Column.number("95 % interval"),
                Table.Column.number("Constant")));
    for (Segment.Result result : report.segments()) {
      MetricResult precision = result.averagePrecision();
      boolean judged = result.positives() > 0;
      table.row(
          result.segment().name(),
          result.segment().condition(),
          Figures.whole(result.rows()),
          Figures.whole(result.positives()),
          judged ? value(precision.value()) : "–",
          judged ? interval(precision.interval()) : "–",
          judged ? value(precision.baseline()) : "–");
    }
    return Fragment.join(
        List.of(
            table.fragment(),
            Fragment.note(
                "The segments are those that the factory file names. An average precision is read "
                    + "beside the constant's, which is the share of frauds in the segment.")));
  }

  private Fragment curves() {
    EvaluationReport.Pictures pictures = report.pictures();
    double share = (double) pictures.positives() / Math.max(1, pictures.rows());
    LineChart precision =
        new LineChart(
                "Precision over recall",
                "The higher to the right the line stays, the better.",
                Axis.share("Recall: the share of frauds found"),
                Axis.share("Precision"))
            .series("this model", Style.MAIN, points(pictures.precisionRecall()))
            .series(
                "chance",
                Style.GUIDE,
                List.of(LineChart.Point.of(0, share), LineChart.Point.of(1, share)));
    LineChart roc =
        new LineChart(
                "ROC",
                "The share of frauds found over the share of genuine payments flagged.",
                Axis.share("False positive rate"),
                Axis.share("True positive rate"))
            .series("this model", Style.MAIN, points(pictures.roc()))
            .series("chance", Style.GUIDE, diagonal());
    return Fragment.columns(precision.fragment(), roc.fragment());
  }

  private Fragment calibration() {
    List<LineChart.Point> shares =
        report.pictures().calibration().bins().stream().map(EvaluationPage::point).toList();
    LineChart chart =
        new LineChart(
                "Share of frauds over the mean score, by bin",
                "On the diagonal a score of 0.3 means three frauds in ten.",
                Axis.share("Mean score"),
                Axis.share("Share of frauds"))
            .series("this model", Style.MAIN, shares)
            .series("calibrated", Style.GUIDE, diagonal());
    return Fragment.join(
        List.of(
            chart.wide().fragment(), Fragment.details("The bins in numbers", calibrationTable())));
  }

  private Fragment calibrationTable() {
    Table table =
        new Table(
            "Bins of the score",
            List.of(
                Table.Column.text("Score"),
                Table.Column.number("Payments"),
                Table.Column.number("Mean score"),
                Table.Column.number("Frauds"),
                Table.Column.number("95 % interval")));
    for (Calibration.Bin bin : report.pictures().calibration().bins()) {
      table.row(
          Figures.tick(bin.from()) + " to " + Figures.tick(bin.until()),
          Figures.whole(bin.rows()),
          Figures.fixed(bin.meanScore(), 4),
          Figures.percent(bin.share(), 2),
          Figures.range(100 * bin.interval().low(), 100 * bin.interval().high(), 2));
    }
    return table.fragment();
  }

  private Fragment importance() {
    Importance importance = report.pictures().importance();
    List<BarChart.Bar> bars =
        importance.features().stream()
            .limit(FEATURES_SHOWN)
            .map(share ->
                new BarChart.Bar(
                    share.name(), share.meanMagnitude(), Figures.fixed(share.meanMagnitude(), 3)))
            .toList();
    return Fragment.join(
        List.of(
            BarChart.of("Mean magnitude of the contribution, in log-odds", bars),
            Fragment.note(
                "Exact contributions (Shapley values for trees) on "
                    + Figures.whole(importance.rows())
                    + " test payments, "
                    + Figures.whole(importance.positives())
                    + " of them frauds. The first "
                    + bars.size()
                    + " of "
                    + importance.features().size()
                    + " features are shown; the JSON has them all.")));
  }

  private Fragment folds() {
    Table table =
        new Table(
            "Folds, newest first",
            List.of(
                Table.Column.text("Training"),
                Table.Column.text("Test"),
                Table.Column.number(report.tuning().metric().title())));
    for (int fold = 0; fold < report.folds().folds().size(); fold++) {
      Folds.Fold one = report.folds().folds().get(fold);
      table.row(
          days(one.training()),
          days(one.test()),
          Figures.fixed(report.tuning().best().values().get(fold), 3));
    }
    Fitted fitted = report.subject().fitted();
    return Fragment.join(
        List.of(
            table.fragment(),
            Fragment.note("Between training and test lies the time a label needs to become known."),
            Fragment.note(
                "Number of folds: "
                    + report.folds().folds().size()
                    + ", "
                    + report.folds().reason()
                    + "."),
            Fragment.note(
                "The model itself was then fitted with the same parameters on "
                    + days(report.subject().window())
                    + ": "
                    + Figures.whole(fitted.rows())
                    + " payments after sampling, "
                    + Figures.whole(fitted.positives())
                    + " of them frauds, "
                    + fitted.model().features()
                    + " features.")));
  }

  private Fragment trials() {
    Tuning tuning = report.tuning();
    Table table =
        new Table(
            counted(tuning.trials().size(), "trial") + ", by " + tuning.metric().title(),
            List.of(
                Table.Column.number("Trial"),
                Table.Column.text("Learner"),
                Table.Column.number("Mean"),
                Table.Column.number("Deviation"),
                Table.Column.text("Parameters")));
    for (Trial trial : tuning.trials()) {
      String[] cells = {
        Integer.toString(trial.number()),
        trial.parameters().learner(),
        Figures.fixed(trial.mean(), 4),
        Figures.fixed(trial.deviation(), 4),
        parameters(trial.parameters())
      };
      var _ = trial.equals(tuning.best()) ? table.marked(cells) : table.row(cells);
    }
    return Fragment.join(
        List.of(
            Fragment.paragraph(
                "Each learner began with its defaults; the other trials were drawn at random with a "
                    + "fixed seed. The best mean over the folds was kept; later days were not looked at. "
                    + "The constant model, which anything must beat, has "
                    + Figures.fixed(tuning.baseline().mean(), 4)
                    + "."),
            table.fragment()));
  }

  private static String parameters(Parameters parameters) {
    return parameters.toMap().entrySet().stream()
        .map(entry -> entry.getKey() + " " + entry.getValue())
        .collect(Collectors.joining(", "));
  }

  private static List<LineChart.Point> points(Curve curve) {
    return curve.points().stream().map(at -> LineChart.Point.of(at.x(), at.y())).toList();
  }

  private static LineChart.Point point(Calibration.Bin bin) {
    String label =
        Figures.whole(bin.rows())
            + " payments, mean score "
            + Figures.fixed(bin.meanScore(), 3)
            + ", frauds "
            + Figures.percent(bin.share(), 1);
    return new LineChart.Point(bin.meanScore(), bin.share(), label);
  }

  private static List<LineChart.Point> diagonal() {
    return List.of(LineChart.Point.of(0, 0), LineChart.Point.of(1, 1));
  }

  private static String value(double value) {
    return Math.abs(value) >= 100 ? Figures.fixed(value, 0) : Figures.fixed(value, 4);
  }

  private static String interval(Interval interval) {
    return Figures.range(interval.low(), interval.high(), Math.abs(interval.high()) >= 100 ? 0 : 3);
  }

  private static String days(Folds.Span span) {
    return Figures.day(span.fromMillis()) + " to " + Figures.day(span.untilMillis() - 1);
  }

  private static String counted(int count, String thing) {
    return count + " " + thing + (count == 1 ? "" : "s");
  }
}
