package io.cromford.flywheel;

import io.cromford.training.Interval;
import io.cromford.training.report.Axis;
import io.cromford.training.report.Figures;
import io.cromford.training.report.Fragment;
import io.cromford.training.report.LineChart;
import io.cromford.training.report.LineChart.Point;
import io.cromford.training.report.LineChart.Style;
import io.cromford.training.report.Page;
import io.cromford.training.report.Table;
import io.cromford.training.report.Tiles;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/// A closing report as a page.
final class ClosingPage {

  private final ClosingReport report;

  private ClosingPage(ClosingReport report) {
    this.report = report;
  }

  static Page of(ClosingReport report, Fragment happened) {
    ClosingPage closing = new ClosingPage(report);
    Page page =
        new Page(report.title(), closing.lead())
            .add(closing.tiles())
            .section("What happened", happened);
    if (!report.alarms().isEmpty()) {
      page.section("Alarms", closing.alarms());
    }
    return page.section("What learning was worth", closing.averagePrecision())
        .section("Alerts", closing.alerts())
        .section("Week by week", closing.weeks())
        .section("Not mature yet", OpenWeeksTable.of(report.open()))
        .section("Who served", closing.history());
  }

  private String lead() {
    ClosingReport.Worth worth = report.worth();
    if (report.countedWeeks() == 0) {
      return "No week is both full and mature yet, so there is nothing to compare.";
    }
    return "Over the "
        + countedOfAll()
        + " that are full and mature, the factory that learns reached a mean weekly average precision of "
        + Figures.fixed(worth.learning(), 3)
        + "; its own first model, frozen, "
        + Figures.fixed(worth.frozen(), 3)
        + ". The difference is "
        + Figures.signed(worth.difference(), 3)
        + " (95 % interval "
        + Figures.range(worth.interval().low(), worth.interval().high(), 3)
        + ").";
  }

  /// `6 of 7 weeks`, or `7 weeks`.
  private String countedOfAll() {
    long counted = report.countedWeeks();
    int all = report.weeks().size();
    return (counted == all ? "" : counted + " of ") + weeks(all);
  }

  private static String weeks(int count) {
    return count + (count == 1 ? " week" : " weeks");
  }

  /// Money against doing nothing, of what is mature; before, of what is known.
  private Tiles.Tile saved() {
    String label = "Money saved, " + report.currency();
    Optional<SavedSince> mature = report.worth().saved();
    if (mature.isEmpty()) {
      double known = report.weeks().stream().mapToDouble(week -> week.saved().serving()).sum();
      return new Tiles.Tile(label, Figures.fixed(known, 0), "so far; nothing of it is mature");
    }
    WeekFigures.Compared money = mature.get().saved();
    return new Tiles.Tile(
        label,
        Figures.fixed(money.learning().value(), 0),
        "95 %% interval %s, against doing nothing, until %s; the first model would have saved %s"
            .formatted(
                range(money.learning().interval(), 0),
                Figures.day(mature.get().untilMillis()),
                Figures.fixed(money.frozen().value(), 0)));
  }

  private static String range(Interval interval, int digits) {
    return Figures.range(interval.low(), interval.high(), digits);
  }

  private Fragment tiles() {
    long decisions = sum(week -> week.counts().decisions());
    long frauds = sum(week -> week.counts().positives());
    long alerts = sum(week -> week.counts().alerts());
    long right = sum(week -> week.counts().rightAlerts());
    List<Tiles.Tile> tiles =
        new ArrayList<>(
            List.of(
                new Tiles.Tile(
                    "Decisions", Figures.whole(decisions), Figures.whole(frauds) + " were frauds"),
                new Tiles.Tile(
                    "Alerts",
                    Figures.whole(alerts),
                    alerts == 0 ? "" : Figures.percent((double) right / alerts, 1) + " were right"),
                saved(),
                new Tiles.Tile(
                    "Learning against frozen",
                    Figures.signed(report.worth().difference(), 3),
                    "95 %% interval %s, mean weekly average precision"
                        .formatted(range(report.worth().interval(), 3))),
                new Tiles.Tile(
                    "Promotions",
                    Integer.toString(report.history().swaps()),
                    "in %s since go-live, those that are not mature too"
                        .formatted(weeks(report.weeks().size())))));
    long explored = sum(week -> week.explored().count());
    if (explored > 0) {
      double cost = report.weeks().stream().mapToDouble(week -> week.explored().cost()).sum();
      tiles.add(
          new Tiles.Tile(
              "Let through at random",
              Figures.whole(explored),
              "to learn what becomes of them; their frauds cost "
                  + Figures.fixed(cost, 0)
                  + " "
                  + report.currency()));
    }
    return Tiles.of(tiles);
  }

  private Fragment alarms() {
    Table table =
        new Table(
            "What a person should have looked at",
            List.of(Table.Column.text("Day, UTC"), Table.Column.text("What")));
    report.alarms().forEach(alarm -> table.row(Figures.day(alarm.atMillis()), alarm.message()));
    return table.fragment();
  }

  private Fragment averagePrecision() {
    List<Double> values =
        counted().stream()
            .flatMap(week -> Stream.of(week.ranking().averagePrecision(), week.ranking().frozen()))
            .toList();
    LineChart chart =
        new LineChart(
                "Average precision of each week's payments",
                "The models that served, against the first model, which scored the same payments "
                    + "in shadow. Vertical lines are promotions and alarms.",
                weekAxis(),
                Axis.around("Average precision", values, Figures::tick))
            .series(
                "the factory that learns",
                Style.MAIN,
                points("learning", week -> week.ranking().averagePrecision()))
            .series(
                "its first model, frozen",
                Style.OTHER,
                points("frozen", week -> week.ranking().frozen()));
    promotions(chart);
    return Fragment.join(
        List.of(
            chart.wide().fragment(),
            Fragment.note(
                "All payments of a week are ranked, those on known cards included. Vertical lines "
                    + "are promotions and alarms. The interval of the difference resamples the cards "
                    + Figures.whole(ClosingReport.REPLICATES)
                    + " times over all weeks at once.")));
  }

  private Fragment alerts() {
    LineChart alerts =
        new LineChart(
                "Alerts a day",
                "The mean number of alerts a day in each week.",
                weekAxis(),
                Axis.around("Alerts a day", withZero(ClosingPage::alertsPerDay), Figures::tick))
            .series("alerts", Style.MAIN, points("alerts a day", ClosingPage::alertsPerDay));
    LineChart precision =
        new LineChart(
                "Alerts that were right",
                "The share of alerts on a card with a fraud that day, and card precision, which is "
                    + "ranked afterwards.",
                weekAxis(),
                Axis.around("Share", withZero(week -> week.counts().precision()), Figures::tick))
            .series("alerts", Style.MAIN, points("alerts", week -> week.counts().precision()))
            .series(
                "card precision, ranked afterwards",
                Style.THIRD,
                points("card precision", week -> week.ranking().cardPrecision()));
    return Fragment.columns(alerts.fragment(), precision.fragment());
  }

  private Fragment weeks() {
    Table table =
        new Table(
            "Weeks from go-live",
            List.of(
                Table.Column.number("Week"),
                Table.Column.text("From, UTC"),
                Table.Column.text("Served"),
                Table.Column.number("Decisions"),
                Table.Column.number("Frauds"),
                Table.Column.number("Alerts"),
                Table.Column.number("Right"),
                Table.Column.number("AP"),
                Table.Column.number("AP frozen"),
                Table.Column.number("Saved, " + report.currency()),
                Table.Column.number("Saved frozen")));
    report.weeks().forEach(week -> row(table, week));
    return Fragment.join(
        List.of(
            table.fragment(),
            Fragment.note(
                "AP: average precision over all payments of the week. Marked weeks began with, or saw, a promotion. "
                    + "A week with * is not full or not mature and does not count in the means.")));
  }

  private void row(Table table, WeekSummary week) {
    String[] cells = {
      week.number() + (week.counted() ? "" : " *"),
      Figures.day(week.fromMillis()),
      String.join(", ", week.champions().stream().map(Figures::version).toList()),
      Figures.whole(week.counts().decisions()),
      Figures.whole(week.counts().positives()),
      Figures.whole(week.counts().alerts()),
      Figures.percent(week.counts().precision(), 1),
      Figures.fixed(week.ranking().averagePrecision(), 3),
      Figures.fixed(week.ranking().frozen(), 3),
      Figures.fixed(week.saved().serving(), 0),
      Figures.fixed(week.saved().frozen(), 0)
    };
    var _ = sawPromotion(week) ? table.marked(cells) : table.row(cells);
  }

  private boolean sawPromotion(WeekSummary week) {
    return report.history().stints().stream()
        .skip(1)
        .anyMatch(stint ->
            week.fromMillis() <= stint.fromMillis() && stint.fromMillis() < week.untilMillis());
  }

  private Fragment history() {
    Table table =
        new Table(
            "Versions in service",
            List.of(
                Table.Column.text("Version"),
                Table.Column.text("From, UTC"),
                Table.Column.text("Until, UTC"),
                Table.Column.text("Why")));
    for (ServiceHistory.Stint stint : report.history().stints()) {
      table.row(
          Figures.version(stint.version()),
          Figures.day(stint.fromMillis()),
          stint.untilMillis() == Long.MAX_VALUE ? "serving" : Figures.day(stint.untilMillis()),
          stint.reason());
    }
    return table.fragment();
  }

  private List<WeekSummary> counted() {
    return report.weeks().stream().filter(WeekSummary::counted).toList();
  }

  private void promotions(LineChart chart) {
    if (report.weeks().isEmpty()) {
      return;
    }
    long goLive = report.weeks().getFirst().fromMillis();
    List<ServiceHistory.Stint> stints = report.history().stints();
    for (ServiceHistory.Stint stint : stints.subList(Math.min(1, stints.size()), stints.size())) {
      double week = (double) (stint.fromMillis() - goLive) / WeeklyLedger.WEEK.toMillis();
      chart.mark(week + 0.5, "promoted: " + Figures.version(stint.version()));
    }
    for (ClosingReport.Alarm alarm : report.alarms()) {
      double week = (double) (alarm.atMillis() - goLive) / WeeklyLedger.WEEK.toMillis();
      chart.mark(week + 0.5, "alarm: " + Figures.day(alarm.atMillis()));
    }
  }

  private Axis weekAxis() {
    return new Axis("Week from go-live", 0.5, Math.max(1, counted().size()) + 0.5, Figures::tick);
  }

  private List<Point> points(String name, ToDoubleFunction<WeekSummary> value) {
    List<Point> points = new ArrayList<>();
    for (WeekSummary week : counted()) {
      double y = value.applyAsDouble(week);
      String label =
          "week "
              + week.number()
              + ", "
              + name
              + ": "
              + Figures.fixed(y, Math.abs(y) >= 10 ? 1 : 3);
      points.add(new Point(week.number(), y, label));
    }
    return points;
  }

  private List<Double> withZero(ToDoubleFunction<WeekSummary> value) {
    List<Double> values = new ArrayList<>(List.of(0.0));
    counted().forEach(week -> values.add(value.applyAsDouble(week)));
    return values;
  }

  private long sum(ToDoubleFunction<WeekSummary> value) {
    return Math.round(report.weeks().stream().mapToDouble(value).sum());
  }

  private static double alertsPerDay(WeekSummary week) {
    return week.counts().alerts() / 7.0;
  }
}
