package io.cromford.server;

import io.cromford.flywheel.OpenWeek;
import io.cromford.flywheel.WeekEstimate;
import io.cromford.flywheel.WeekFigures;
import io.cromford.flywheel.WeekFigures.Compared;
import io.cromford.flywheel.WeekSummary;
import io.cromford.serving.WeeksView;
import io.cromford.training.Interval;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/// The answer to `GET /v1/weeks`.
final class WeeksJson {
  private static final int WEEK_BYTES = 1500;

  private final JsonBody body;
  private final JsonGenerator json;

  private WeeksJson(JsonBody body) {
    this.body = body;
    this.json = body.json();
  }

  static byte[] of(WeeksView view) {
    JsonBody body = new JsonBody(WEEK_BYTES * (1 + view.closed().size()));
    new WeeksJson(body).write(view);
    return body.bytes();
  }

  private void write(WeeksView view) {
    json.writeStartObject();
    time("at", view.reading().atMillis());
    json.writeStringProperty("currency", view.reading().currency());
    json.writeNumberProperty("maturity_seconds", view.reading().maturity().toSeconds());
    json.writeNumberProperty("pending", view.pending());
    json.writeNumberProperty("earlier", view.earlier());
    WeeksView.Worth worth = view.worth();
    if (worth != null) {
      json.writeObjectPropertyStart("worth");
      json.writeNumberProperty("weeks", worth.weeks());
      compared("average_precision", worth.averagePrecision());
      json.writeEndObject();
    }
    json.writeArrayPropertyStart("closed");
    view.closed().forEach(this::closed);
    json.writeEndArray();
    json.writeArrayPropertyStart("open");
    view.open().forEach(this::open);
    json.writeEndArray();
    json.writeEndObject();
  }

  private void closed(WeeksView.Closed closed) {
    WeekSummary week = closed.week();
    json.writeStartObject();
    span(week.number(), week.fromMillis(), week.untilMillis());
    json.writeArrayPropertyStart("champions");
    week.champions().forEach(json::writeString);
    json.writeEndArray();
    json.writeNumberProperty("decisions", week.counts().decisions());
    json.writeNumberProperty("outcomes", week.counts().outcomes());
    json.writeNumberProperty("late_outcomes", week.counts().lateOutcomes());
    json.writeNumberProperty("positives", week.counts().positives());
    json.writeNumberProperty("alerts", week.counts().alerts());
    json.writeNumberProperty("right_alerts", week.counts().rightAlerts());
    body.number("card_precision", week.ranking().cardPrecision());
    WeekFigures figures = closed.figures();
    if (figures == null) {
      alone(week);
    } else {
      json.writeNumberProperty("frozen_alerts", figures.frozenAlerts());
      compared("average_precision", figures.averagePrecision());
      compared("precision", figures.precision());
      compared("recall", figures.recall());
      compared("saved", figures.saved());
    }
    explored(week.explored());
    estimate(closed.estimate());
    json.writeEndObject();
  }

  /// What is known without the week's rows.
  private void alone(WeekSummary week) {
    WeekSummary.Ranking ranking = week.ranking();
    values("average_precision", ranking.averagePrecision(), ranking.frozen());
    values("precision", week.counts().precision(), Double.NaN);
    values("recall", ranking.recall(), Double.NaN);
    values("saved", week.saved().serving(), week.saved().frozen());
  }

  private void values(String name, double learning, double frozen) {
    json.writeObjectPropertyStart(name);
    ranged("learning", learning, null);
    ranged("frozen", frozen, null);
    ranged("difference", learning - frozen, null);
    json.writeEndObject();
  }

  private void compared(String name, Compared compared) {
    json.writeObjectPropertyStart(name);
    ranged("learning", compared.learning().value(), compared.learning().interval());
    ranged("frozen", compared.frozen().value(), compared.frozen().interval());
    ranged("difference", compared.difference().value(), compared.difference().interval());
    json.writeEndObject();
  }

  private void ranged(String name, double value, @Nullable Interval interval) {
    json.writeObjectPropertyStart(name);
    body.number("value", value);
    if (interval != null && Double.isFinite(interval.low())) {
      body.number("low", interval.low());
      body.number("high", interval.high());
    }
    json.writeEndObject();
  }

  private void explored(WeekSummary.Explored explored) {
    if (explored.count() > 0) {
      json.writeObjectPropertyStart("explored");
      json.writeNumberProperty("count", explored.count());
      json.writeNumberProperty("positives", explored.positives());
      body.number("cost", explored.cost());
      json.writeEndObject();
    }
  }

  private void estimate(@Nullable WeekEstimate estimate) {
    if (estimate != null) {
      json.writeObjectPropertyStart("estimate");
      json.writeNumberProperty("calibrated_weeks", estimate.weeks());
      body.number("average_precision", estimate.averagePrecision());
      body.number("precision", estimate.alertPrecision());
      body.number("recall", estimate.recall());
      body.number("positives", estimate.positives());
      json.writeEndObject();
    }
  }

  private void open(WeeksView.Open open) {
    OpenWeek week = open.week();
    OpenWeek.Payments payments = week.payments();
    json.writeStartObject();
    span(week.number(), week.fromMillis(), week.untilMillis());
    time("matures_at", open.maturesMillis());
    json.writeNumberProperty("decisions", payments.decisions());
    json.writeNumberProperty("definitive", payments.definitive());
    json.writeNumberProperty("provisional", payments.provisional());
    json.writeNumberProperty("silent", payments.silent());
    json.writeNumberProperty("open", payments.open());
    json.writeNumberProperty("positives", payments.positives());
    json.writeNumberProperty("alerts", week.alerts().made());
    json.writeNumberProperty("answered_alerts", week.alerts().answered());
    json.writeNumberProperty("right_alerts", week.alerts().right());
    ranged("precision", week.alerts().share(), week.alerts().precision());
    json.writeNumberProperty("stopped", week.recall().stopped());
    json.writeObjectPropertyStart("recall");
    body.number("at_least", week.recall().atLeast());
    body.number("at_most", week.recall().atMost());
    json.writeEndObject();
    json.writeObjectPropertyStart("saved");
    body.number("at_least", week.saved().atLeast());
    body.number("at_most", week.saved().atMost());
    json.writeEndObject();
    estimate(open.estimate());
    json.writeEndObject();
  }

  private void span(int number, long fromMillis, long untilMillis) {
    json.writeNumberProperty("week", number);
    time("from", fromMillis);
    time("until", untilMillis);
  }

  private void time(String name, long millis) {
    json.writeStringProperty(name, Instant.ofEpochMilli(millis).toString());
  }
}
