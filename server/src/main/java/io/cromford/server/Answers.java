package io.cromford.server;

import io.cromford.core.ErrorCode;
import io.cromford.serving.Decision;
import io.cromford.serving.DecisionView;
import io.cromford.serving.Result;
import java.util.List;
import tools.jackson.core.JsonGenerator;

/// Writes the factory's results as JSON.
final class Answers {
  /// Every item of a batch fared well.
  static final int OK = 200;

  /// It was begun, and is not done yet.
  static final int ACCEPTED = 202;

  /// Some did not: look at each item's status.
  static final int MULTI_STATUS = 207;

  /// The bytes of an item of usual size.
  private static final int ITEM_BYTES = 256;

  private Answers() {}

  /// The HTTP status of one result.
  static int status(Result result) {
    return switch (result) {
      case Result.Decided _, Result.Accepted _, Result.AlreadyKnown _ -> OK;
      case Result.Refused refused -> refused.code().httpStatus();
      case Result.Failed failed -> failed.code().httpStatus();
    };
  }

  /// The HTTP status of a batch: 503 if nothing was taken in because the factory could not.
  static int status(List<Result> results) {
    if (!results.isEmpty() && results.stream().allMatch(Answers::isUnavailable)) {
      return ErrorCode.UNAVAILABLE.httpStatus();
    }
    return results.stream().allMatch(result -> status(result) == OK) ? OK : MULTI_STATUS;
  }

  private static boolean isUnavailable(Result result) {
    return result instanceof Result.Failed && status(result) == ErrorCode.UNAVAILABLE.httpStatus();
  }

  /// One result that is no refusal.
  static byte[] toJson(Result result) {
    JsonBody body = new JsonBody();
    write(body, result);
    return body.bytes();
  }

  /// One object per result, in order, under `items`.
  static byte[] toJson(List<Result> results) {
    JsonBody body = new JsonBody(64 + ITEM_BYTES * results.size());
    JsonGenerator json = body.json();
    json.writeStartObject();
    json.writeArrayPropertyStart("items");
    for (Result result : results) {
      write(body, result);
    }
    json.writeEndArray();
    json.writeEndObject();
    return body.bytes();
  }

  private static void write(JsonBody body, Result result) {
    JsonGenerator json = body.json();
    json.writeStartObject();
    json.writeNumberProperty("status", status(result));
    switch (result) {
      case Result.Decided(Decision decision) -> {
        json.writeStringProperty("result", "decided");
        writeDecision(body, decision);
      }
      case Result.Accepted(String id) -> {
        json.writeStringProperty("result", "accepted");
        json.writeStringProperty("id", id);
      }
      case Result.AlreadyKnown known -> {
        json.writeStringProperty("result", "known");
        if (known.decision().isEmpty()) {
          json.writeStringProperty("id", known.id());
        } else {
          writeDecision(body, known.decision().getFirst());
        }
      }
      case Result.Refused refused -> {
        json.writeStringProperty("result", "refused");
        json.writeStringProperty("code", refused.code().name());
        json.writeStringProperty("rule", refused.rule());
        json.writeStringProperty("column", refused.column());
        json.writeStringProperty("detail", refused.message());
      }
      case Result.Failed failed -> {
        json.writeStringProperty("result", "failed");
        json.writeStringProperty("code", failed.code().name());
        json.writeStringProperty("detail", failed.message());
      }
    }
    json.writeEndObject();
  }

  private static void writeDecision(JsonBody body, Decision decision) {
    JsonGenerator json = body.json();
    json.writeStringProperty("id", decision.id());
    json.writeStringProperty("action", decision.action().text());
    body.number("score", decision.score());
    body.number("threshold", decision.threshold());
    json.writeStringProperty("model", decision.model());
    json.writeArrayPropertyStart("reasons");
    for (Decision.Reason reason : decision.reasons()) {
      json.writeStartObject();
      json.writeStringProperty("feature", reason.feature());
      body.number("contribution", reason.contribution());
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeNumberProperty("position", decision.position());
  }

  /// A rebuilt decision.
  static byte[] toJson(DecisionView view) {
    JsonBody body = new JsonBody(4 * ITEM_BYTES);
    JsonGenerator json = body.json();
    json.writeStartObject();
    writeDecision(body, view.decision());
    json.writeStringProperty("arrived_at", view.arrivedAt());
    json.writeStringProperty("feature_view", view.featureView());
    writeFields(json, "event", view.event());
    writeFields(json, "features", view.features());
    writeFields(json, "outcomes", view.outcomes());
    DecisionsJson.members(body, view.standing());
    LineageJson.write(json, view.lineage());
    json.writeEndObject();
    return body.bytes();
  }

  /// Named values.
  static void writeFields(JsonGenerator json, String name, List<DecisionView.Field> fields) {
    json.writeArrayPropertyStart(name);
    for (DecisionView.Field field : fields) {
      json.writeStartObject();
      json.writeStringProperty("name", field.name());
      json.writeName("value");
      json.writeRawValue(field.json());
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  /// How the endpoint is.
  static byte[] health(String status, String message) {
    JsonBody body = new JsonBody();
    body.json().writeStartObject();
    body.json().writeStringProperty("status", status);
    body.json().writeStringProperty("message", message);
    body.json().writeEndObject();
    return body.bytes();
  }

  /// A problem for one result that is a refusal.
  static HttpProblem problem(Result result) {
    return switch (result) {
      case Result.Refused(var code, var rule, var column, var message) ->
          new HttpProblem(code.httpStatus(), code, message, rule, column);
      case Result.Failed(var code, var message) -> HttpProblem.of(code, message);
      case Result.Decided _, Result.Accepted _, Result.AlreadyKnown _ ->
          throw new IllegalArgumentException("no refusal");
    };
  }
}
