package io.cromford.server;

import io.cromford.core.ErrorCode;
import io.cromford.server.ServerOptions.StreamLimits;
import io.cromford.serving.DecisionService;
import io.cromford.serving.Result;
import io.cromford.serving.Submission;
import io.vertx.core.Context;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import java.time.Instant;
import java.util.List;
import tools.jackson.core.JsonGenerator;

/// Who listens to `GET /v1/stream`: server-sent events, one a second, the same for all. All on one
/// event loop.
///
/// The event is written once a second whatever is decided meanwhile, and only while somebody
/// listens. Who does not take what is sent is cut off; a browser comes back by itself. What waits
/// for one that does not read is what [Server#SEND_BUFFER_BYTES] and the connection's own queue
/// hold, some 200 kB; then events are left out, and after [Listeners#PATIENCE] of them it is cut
/// off. So is one whose machine vanished without a word, minutes later.
final class EventStreams {
  private static final int BYTES = 4 << 10;

  private final DecisionService service;
  private final Context context;
  private final StreamLimits limits;
  private final DecisionSample sample = new DecisionSample();
  private final Listeners listeners = new Listeners();
  private long timer;

  EventStreams(DecisionService service, Context context, StreamLimits limits) {
    this.service = service;
    this.context = context;
    this.limits = limits;
  }

  int count() {
    return listeners.count();
  }

  /// Takes what became of a batch; costs nothing while nobody listens.
  void decided(List<Submission> submissions, List<Result> results) {
    if (listeners.count() > 0) {
      sample.take(submissions, results, service.status().clockMillis());
    }
  }

  /// Opens a stream, unless there are too many.
  void open(Exchange exchange) {
    if (listeners.count() >= limits.most()) {
      exchange.refuse(
          HttpProblem.of(
              ErrorCode.UNAVAILABLE,
              "%d streams are open, and there are no more.\nMaybe close a page that shows the factory."
                  .formatted(limits.most())));
      return;
    }
    if (listeners.count() == 0) {
      sample.listen(true);
      timer =
          context
              .owner()
              .setPeriodic(limits.every().toMillis(), _ -> context.runOnContext(_ -> tick()));
    }
    HttpServerResponse response = exchange.stream("text/event-stream");
    Stream stream = new Stream(response);
    listeners.add(stream);
    response.closeHandler(_ -> gone(stream)).exceptionHandler(_ -> gone(stream));
    stream.send(Buffer.buffer("retry: 2000\n\n").appendBuffer(event(0, List.of())));
  }

  private void gone(Stream stream) {
    if (listeners.remove(stream) && listeners.count() == 0) {
      context.owner().cancelTimer(timer);
      sample.listen(false);
    }
  }

  /// Ends all streams.
  void close() {
    listeners.end();
  }

  private void tick() {
    if (listeners.count() > 0) {
      long made = sample.seen();
      listeners.send(event(made, sample.drain()));
    }
  }

  private Buffer event(long made, List<DecisionSample.Sampled> sampled) {
    JsonBody body = new JsonBody(BYTES);
    JsonGenerator json = body.json();
    json.writeStartObject();
    StatusJson.write(json, service.status());
    json.writeStringProperty("wall", Instant.now().toString());
    json.writeNumberProperty("alarms", service.alarms().book().open().size());
    json.writeNumberProperty("recorded", service.recorded());
    json.writeNumberProperty("made", made);
    json.writeArrayPropertyStart("sample");
    sampled.forEach(one -> write(body, one));
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

  /// A response that goes on.
  private final class Stream implements Listeners.Listener {
    private final HttpServerResponse response;

    Stream(HttpServerResponse response) {
      this.response = response;
    }

    @Override
    public boolean isBehind() {
      return response.writeQueueFull();
    }

    @Override
    public void send(Buffer event) {
      response.write(event);
    }

    @Override
    public void cut() {
      gone(this);
      response.reset();
    }

    @Override
    public void end() {
      gone(this);
      response.end();
    }
  }
}
