package io.cromford.server;

import io.cromford.serving.Brake;
import io.cromford.serving.FactoryReport;
import io.cromford.serving.ModelHistory;
import io.cromford.serving.ModelView;
import io.cromford.serving.ModelsView;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/// The answer to `GET /v1/models`.
final class ModelsJson {
  private static final int LINE_BYTES = 1000;

  private ModelsJson() {}

  static byte[] of(ModelsView view) {
    JsonBody body = new JsonBody(LINE_BYTES * (1 + view.models().size()));
    JsonGenerator json = body.json();
    json.writeStartObject();
    now(json, view.now());
    json.writeArrayPropertyStart("models");
    for (ModelsView.Line line : view.models()) {
      json.writeStartObject();
      line(body, line);
      live(body, view.live().get(line.run().model()));
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeNumberProperty("earlier", view.earlier());
    served(json, view.served());
    json.writeArrayPropertyStart("judgements");
    for (ModelsView.Judgement judgement : view.judgements()) {
      json.writeStartObject();
      judgement(body, judgement);
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeEndObject();
    return body.bytes();
  }

  private static void now(JsonGenerator json, ModelsView.Now now) {
    json.writeStringProperty("revision", now.revision());
    json.writeStringProperty("at", Instant.ofEpochMilli(now.atMillis()).toString());
    json.writeStringProperty("champion", now.champion());
    now.candidate()
        .ifPresent(candidate -> {
          json.writeObjectPropertyStart("candidate");
          json.writeStringProperty("version", candidate.model());
          json.writeStringProperty("judged", candidate.judged());
          json.writeStringProperty("stage", candidate.stage());
          json.writeStringProperty(
              "until", Instant.ofEpochMilli(candidate.untilMillis()).toString());
          json.writeStringProperty("reason", candidate.reason());
          json.writeEndObject();
        });
    now.proposed().ifPresent(proposal -> proposal(json, proposal));
    now.brake().ifPresent(brake -> brake(json, brake));
  }

  private static void proposal(JsonGenerator json, ModelHistory.Proposal proposal) {
    json.writeObjectPropertyStart("proposed");
    json.writeStringProperty("version", proposal.model());
    json.writeStringProperty("judged", proposal.judged());
    json.writeStringProperty("at", proposal.at().toString());
    json.writeStringProperty("reason", proposal.reason());
    json.writeStringProperty("by", proposal.by());
    json.writeArrayPropertyStart("outside");
    proposal.outside().forEach(json::writeString);
    json.writeEndArray();
    json.writeEndObject();
  }

  private static void brake(JsonGenerator json, Brake brake) {
    json.writeObjectPropertyStart("brake");
    json.writeStringProperty("since", brake.since().toString());
    json.writeStringProperty("reason", brake.reason());
    json.writeStringProperty("by", brake.by());
    json.writeEndObject();
  }

  /// The members of a version.
  static void line(JsonBody body, ModelsView.Line line) {
    JsonGenerator json = body.json();
    FactoryReport.Run run = line.run();
    json.writeStringProperty("version", run.model());
    json.writeArrayPropertyStart("roles");
    line.roles().forEach(json::writeString);
    json.writeEndArray();
    json.writeStringProperty("purpose", run.purpose());
    json.writeStringProperty("learner", run.learner());
    json.writeObjectPropertyStart("parameters");
    run.parameters().forEach(json::writeStringProperty);
    json.writeEndObject();
    json.writeStringProperty("from", run.from());
    json.writeStringProperty("until", run.until());
    json.writeNumberProperty("rows", run.rows());
    json.writeNumberProperty("positives", run.positives());
    json.writeNumberProperty("folds", run.folds());
    json.writeStringProperty("judged", line.judged());
    json.writeStringProperty("view", line.view());
    numbers(body, "metrics", line.metrics());
    served(json, line.served());
  }

  /// How a version scores live traffic; nothing if it does not.
  static void live(JsonBody body, ModelView.@Nullable Live live) {
    if (live != null) {
      JsonGenerator json = body.json();
      json.writeObjectPropertyStart("live");
      json.writeNumberProperty("scores", live.scores());
      known(body, "threshold", live.threshold());
      json.writeNumberProperty("alerts_today", live.alertsToday());
      body.number("score_micros", live.scoreMicros());
      json.writeEndObject();
    }
  }

  private static void numbers(JsonBody body, String name, Map<String, Double> numbers) {
    body.json().writeObjectPropertyStart(name);
    numbers.forEach(body::number);
    body.json().writeEndObject();
  }

  private static void served(JsonGenerator json, List<ModelsView.Served> served) {
    json.writeArrayPropertyStart("served");
    for (ModelsView.Served time : served) {
      json.writeStartObject();
      json.writeStringProperty("version", time.model());
      json.writeStringProperty("from", time.from());
      String until = time.until();
      if (until != null) {
        json.writeStringProperty("until", until);
      }
      json.writeStringProperty("reason", time.reason());
      json.writeStringProperty("by", time.by());
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  /// The members of a judgement.
  static void judgement(JsonBody body, ModelsView.Judgement judgement) {
    JsonGenerator json = body.json();
    FactoryReport.Judgement overall = judgement.overall();
    json.writeStringProperty("at", overall.at());
    json.writeStringProperty("challenger", overall.challenger());
    json.writeStringProperty("champion", overall.champion());
    body.number("challenger_average_precision", overall.challengerAp());
    body.number("champion_average_precision", overall.championAp());
    body.number("gain_low", overall.gainLow());
    json.writeNumberProperty("positives", overall.positives());
    json.writeBooleanProperty("passed", overall.passed());
    json.writeStringProperty("reason", overall.reason());
    json.writeArrayPropertyStart("segments");
    for (ModelsView.OnSegment on : judgement.segments()) {
      json.writeStartObject();
      json.writeStringProperty("segment", on.segment());
      json.writeNumberProperty("positives", on.positives());
      known(body, "gain", on.gain());
      known(body, "gain_low", on.gainLow());
      known(body, "detectable", on.detectable());
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private static void known(JsonBody body, String name, @Nullable Double value) {
    if (value != null) {
      body.number(name, value);
    }
  }
}
