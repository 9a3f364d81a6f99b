package io.cromford.server;

import io.cromford.serving.MonitorsView;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/// Writes how monitors stand as JSON.
final class MonitorAnswer {
  private static final int LINE_BYTES = 160;

  private MonitorAnswer() {}

  static byte[] toJson(MonitorsView view) {
    JsonBody body = new JsonBody(LINE_BYTES * (1 + view.monitors().size()));
    JsonGenerator json = body.json();
    json.writeStartObject();
    json.writeStringProperty("day", view.day());
    json.writeArrayPropertyStart("monitors");
    view.monitors().forEach(line -> write(body, line));
    json.writeEndArray();
    json.writeArrayPropertyStart("estimates");
    view.estimates().forEach(estimate -> write(body, estimate));
    json.writeEndArray();
    json.writeEndObject();
    return body.bytes();
  }

  static void write(JsonBody body, MonitorsView.Line line) {
    JsonGenerator json = body.json();
    json.writeStartObject();
    json.writeStringProperty("key", line.key());
    json.writeStringProperty("monitor", line.monitor());
    json.writeStringProperty("subject", line.subject());
    json.writeStringProperty("state", line.state());
    body.number("value", line.value());
    MonitorsView.Usual usual = line.usual();
    if (usual != null) {
      body.number("usual", usual.value());
      body.number("low", usual.low());
      body.number("high", usual.high());
    }
    String since = line.since();
    if (since != null) {
      json.writeStringProperty("since", since);
    }
    json.writeEndObject();
  }

  private static void write(JsonBody body, MonitorsView.Estimate estimate) {
    JsonGenerator json = body.json();
    json.writeStartObject();
    json.writeNumberProperty("week", estimate.week());
    json.writeNumberProperty("calibrated_weeks", estimate.calibratedWeeks());
    write(body, "estimated", estimate.estimated());
    MonitorsView.Worth truth = estimate.truth();
    if (truth != null) {
      write(body, "truth", truth);
    }
    json.writeEndObject();
  }

  private static void write(JsonBody body, String name, MonitorsView.Worth worth) {
    body.json().writeObjectPropertyStart(name);
    number(body, "average_precision", worth.averagePrecision());
    number(body, "alert_precision", worth.alertPrecision());
    number(body, "recall", worth.recall());
    body.number("positives", worth.positives());
    body.json().writeEndObject();
  }

  private static void number(JsonBody body, String name, @Nullable Double value) {
    if (value != null) {
      body.number(name, value);
    }
  }
}
