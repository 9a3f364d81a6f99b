package io.cromford.server;

import io.cromford.serving.Lineage;
import tools.jackson.core.JsonGenerator;

/// Where a record came from, as a member of what is said of it.
final class LineageJson {
  private LineageJson() {}

  static void write(JsonGenerator json, Lineage lineage) {
    json.writeObjectPropertyStart("lineage");
    json.writeStringProperty("source", lineage.source());
    if (!lineage.file().isEmpty()) {
      json.writeStringProperty("file", lineage.file());
      json.writeNumberProperty("row", lineage.row());
    }
    json.writeStringProperty("arrived_at", lineage.arrivedAt().toString());
    json.writeNumberProperty("position", lineage.position());
    lineage.quarantine().ifPresent(detour -> write(json, detour));
    json.writeEndObject();
  }

  private static void write(JsonGenerator json, Lineage.Detour detour) {
    json.writeObjectPropertyStart("quarantine");
    json.writeNumberProperty("number", detour.number());
    json.writeNumberProperty("line", detour.line());
    detour
        .mended()
        .ifPresent(deed -> {
          json.writeStringProperty("mended_at", deed.at().toString());
          json.writeStringProperty("by", deed.by());
          json.writeStringProperty("reason", deed.reason());
        });
    json.writeEndObject();
  }
}
