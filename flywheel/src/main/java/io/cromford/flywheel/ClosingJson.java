package io.cromford.flywheel;

import io.cromford.training.report.JsonReport;
import java.time.Instant;

/// A closing report as JSON.
final class ClosingJson {
  private ClosingJson() {}

  static void write(ClosingReport report, JsonReport live) {
    ClosingReport.Worth worth = report.worth();
    live.whole("weeks_counted", report.countedWeeks());
    live.objects("weeks", report.weeks(), ClosingJson::week);
    live.object("learning", learning -> averagePrecision(learning, worth.learning()));
    live.object("frozen", frozen -> averagePrecision(frozen, worth.frozen()));
    live.object(
        "difference",
        difference ->
            difference
                .number("mean", worth.difference())
                .number("low", worth.interval().low())
                .number("high", worth.interval().high()));
    live.whole("promotions", report.history().swaps());
    live.objects("served", report.history().stints(), ClosingJson::stint);
    live.texts("alarms", report.alarms());
  }

  private static void averagePrecision(JsonReport json, double mean) {
    json.object("average_precision", inner -> inner.number("mean", mean));
  }

  private static void week(JsonReport json, WeekSummary week) {
    json.whole("week", week.number());
    json.text("from", Instant.ofEpochMilli(week.fromMillis()).toString());
    json.text("until", Instant.ofEpochMilli(week.untilMillis()).toString());
    json.truth("counted", week.counted());
    json.text("champion", week.champion());
    json.texts("champions", week.champions());
    WeekSummary.Counts counts = week.counts();
    json.whole("decisions", counts.decisions()).whole("outcomes", counts.outcomes());
    json.whole("positives", counts.positives());
    json.whole("alerts", counts.alerts()).number("precision", counts.precision());
    json.number("card_precision", week.ranking().cardPrecision());
    json.number("average_precision", week.ranking().averagePrecision());
    json.number("frozen_average_precision", week.ranking().frozen());
    json.number("money_saved", week.moneySaved());
  }

  private static void stint(JsonReport json, ServiceHistory.Stint stint) {
    json.text("version", stint.version());
    json.text("from", Instant.ofEpochMilli(stint.fromMillis()).toString());
    if (stint.untilMillis() != Long.MAX_VALUE) {
      json.text("until", Instant.ofEpochMilli(stint.untilMillis()).toString());
    }
    json.texts("reasons", stint.reasons());
  }
}
