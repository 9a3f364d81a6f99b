package io.cromford.server;

import io.cromford.flywheel.monitor.FeatureProfile;
import io.cromford.serving.FeaturesView;
import java.util.List;
import tools.jackson.core.JsonGenerator;

/// The answer to `GET /v1/features`.
final class FeaturesJson {
  private static final int FEATURE_BYTES = 1024;

  private FeaturesJson() {}

  static byte[] of(FeaturesView view) {
    JsonBody body = new JsonBody(view.sql().length() + FEATURE_BYTES * view.features().size());
    JsonGenerator json = body.json();
    json.writeStartObject();
    json.writeStringProperty("view", view.view());
    json.writeStringProperty("sql", view.sql());
    json.writeStringProperty("day", view.day());
    json.writeArrayPropertyStart("features");
    view.features().forEach(feature -> write(body, feature));
    json.writeEndArray();
    json.writeEndObject();
    return body.bytes();
  }

  private static void write(JsonBody body, FeaturesView.Feature feature) {
    FeatureProfile profile = feature.profile();
    JsonGenerator json = body.json();
    json.writeStartObject();
    json.writeStringProperty("name", profile.form().name());
    json.writeNumberProperty("window_millis", profile.form().windowMillis());
    json.writeBooleanProperty("filling", profile.filling());
    json.writeArrayPropertyStart("edges");
    profile.form().edges().forEach(json::writeNumber);
    json.writeEndArray();
    write(json, "reference", profile.referenceDays(), profile.reference());
    write(json, "recent", profile.recentDays(), profile.recent());
    json.writeArrayPropertyStart("monitors");
    feature.monitors().forEach(line -> MonitorAnswer.write(body, line));
    json.writeEndArray();
    json.writeEndObject();
  }

  /// Counts by bin: what is missing, what lies below the edges, between them, above them.
  private static void write(JsonGenerator json, String name, int days, List<Long> counts) {
    json.writeObjectPropertyStart(name);
    json.writeNumberProperty("days", days);
    json.writeArrayPropertyStart("counts");
    counts.forEach(json::writeNumber);
    json.writeEndArray();
    json.writeEndObject();
  }
}
