package io.cromford.server;

import io.cromford.core.ErrorCode;
import io.cromford.serving.DecisionService;
import io.cromford.serving.Result;
import io.cromford.serving.Submission;
import io.vertx.core.Context;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JsonGenerator;

/// Who listens to `GET /v1/stream`: server-sent events, one a second, the same for all. All on one
/// event loop.
///
/// The event is written once a second whatever is decided meanwhile, and only while somebody
/// listens. Who does not take what is sent for [#PATIENCE] seconds is cut off; a browser comes back
/// by itself.
final class EventStreams {
  /// The most that listen at once.
  static final int MOST = 16;

  /// Events that may be missed before a listener is cut off.
  static final int PATIENCE = 5;

  private static final long EVERY_MILLIS = 1_000;
  private static final int BYTES = 4 << 10;

  private final DecisionService service;
  private final Context context;
  private final DecisionSample sample = new DecisionSample();
  private final Map<HttpServerResponse, Integer> missed = new LinkedHashMap<>();
  private long timer;

  EventStreams(DecisionService service, Context context) {
    this.service = service;
    this.context = context;
  }

  int count() {
    return missed.size();
  }

  /// Takes what became of a batch; costs nothing while nobody listens.
  void decided(List<Submission> submissions, List<Result> results) {
    if (!missed.isEmpty()) {
      sample.take(submissions, results, service.status().clockMillis());
    }
  }

  /// Opens a stream, unless there are too many.
  void open(Exchange exchange) {
    if (missed.size() >= MOST) {
      exchange.refuse(
          HttpProblem.of(
              ErrorCode.UNAVAILABLE,
              "%d streams are open, and there are no more.\nMaybe close a page that shows the factory."
                  .formatted(MOST)));
      return;
    }
    HttpServerResponse response = exchange.stream("text/event-stream");
    if (missed.isEmpty()) {
      sample.listen(true);
      timer = context.owner().setPeriodic(EVERY_MILLIS, _ -> context.runOnContext(_ -> tick()));
    }
    missed.put(response, 0);
    response.closeHandler(_ -> gone(response)).exceptionHandler(_ -> gone(response));
    response.write(Buffer.buffer("retry: 2000\n\n").appendBuffer(event()));
  }

  private void gone(HttpServerResponse response) {
    if (missed.remove(response) != null && missed.isEmpty()) {
      context.owner().cancelTimer(timer);
      sample.listen(false);
    }
  }

  /// Ends all streams.
  void close() {
    for (HttpServerResponse response : new ArrayList<>(missed.keySet())) {
      gone(response);
      response.end();
    }
  }

  private void tick() {
    if (missed.isEmpty()) {
      return;
    }
    Buffer event = event();
    for (HttpServerResponse response : new ArrayList<>(missed.keySet())) {
      if (!response.writeQueueFull()) {
        missed.put(response, 0);
        response.write(event);
      } else if (missed.merge(response, 1, Integer::sum) > PATIENCE) {
        gone(response);
        response.reset();
      }
    }
  }

  private Buffer event() {
    JsonBody body = new JsonBody(BYTES);
    JsonGenerator json = body.json();
    json.writeStartObject();
    StatusJson.write(json, service.status());
    json.writeNumberProperty("alarms", service.alarms().book().open().size());
    json.writeNumberProperty("made", sample.seen());
    json.writeArrayPropertyStart("sample");
    sample.drain().forEach(sampled -> write(body, sampled));
    json.writeEndArray();
    json.writeEndObject();
    return Buffer.buffer("event: tick\ndata: ").appendBytes(body.bytes()).appendString("\n\n");
  }

  private static void write(JsonBody body, DecisionSample.Sampled sampled) {
    JsonGenerator json = body.json();
    json.writeStartObject();
    json.writeStringProperty("id", sampled.decision().id());
    json.writeStringProperty("at", Instant.ofEpochMilli(sampled.atMillis()).toString());
    json.writeStringProperty("action", sampled.decision().action().text());
    body.number("score", sampled.decision().score());
    body.number("threshold", sampled.decision().threshold());
    json.writeStringProperty("model", sampled.decision().model());
    json.writeEndObject();
  }
}
