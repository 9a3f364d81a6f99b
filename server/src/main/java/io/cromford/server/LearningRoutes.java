package io.cromford.server;

import io.cromford.core.CromfordException;
import io.cromford.core.ErrorCode;
import io.cromford.serving.DecisionService;
import io.vertx.core.Context;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Answers what is asked about the learning: the weeks, the models, what was missed. None of it is
/// cheap, so it is worked out beside the event loop, and nobody waits for another's answer.
final class LearningRoutes {
  private static final Pattern TAG = Pattern.compile("\"([0-9]{1,9})\"");
  private static final int MOST_WEEK_DIGITS = 5;

  private final DecisionService service;
  private final Context context;

  LearningRoutes(DecisionService service, Context context) {
    this.service = service;
    this.context = context;
  }

  /// Answers one of its routes.
  void answer(Exchange exchange, Route route, String path) {
    switch (route) {
      case STORY -> answer(exchange, () -> StoryJson.of(service.stories()));
      case WEEKS -> answer(exchange, () -> WeeksJson.of(service.weeks()));
      case WHAT_IF -> answer(exchange, () -> MissedJson.of(service.whatIf()));
      case MISSED -> {
        int week = week(exchange.request());
        answer(exchange, () -> MissedJson.of(service.missed(week)));
      }
      case MODELS -> tagged(exchange, service::models, view -> view.revision(), ModelsJson::of);
      case POLICIES ->
          tagged(exchange, service::policies, view -> view.revision(), PoliciesJson::of);
      case MODEL -> {
        String version = Route.decode(Route.MODEL.id(path));
        answer(exchange, () -> ModelJson.of(service.model(version)));
      }
      default -> throw new IllegalArgumentException("not about learning: " + route);
    }
  }

  private void answer(Exchange exchange, Callable<byte[]> work) {
    exchange.decides();
    context
        .executeBlocking(work, false)
        .onComplete(
            json -> exchange.guard(() -> exchange.answer(Answers.OK, json)), exchange::fail);
  }

  /// Answers with the tag that what is done about it is held to.
  private <T> void tagged(
      Exchange exchange, Callable<T> work, Function<T, String> tag, Function<T, byte[]> json) {
    exchange.decides();
    context
        .executeBlocking(work, false)
        .onComplete(
            view ->
                exchange.guard(() -> {
                  exchange
                      .request()
                      .response()
                      .putHeader(HttpHeaders.ETAG, '"' + tag.apply(view) + '"')
                      .putHeader(HttpHeaders.CACHE_CONTROL, "no-cache");
                  exchange.answer(Answers.OK, json.apply(view));
                }),
            exchange::fail);
  }

  /// What a request is held to: the tag of `GET /v1/models`, `/v1/policies` or `/v1/alarms`, or one
  /// of the revisions of `GET /v1/factory`; empty for whatever there is.
  ///
  /// @throws CromfordException USAGE if the header is no such tag
  static String seen(HttpServerRequest request) {
    String header =
        Objects.requireNonNullElse(request.getHeader(HttpHeaders.IF_MATCH), "*").strip();
    if (header.equals("*")) {
      return "";
    }
    Matcher tag = TAG.matcher(header);
    if (tag.matches()) {
      return tag.group(1);
    }
    throw new CromfordException(
        ErrorCode.USAGE,
        "the header `If-Match` is no tag of GET /v1/models, /v1/policies or /v1/alarms.\nMaybe send back its `ETag` as it is, quotes included.");
  }

  private static int week(HttpServerRequest request) {
    String text = Objects.requireNonNullElse(request.getParam("week"), "0");
    boolean isNumber =
        !text.isEmpty()
            && text.length() <= MOST_WEEK_DIGITS
            && text.chars().allMatch(c -> c >= '0' && c <= '9');
    if (isNumber) {
      return Integer.parseInt(text);
    }
    throw new CromfordException(
        ErrorCode.USAGE,
        "the parameter `week` is no number.\nMaybe `?week=3`: weeks count from 1 at go-live.");
  }
}
