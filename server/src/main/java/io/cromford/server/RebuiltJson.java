package io.cromford.server;

import io.cromford.serving.DecisionAudit;
import tools.jackson.core.JsonGenerator;

/// The answer to `GET /v1/decisions/{id}/rebuilt`.
final class RebuiltJson {
  private static final int BYTES = 8 << 10;

  private RebuiltJson() {}

  static byte[] of(DecisionAudit.Rebuilt rebuilt) {
    JsonBody body = new JsonBody(BYTES);
    JsonGenerator json = body.json();
    json.writeStartObject();
    json.writeStringProperty("id", rebuilt.view().decision().id());
    json.writeBooleanProperty("agrees", rebuilt.agrees());
    json.writeArrayPropertyStart("comparisons");
    for (DecisionAudit.Comparison one : rebuilt.comparisons()) {
      json.writeStartObject();
      json.writeStringProperty("what", one.what());
      json.writeBooleanProperty("agrees", one.agrees());
      json.writeStringProperty("then", one.then());
      json.writeStringProperty("now", one.now());
      json.writeEndObject();
    }
    json.writeEndArray();
    Answers.writeFields(json, "features", rebuilt.view().features());
    json.writeObjectPropertyStart("served");
    json.writeStringProperty("model", rebuilt.served().model());
    json.writeStringProperty("since", rebuilt.served().at().toString());
    json.writeStringProperty("reason", rebuilt.served().reason());
    json.writeStringProperty("by", rebuilt.served().by());
    json.writeEndObject();
    json.writeEndObject();
    return body.bytes();
  }
}
