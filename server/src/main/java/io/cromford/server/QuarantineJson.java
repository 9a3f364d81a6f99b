package io.cromford.server;

import io.cromford.core.CromfordException;
import io.cromford.core.ErrorCode;
import io.cromford.serving.QuarantineView;
import io.cromford.serving.Quarantined;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/// The answer to `GET /v1/quarantine`.
final class QuarantineJson {
  private static final int USUAL_LIMIT = 50;
  private static final int MOST = 500;
  private static final int ENTRY_BYTES = 512;

  /// More of a record is not shown; `cromford quarantine show` has it whole.
  private static final int MOST_OF_A_RECORD = 4000;

  private QuarantineJson() {}

  /// How many single records are asked for.
  ///
  /// @throws CromfordException USAGE if it does not hold
  static int limit(@Nullable String text) {
    if (text == null) {
      return USUAL_LIMIT;
    }
    try {
      int limit = Integer.parseInt(text);
      if (limit >= 0 && limit <= MOST) {
        return limit;
      }
    } catch (NumberFormatException _) {
      // It is said below.
    }
    throw new CromfordException(
        ErrorCode.USAGE,
        "`limit` is no whole number from 0 to %d.\nMaybe leave it out: then it is %d."
            .formatted(MOST, USUAL_LIMIT));
  }

  static byte[] of(QuarantineView view) {
    JsonBody body = new JsonBody(ENTRY_BYTES * (1 + view.newest().size()));
    JsonGenerator json = body.json();
    json.writeStartObject();
    json.writeArrayPropertyStart("rules");
    for (QuarantineView.Rule rule : view.rules()) {
      json.writeStartObject();
      json.writeStringProperty("source", rule.source());
      json.writeStringProperty("rule", rule.rule());
      json.writeNumberProperty("records", rule.records());
      json.writeStringProperty("newest", rule.newest().toString());
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeArrayPropertyStart("newest");
    view.newest().forEach(entry -> write(json, entry));
    json.writeEndArray();
    json.writeEndObject();
    return body.bytes();
  }

  private static void write(JsonGenerator json, QuarantineView.Entry entry) {
    Quarantined record = entry.record();
    json.writeStartObject();
    json.writeNumberProperty("number", entry.position());
    json.writeStringProperty("arrived", entry.arrival().toString());
    json.writeStringProperty("source", record.source());
    json.writeStringProperty("rule", record.rule());
    json.writeStringProperty("column", record.column());
    json.writeStringProperty("message", record.message());
    json.writeStringProperty("file", record.fileName());
    json.writeNumberProperty("line", record.line());
    String whole = record.record();
    json.writeStringProperty(
        "record", whole.length() > MOST_OF_A_RECORD ? whole.substring(0, MOST_OF_A_RECORD) : whole);
    json.writeBooleanProperty("cut", whole.length() > MOST_OF_A_RECORD);
    json.writeEndObject();
  }
}
