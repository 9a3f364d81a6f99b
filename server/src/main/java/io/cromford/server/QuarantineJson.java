package io.cromford.server;

import io.cromford.core.CromfordException;
import io.cromford.core.ErrorCode;
import io.cromford.serving.QuarantineView;
import io.cromford.serving.Quarantined;
import io.cromford.serving.QuarantinedRow;
import io.cromford.serving.RepairOrder;
import io.cromford.serving.Repaired;
import io.cromford.serving.Replayed;
import io.cromford.serving.Result;
import io.vertx.core.http.HttpServerRequest;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.exc.StreamConstraintsException;

/// The answers about the quarantine, and the bodies of what is done about it.
final class QuarantineJson {
  private static final int USUAL_LIMIT = 50;
  private static final int MOST = 500;
  private static final int ENTRY_BYTES = 512;

  /// More of a record is not shown in a list.
  private static final int MOST_OF_A_RECORD = 4000;

  /// More of a value is not shown; `cromford quarantine show` has it whole.
  private static final int MOST_OF_A_VALUE = 10_000;

  private QuarantineJson() {}

  /// What a request asks for.
  ///
  /// @throws CromfordException USAGE if a parameter does not hold
  static QuarantineView.Asked asked(HttpServerRequest request) {
    return new QuarantineView.Asked(
        Objects.requireNonNullElse(request.getParam("source"), ""),
        Objects.requireNonNullElse(request.getParam("rule"), ""),
        cursor(request.getParam("cursor")),
        limit(request.getParam("limit")));
  }

  private static int limit(@Nullable String text) {
    if (text == null) {
      return USUAL_LIMIT;
    }
    long limit = number(text);
    if (limit < 0 || limit > MOST) {
      throw new CromfordException(
          ErrorCode.USAGE,
          "`limit` is no whole number from 0 to %d.\nMaybe leave it out: then it is %d."
              .formatted(MOST, USUAL_LIMIT));
    }
    return (int) limit;
  }

  private static long cursor(@Nullable String text) {
    if (text == null) {
      return Long.MAX_VALUE;
    }
    long before = number(text);
    if (before < 0) {
      throw new CromfordException(
          ErrorCode.USAGE,
          "`cursor` is no place in the quarantine.\nMaybe send back the `next` of the page before, or leave it out.");
    }
    return before;
  }

  /// A whole number from 0 on; -1 for what is none.
  static long number(String text) {
    try {
      return Math.max(-1, Long.parseLong(text));
    } catch (NumberFormatException _) {
      return -1;
    }
  }

  static byte[] of(QuarantineView view) {
    JsonBody body = new JsonBody(ENTRY_BYTES * (1 + view.newest().size()));
    JsonGenerator json = body.json();
    json.writeStartObject();
    json.writeNumberProperty("records", view.records());
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
    for (QuarantineView.Entry entry : view.newest()) {
      json.writeStartObject();
      members(json, entry);
      cut(json, "record", entry.record().record(), MOST_OF_A_RECORD);
      json.writeEndObject();
    }
    json.writeEndArray();
    view.next().ifPresent(next -> json.writeNumberProperty("next", next));
    json.writeEndObject();
    return body.bytes();
  }

  private static void members(JsonGenerator json, QuarantineView.Entry entry) {
    Quarantined record = entry.record();
    json.writeNumberProperty("number", entry.position());
    json.writeStringProperty("arrived", entry.arrival().toString());
    json.writeStringProperty("source", record.source());
    json.writeStringProperty("rule", record.rule());
    json.writeStringProperty("column", record.column());
    json.writeStringProperty("message", record.message());
    json.writeStringProperty("file", record.shownFile());
    json.writeNumberProperty("line", record.line());
    json.writeNumberProperty("row", record.file() < 0 ? 0 : record.row() + 1);
    json.writeBooleanProperty("mended", record.mends() != null);
  }

  private static void cut(JsonGenerator json, String name, String whole, int most) {
    json.writeStringProperty(name, whole.length() > most ? whole.substring(0, most) : whole);
    json.writeBooleanProperty("cut", whole.length() > most);
  }

  static byte[] of(QuarantinedRow row) {
    JsonBody body = new JsonBody();
    JsonGenerator json = body.json();
    json.writeStartObject();
    members(json, row.entry());
    json.writeBooleanProperty("in_quarantine", row.trail().isHere());
    json.writeArrayPropertyStart("fields");
    row.fields().forEach(field -> write(json, field));
    json.writeEndArray();
    json.writeArrayPropertyStart("others");
    row.others()
        .forEach(other -> {
          json.writeStartObject();
          json.writeStringProperty("name", other.name());
          cut(json, "value", other.value(), MOST_OF_A_RECORD);
          json.writeEndObject();
        });
    json.writeEndArray();
    json.writeArrayPropertyStart("problems");
    row.problems()
        .forEach(problem -> {
          json.writeStartObject();
          write(json, problem);
          json.writeEndObject();
        });
    json.writeEndArray();
    row.trail().mends().ifPresent(deed -> write(json, "mends", deed));
    row.trail().left().ifPresent(left -> write(json, left));
    json.writeEndObject();
    return body.bytes();
  }

  private static void write(JsonGenerator json, QuarantinedRow.Field field) {
    json.writeStartObject();
    json.writeStringProperty("name", field.name());
    json.writeStringProperty("type", field.type());
    json.writeBooleanProperty("nullable", field.nullable());
    field
        .value()
        .ifPresentOrElse(
            value -> cut(json, "value", value, MOST_OF_A_VALUE),
            () -> {
              json.writeNullProperty("value");
              json.writeBooleanProperty("cut", false);
            });
    field.problem().ifPresent(problem -> write(json, problem));
    json.writeEndObject();
  }

  private static void write(JsonGenerator json, QuarantinedRow.Problem problem) {
    json.writeStringProperty("rule", problem.rule());
    json.writeStringProperty("message", problem.message());
  }

  private static void write(JsonGenerator json, String name, QuarantinedRow.Deed deed) {
    json.writeObjectPropertyStart(name);
    json.writeNumberProperty("number", deed.row());
    json.writeStringProperty("at", deed.at().toString());
    json.writeStringProperty("by", deed.by());
    json.writeStringProperty("reason", deed.reason());
    json.writeArrayPropertyStart("columns");
    deed.columns().forEach(json::writeString);
    json.writeEndArray();
    cut(json, "record", deed.record(), MOST_OF_A_RECORD);
    json.writeEndObject();
  }

  private static void write(JsonGenerator json, QuarantinedRow.Left left) {
    json.writeObjectPropertyStart("left");
    json.writeStringProperty("at", left.at().toString());
    json.writeStringProperty("became", left.became().text());
    json.writeNumberProperty("position", left.position());
    left.mended().ifPresent(deed -> write(json, "mended", deed));
    json.writeEndObject();
  }

  /// The answer to `POST /admin/quarantine/repair`.
  static byte[] of(Repaired repaired) {
    JsonBody body = new JsonBody();
    JsonGenerator json = body.json();
    json.writeStartObject();
    json.writeNumberProperty("number", repaired.row());
    json.writeStringProperty("became", repaired.became().text());
    json.writeNumberProperty("position", repaired.position());
    Result.Refused refused = repaired.refused();
    if (refused != null) {
      json.writeStringProperty("rule", refused.rule());
      json.writeStringProperty("column", refused.column());
      json.writeStringProperty("message", refused.message());
    }
    json.writeEndObject();
    return body.bytes();
  }

  /// The answer to `POST /admin/quarantine/replay`.
  static byte[] of(Replayed replayed) {
    JsonBody body = new JsonBody();
    JsonGenerator json = body.json();
    json.writeStartObject();
    json.writeArrayPropertyStart("sources");
    for (Replayed.Source source : replayed.sources()) {
      json.writeStartObject();
      json.writeStringProperty("source", source.source());
      json.writeNumberProperty("accepted", source.accepted());
      json.writeNumberProperty("duplicates", source.duplicates());
      json.writeNumberProperty("kept", source.kept());
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeEndObject();
    return body.bytes();
  }

  /// Reads what a person wants to be mended.
  ///
  /// @throws CromfordException INPUT_UNREADABLE if it is none, TOO_LARGE if a value is, USAGE if
  ///   something is missing
  static RepairOrder order(byte[] body) {
    Map<String, String> fields = new HashMap<>();
    Map<String, Optional<String>> values = new LinkedHashMap<>();
    try (JsonParser parser = BatchReader.parser(body, 0, body.length)) {
      require(parser.nextToken() == JsonToken.START_OBJECT);
      for (String name = parser.nextName(); name != null; name = parser.nextName()) {
        parser.nextToken();
        if (name.equals("values")) {
          readValues(parser, values);
        } else {
          fields.put(name, scalar(parser).orElse(""));
        }
      }
    } catch (StreamConstraintsException e) {
      throw new CromfordException(
          ErrorCode.TOO_LARGE, "a value is over 1,048,576 characters.\nMaybe shorten it.", e);
    } catch (JacksonException _) {
      require(false);
    }
    return new RepairOrder(
        number(fields.getOrDefault("number", "")),
        values,
        fields.getOrDefault("reason", ""),
        fields.getOrDefault("by", ""));
  }

  private static void readValues(JsonParser parser, Map<String, Optional<String>> values) {
    require(parser.currentToken() == JsonToken.START_OBJECT);
    for (String name = parser.nextName(); name != null; name = parser.nextName()) {
      parser.nextToken();
      values.put(name, scalar(parser));
    }
  }

  private static Optional<String> scalar(JsonParser parser) {
    require(parser.currentToken().isScalarValue());
    return parser.currentToken() == JsonToken.VALUE_NULL
        ? Optional.empty()
        : Optional.of(parser.getString());
  }

  private static void require(boolean holds) {
    if (!holds) {
      throw new CromfordException(
          ErrorCode.INPUT_UNREADABLE,
          "the body is no repair.\nMaybe write it like {\"number\": 40216, \"values\": {\"amount\": \"85.65\"}, \"reason\": \"…\", \"by\": \"kim\"}.");
    }
  }
}
