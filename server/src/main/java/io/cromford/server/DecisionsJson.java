package io.cromford.server;

import io.cromford.flywheel.Truth;
import io.cromford.serving.Decision;
import io.cromford.serving.DecisionHistory;
import io.cromford.serving.DecisionLine;
import io.cromford.serving.DecisionPage;
import io.cromford.serving.DecisionView;
import io.cromford.serving.SearchJob;
import io.cromford.serving.VerdictForm;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import tools.jackson.core.JsonGenerator;

/// The answers about many decisions, and what stands around one.
final class DecisionsJson {
  private static final int LINE_BYTES = 512;

  private DecisionsJson() {}

  /// The answer to `POST /v1/decisions/search`.
  static byte[] of(DecisionPage page) {
    JsonBody body = new JsonBody(64 + LINE_BYTES * page.lines().size());
    JsonGenerator json = body.json();
    json.writeStartObject();
    members(body, page);
    json.writeEndObject();
    return body.bytes();
  }

  private static void members(JsonBody body, DecisionPage page) {
    JsonGenerator json = body.json();
    json.writeArrayPropertyStart("decisions");
    page.lines().forEach(line -> write(body, line));
    json.writeEndArray();
    page.next().ifPresent(next -> json.writeNumberProperty("next", next));
    page.searchedTo().ifPresent(to -> time(json, "searched_to", to));
  }

  /// The answers to `POST /v1/decisions/searches` and `GET /v1/decisions/searches/{id}`.
  static byte[] of(SearchJob search) {
    int lines = search.page().map(page -> page.lines().size()).orElse(0);
    JsonBody body = new JsonBody(256 + LINE_BYTES * lines);
    JsonGenerator json = body.json();
    json.writeStartObject();
    json.writeStringProperty("id", search.id());
    json.writeNumberProperty("job", search.job());
    json.writeStringProperty("state", search.state().name().toLowerCase(Locale.ROOT));
    json.writeNumberProperty("rows_done", search.rowsDone());
    json.writeNumberProperty("rows", search.rows());
    search.expiresAt().ifPresent(at -> time(json, "expires_at", at));
    search.page().ifPresent(page -> members(body, page));
    json.writeEndObject();
    return body.bytes();
  }

  /// The answer to `GET /v1/decisions/{id}/history`.
  static byte[] of(DecisionHistory history) {
    JsonBody body = new JsonBody(64 + LINE_BYTES * history.lines().size());
    JsonGenerator json = body.json();
    json.writeStartObject();
    json.writeStringProperty("id", history.id());
    json.writeArrayPropertyStart("decisions");
    history.lines().forEach(line -> write(body, line));
    json.writeEndArray();
    json.writeArrayPropertyStart("usual");
    history.usual().forEach(usual -> write(body, usual));
    json.writeEndArray();
    json.writeBooleanProperty("whole", history.isWhole());
    json.writeEndObject();
    return body.bytes();
  }

  private static void write(JsonBody body, DecisionHistory.Usual usual) {
    JsonGenerator json = body.json();
    json.writeStartObject();
    json.writeStringProperty("feature", usual.feature());
    body.number("value", usual.value());
    body.number("contribution", usual.contribution());
    json.writeNumberProperty("count", usual.count());
    body.number("low", usual.low());
    body.number("median", usual.median());
    body.number("high", usual.high());
    json.writeEndObject();
  }

  private static void write(JsonBody body, DecisionLine line) {
    body.json().writeStartObject();
    members(body, line);
    body.json().writeEndObject();
  }

  /// The members of a line.
  static void members(JsonBody body, DecisionLine line) {
    JsonGenerator json = body.json();
    json.writeStringProperty("id", line.id());
    time(json, "at", line.at());
    line.decision().ifPresent(decision -> write(body, decision));
    stake(body, line.stake());
    Answers.writeFields(json, "event", line.event());
    truth(json, line.truth());
  }

  private static void write(JsonBody body, Decision decision) {
    body.json().writeStringProperty("action", decision.action().text());
    body.number("score", decision.score());
    body.number("threshold", decision.threshold());
    body.json().writeStringProperty("model", decision.model());
  }

  private static void stake(JsonBody body, DecisionLine.Stake stake) {
    body.json().writeStringProperty("entity", stake.entity());
    body.number("amount", stake.amount());
    body.number("at_risk", stake.atRisk());
  }

  private static void truth(JsonGenerator json, Truth truth) {
    if (truth.isKnown()) {
      json.writeObjectPropertyStart("outcome");
      json.writeBooleanProperty("positive", truth.isPositive());
      json.writeBooleanProperty("definitive", truth.isDefinitive());
      json.writeEndObject();
    }
  }

  /// What stands around a decision, as members of it.
  static void members(JsonBody body, DecisionView.Standing standing) {
    JsonGenerator json = body.json();
    json.writeStringProperty("policy_version", standing.policies());
    stake(body, standing.stake());
    json.writeStringProperty("currency", standing.money().currency());
    standing.money().column().ifPresent(of -> json.writeStringProperty("amount_column", of));
    json.writeArrayPropertyStart("said");
    standing.said().forEach(said -> write(json, said));
    json.writeEndArray();
    standing
        .work()
        .ifPresent(item -> {
          json.writeObjectPropertyStart("work");
          WorkJson.members(json, item);
          json.writeEndObject();
        });
    verdict(json, standing.verdict());
  }

  private static void write(JsonGenerator json, DecisionView.Said said) {
    json.writeStartObject();
    json.writeStringProperty("source", said.source());
    json.writeStringProperty("kind", said.kind());
    said.positive().ifPresent(positive -> json.writeBooleanProperty("positive", positive));
    time(json, "at", said.at());
    json.writeBooleanProperty("in_force", said.inForce());
    Answers.writeFields(json, "columns", said.columns());
    LineageJson.write(json, said.lineage());
    json.writeEndObject();
  }

  /// How a verdict is told, if a source takes one.
  static void verdict(JsonGenerator json, Optional<VerdictForm> form) {
    form.ifPresent(verdict -> {
      json.writeObjectPropertyStart("verdict");
      json.writeStringProperty("source", verdict.source());
      json.writeStringProperty("id", verdict.id());
      json.writeStringProperty("column", verdict.verdict());
      verdict.by().ifPresent(by -> json.writeStringProperty("by", by));
      json.writeEndObject();
    });
  }

  static void time(JsonGenerator json, String name, Instant at) {
    json.writeStringProperty(name, at.toString());
  }
}
