package io.cromford.server;

import io.cromford.core.CromfordException;
import io.cromford.core.ErrorCode;
import io.cromford.server.Connections.Phase;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// One request and its one answer.
final class Exchange {
  /// The media type of answers that are no problem.
  static final String JSON = "application/json";

  private static final Logger LOG = System.getLogger(Exchange.class.getName());
  private static final String RETRY_AFTER_SECONDS = "1";

  private final HttpServerRequest request;
  private final Connections connections;
  private final Metrics metrics;
  private final long startNanos = System.nanoTime();
  private @Nullable Route route;
  private boolean answered;
  private boolean unread;

  Exchange(HttpServerRequest request, Connections connections, Metrics metrics) {
    this.request = request;
    this.connections = connections;
    this.metrics = metrics;
  }

  HttpServerRequest request() {
    return request;
  }

  void routed(Route route) {
    this.route = route;
  }

  boolean isAnswered() {
    return answered;
  }

  /// Runs a step of answering; what it throws becomes the answer.
  void guard(Runnable step) {
    try {
      step.run();
    } catch (RuntimeException e) {
      fail(e);
    }
  }

  /// The connection enters a phase in which a client's slowness is answered 408.
  void reads() {
    connections.enters(
        request.connection(),
        Phase.READING,
        System.nanoTime(),
        _ ->
            refuseUnread(
                HttpProblem.of(
                    408,
                    ErrorCode.USAGE,
                    "the body did not arrive in time.\nMaybe send it in smaller parts.")));
  }

  /// The connection waits for the factory.
  void decides() {
    connections.enters(request.connection(), Phase.DECIDING, System.nanoTime());
  }

  /// Answers with JSON.
  void answer(int status, byte[] json) {
    answer(status, JSON, json);
  }

  /// Answers with a problem.
  void refuse(HttpProblem problem) {
    answer(problem.status(), HttpProblem.TYPE, problem.toJson());
  }

  /// Answers with a problem while the body has not been read, and closes the connection, as what
  /// follows on it would be the rest of that body.
  void refuseUnread(HttpProblem problem) {
    if (!answered) {
      unread = true;
      request.handler(_ -> {});
      request.response().putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
      refuse(problem);
    }
  }

  /// Answers what an exception says; a defect of ours is logged, without what the client wrote.
  void fail(Throwable failure) {
    if (failure instanceof CromfordException known) {
      refuse(HttpProblem.of(known));
      return;
    }
    LOG.log(
        Level.ERROR,
        () ->
            "%s %s failed: %s at %s"
                .formatted(
                    request.method(),
                    route == null ? "" : route.path(),
                    failure.getClass().getName(),
                    Arrays.stream(failure.getStackTrace()).limit(8).toList()));
    refuse(
        HttpProblem.of(
            ErrorCode.INTERNAL, "the endpoint failed.\nMaybe look into its log and report it."));
  }

  /// Begins an answer that goes on until its client leaves.
  ///
  /// @return what it is written to
  HttpServerResponse stream(String type) {
    answered = true;
    connections.enters(request.connection(), Phase.DECIDING, System.nanoTime());
    metrics.answered(route == null ? "none" : route.path(), Answers.OK);
    return request
        .response()
        .setStatusCode(Answers.OK)
        .setChunked(true)
        .putHeader(HttpHeaders.CONTENT_TYPE, type)
        .putHeader(HttpHeaders.CACHE_CONTROL, "no-store")
        .putHeader("X-Content-Type-Options", "nosniff");
  }

  /// Answers.
  void answer(int status, String type, byte[] body) {
    HttpServerResponse response = request.response();
    if (answered || response.closed()) {
      return;
    }
    answered = true;
    connections.enters(request.connection(), Phase.WRITING, System.nanoTime());
    response
        .setStatusCode(status)
        .putHeader(HttpHeaders.CONTENT_TYPE, type)
        .putHeader("X-Content-Type-Options", "nosniff");
    if (status == ErrorCode.UNAVAILABLE.httpStatus()) {
      response.putHeader(HttpHeaders.RETRY_AFTER, RETRY_AFTER_SECONDS);
    }
    response.end(Buffer.buffer(body)).onComplete(_ -> written(status));
  }

  private void written(int status) {
    long now = System.nanoTime();
    connections.enters(request.connection(), unread ? Phase.LINGERING : Phase.IDLE, now);
    if (route == null) {
      metrics.answered("none", status);
    } else {
      metrics.answered(route, status, now - startNanos);
    }
  }
}
