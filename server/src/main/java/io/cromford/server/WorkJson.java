package io.cromford.server;

import io.cromford.core.CromfordException;
import io.cromford.core.ErrorCode;
import io.cromford.flywheel.work.ReasonCode;
import io.cromford.flywheel.work.WorkItem;
import io.cromford.flywheel.work.WorkStep;
import io.cromford.serving.WorkOrder;
import io.cromford.serving.WorkView;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/// The answer to `GET /v1/work`, and the bodies of what is done about alerts.
final class WorkJson {
  private WorkJson() {}

  static byte[] of(WorkView view) {
    JsonBody body = new JsonBody();
    JsonGenerator json = body.json();
    json.writeStartObject();
    DecisionsJson.time(json, "at", view.at());
    json.writeStringProperty("currency", view.currency());
    budget(json, view.budget());
    json.writeObjectPropertyStart("counts");
    for (WorkItem.Status status : WorkItem.Status.values()) {
      json.writeNumberProperty(status.text(), view.counts().getOrDefault(status, 0));
    }
    json.writeEndObject();
    json.writeArrayPropertyStart("codes");
    Arrays.stream(ReasonCode.values()).map(ReasonCode::text).forEach(json::writeString);
    json.writeEndArray();
    DecisionsJson.verdict(json, view.verdict());
    json.writeArrayPropertyStart("alerts");
    view.entries().forEach(entry -> write(body, entry));
    json.writeEndArray();
    json.writeEndObject();
    return body.bytes();
  }

  private static void budget(JsonGenerator json, WorkView.Budget budget) {
    json.writeObjectPropertyStart("budget");
    json.writeNumberProperty("alerts_per_day", budget.alertsPerDay());
    json.writeNumberProperty("alerted_today", budget.alerted());
    json.writeNumberProperty("worked_today", budget.worked());
    json.writeNumberProperty("left_today", budget.left());
    json.writeNumberProperty("lapsed", budget.lapsed());
    json.writeEndObject();
  }

  private static void write(JsonBody body, WorkView.Entry entry) {
    body.json().writeStartObject();
    DecisionsJson.members(body, entry.line());
    body.json().writeObjectPropertyStart("work");
    members(body.json(), entry.item());
    body.json().writeEndObject();
    body.json().writeEndObject();
  }

  /// How the work on an alert stands, as members.
  static void members(JsonGenerator json, WorkItem item) {
    json.writeStringProperty("status", item.status().text());
    WorkItem.Word claimed = item.claimed();
    if (claimed != null) {
      json.writeObjectPropertyStart("claimed");
      words(json, claimed);
      json.writeEndObject();
    }
    WorkItem.Closing closed = item.closed();
    if (closed != null) {
      json.writeObjectPropertyStart("closed");
      words(json, closed.word());
      json.writeStringProperty("code", closed.code().text());
      json.writeEndObject();
    }
    words(json, "notes", item.notes());
    words(json, "seen", item.seen());
  }

  private static void words(JsonGenerator json, String name, List<WorkItem.Word> words) {
    json.writeArrayPropertyStart(name);
    for (WorkItem.Word word : words) {
      json.writeStartObject();
      words(json, word);
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private static void words(JsonGenerator json, WorkItem.Word word) {
    DecisionsJson.time(json, "at", Instant.ofEpochMilli(word.atMillis()));
    json.writeStringProperty("by", word.by());
    if (!word.text().isEmpty()) {
      json.writeStringProperty("note", word.text());
    }
  }

  /// Where those stand that are asked for: what a parameter says, or what nobody is done with.
  ///
  /// @param asked names separated by commas; empty for the usual
  /// @throws CromfordException USAGE if it is none
  static List<WorkItem.Status> statuses(String asked) {
    if (asked.isEmpty()) {
      return List.of(WorkItem.Status.OPEN, WorkItem.Status.CLAIMED);
    }
    return Arrays.stream(asked.split(",", -1)).map(WorkJson::status).toList();
  }

  private static WorkItem.Status status(String text) {
    return Arrays.stream(WorkItem.Status.values())
        .filter(status -> status.text().equals(text))
        .findFirst()
        .orElseThrow(() ->
            new CromfordException(
                ErrorCode.USAGE,
                "`%.64s` is no status of work.\nMaybe one of open, claimed, answered, closed."
                    .formatted(text)));
  }

  /// Reads what a person does: an object of texts, and `ids`, a list of texts.
  ///
  /// @throws CromfordException INPUT_UNREADABLE if it is none, USAGE if something is missing
  static WorkOrder order(WorkStep step, byte[] body) {
    Map<String, String> fields = new HashMap<>();
    List<String> ids = new ArrayList<>();
    try (JsonParser parser = BatchReader.parser(body, 0, body.length)) {
      require(parser.nextToken() == JsonToken.START_OBJECT);
      for (String name = parser.nextName(); name != null; name = parser.nextName()) {
        parser.nextToken();
        if (name.equals("ids")) {
          readIds(parser, ids);
        } else {
          require(parser.currentToken() == JsonToken.VALUE_STRING);
          fields.put(name, parser.getString());
        }
      }
    } catch (JacksonException _) {
      require(false);
    }
    String note = fields.getOrDefault("note", "");
    return new WorkOrder(step, ids, fields.getOrDefault("by", ""), code(fields.get("code")), note);
  }

  private static void readIds(JsonParser parser, List<String> ids) {
    require(parser.currentToken() == JsonToken.START_ARRAY);
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      require(parser.currentToken() == JsonToken.VALUE_STRING);
      ids.add(parser.getString());
    }
  }

  private static Optional<ReasonCode> code(@Nullable String text) {
    if (text == null || text.isEmpty()) {
      return Optional.empty();
    }
    Optional<ReasonCode> code = ReasonCode.of(text);
    if (code.isEmpty()) {
      throw new CromfordException(
          ErrorCode.USAGE,
          "`%.64s` is no reason code.\nMaybe one of %s.".formatted(text, WorkOrder.codes()));
    }
    return code;
  }

  private static void require(boolean holds) {
    if (!holds) {
      throw new CromfordException(
          ErrorCode.INPUT_UNREADABLE,
          "the body is not an object of texts with a list of `ids`.\nMaybe write it like {\"ids\": [\"123\"], \"by\": \"kim\"}.");
    }
  }
}
