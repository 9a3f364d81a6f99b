package io.cromford.server;

import io.cromford.flywheel.WhatIf;
import io.cromford.serving.Decision;
import io.cromford.serving.DecisionView.Field;
import io.cromford.serving.MissedView;
import io.cromford.serving.MissedView.Case;
import io.cromford.serving.MissedView.Pull;
import io.cromford.serving.WhatIfView;
import java.time.Instant;
import java.util.List;
import tools.jackson.core.JsonGenerator;

/// The answers to `GET /v1/missed` and `GET /v1/what-if`.
final class MissedJson {
  private static final int CASE_BYTES = 1500;

  private MissedJson() {}

  static byte[] of(MissedView view) {
    int cases = view.missedMost().size() + view.disturbedMost().size();
    JsonBody body = new JsonBody(CASE_BYTES * (1 + cases));
    JsonGenerator json = body.json();
    json.writeStartObject();
    MissedView.Week week = view.week();
    if (week != null) {
      json.writeNumberProperty("week", week.number());
      time(json, "from", week.fromMillis());
      time(json, "until", week.untilMillis());
      json.writeBooleanProperty("closed", week.isClosed());
      json.writeStringProperty("currency", week.currency());
    }
    json.writeObjectPropertyStart("missed");
    json.writeNumberProperty("count", view.missed().count());
    body.number("cost", view.missed().cost());
    cases(body, view.missedMost());
    json.writeEndObject();
    json.writeObjectPropertyStart("disturbed");
    json.writeNumberProperty("alerts", view.disturbed().alerts());
    json.writeNumberProperty("entities", view.disturbed().entities());
    json.writeNumberProperty("again", view.disturbed().again());
    cases(body, view.disturbedMost());
    json.writeEndObject();
    json.writeEndObject();
    return body.bytes();
  }

  private static void cases(JsonBody body, List<Case> cases) {
    body.json().writeArrayPropertyStart("cases");
    cases.forEach(one -> write(body, one));
    body.json().writeEndArray();
  }

  private static void write(JsonBody body, Case one) {
    JsonGenerator json = body.json();
    Decision decision = one.decision();
    json.writeStartObject();
    json.writeStringProperty("id", decision.id());
    time(json, "at", one.atMillis());
    body.number("amount", one.amount());
    body.number("score", decision.score());
    body.number("threshold", decision.threshold());
    json.writeStringProperty("action", decision.action().text());
    json.writeStringProperty("model", decision.model());
    pulls(body, "towards", one.towards());
    pulls(body, "away", one.away());
    json.writeObjectPropertyStart("event");
    for (Field field : one.event()) {
      json.writeName(field.name());
      json.writeRawValue(field.json());
    }
    json.writeEndObject();
    json.writeEndObject();
  }

  private static void pulls(JsonBody body, String name, List<Pull> pulls) {
    JsonGenerator json = body.json();
    json.writeArrayPropertyStart(name);
    for (Pull pull : pulls) {
      json.writeStartObject();
      json.writeStringProperty("feature", pull.feature());
      json.writeName("value");
      json.writeRawValue(pull.value());
      body.number("contribution", pull.contribution());
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  static byte[] of(WhatIfView view) {
    JsonBody body = new JsonBody();
    JsonGenerator json = body.json();
    WhatIf whatIf = view.whatIf();
    json.writeStartObject();
    time(json, "at", view.atMillis());
    json.writeStringProperty("currency", view.currency());
    json.writeNumberProperty("alerts_per_day", view.alertsPerDay());
    json.writeArrayPropertyStart("weeks");
    whatIf.weeks().forEach(json::writeNumber);
    json.writeEndArray();
    body.number("days", whatIf.days());
    json.writeObjectPropertyStart("actual");
    point(body, whatIf.actual());
    json.writeEndObject();
    json.writeArrayPropertyStart("points");
    for (WhatIf.Point point : whatIf.points()) {
      json.writeStartObject();
      point(body, point);
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeEndObject();
    return body.bytes();
  }

  private static void point(JsonBody body, WhatIf.Point point) {
    JsonGenerator json = body.json();
    json.writeNumberProperty("alerts_per_day", point.alertsPerDay());
    json.writeNumberProperty("alerts", point.alerts());
    json.writeNumberProperty("right_alerts", point.rightAlerts());
    json.writeNumberProperty("stopped", point.stopped());
    json.writeNumberProperty("positives", point.positives());
    body.number("saved", point.saved());
  }

  private static void time(JsonGenerator json, String name, long millis) {
    json.writeStringProperty(name, Instant.ofEpochMilli(millis).toString());
  }
}
