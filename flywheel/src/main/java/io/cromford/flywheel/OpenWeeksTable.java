package io.cromford.flywheel;

import io.cromford.training.report.Figures;
import io.cromford.training.report.Fragment;
import io.cromford.training.report.Table;
import java.util.List;

/// What is known of the weeks that are not mature, as a part of a page.
final class OpenWeeksTable {
  private OpenWeeksTable() {}

  static Fragment of(List<OpenWeek> weeks) {
    if (weeks.isEmpty()) {
      return Fragment.paragraph("Every week is mature.");
    }
    Table table =
        new Table(
            "What is known now, and what is still open",
            List.of(
                Table.Column.number("Week"),
                Table.Column.text("From, UTC"),
                Table.Column.number("Decisions"),
                Table.Column.number("Labelled"),
                Table.Column.number("Provisional"),
                Table.Column.number("Open"),
                Table.Column.number("Frauds so far"),
                Table.Column.number("Alerts"),
                Table.Column.number("Answered"),
                Table.Column.number("Right"),
                Table.Column.text("Share right, 95 %"),
                Table.Column.text("Frauds stopped")));
    weeks.forEach(week -> row(table, week));
    return Fragment.join(
        List.of(
            table.fragment(),
            Fragment.note(
                "Provisional: a verdict that the label may still overrule. The interval of the share takes the alerts that somebody answered for like the others. The share of frauds that was stopped lies between its bounds whatever the open payments turn out to be.")));
  }

  private static void row(Table table, OpenWeek week) {
    OpenWeek.Payments payments = week.payments();
    OpenWeek.Alerts alerts = week.alerts();
    table.row(
        Integer.toString(week.number()),
        Figures.day(week.fromMillis()),
        Figures.whole(payments.decisions()),
        Figures.whole(payments.definitive()),
        Figures.whole(payments.provisional()),
        Figures.whole(payments.open()),
        Figures.whole(payments.positives()),
        Figures.whole(alerts.made()),
        Figures.whole(alerts.answered()),
        Figures.whole(alerts.right()),
        between(alerts.precision().low(), alerts.precision().high()),
        between(week.recall().atLeast(), week.recall().atMost()));
  }

  private static String between(double low, double high) {
    return Double.isNaN(low) || Double.isNaN(high)
        ? "–"
        : Figures.percent(low, 0) + " to " + Figures.percent(high, 0);
  }
}
