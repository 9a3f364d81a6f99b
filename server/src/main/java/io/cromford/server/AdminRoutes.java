package io.cromford.server;

import io.cromford.core.CromfordException;
import io.cromford.core.ErrorCode;
import io.cromford.serving.FactoryControl;
import io.cromford.serving.PolicyChange;
import io.cromford.serving.PolicyControl;
import io.cromford.serving.Promotion;
import io.cromford.serving.RepairOrder;
import io.cromford.serving.ReplayOrder;
import io.cromford.serving.Wish;
import io.cromford.serving.WorkOrder;
import io.vertx.core.Context;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/// Answers what is under `/admin/`. On the event loop; the work waits on another thread.
final class AdminRoutes {
  private static final JsonFactory JSON = new JsonFactory();

  private final @Nullable Admin admin;
  private final Context context;
  private final Bodies bodies;

  /// @param admin null if nobody is let in
  AdminRoutes(@Nullable Admin admin, Context context, Bodies bodies) {
    this.admin = admin;
    this.context = context;
    this.bodies = bodies;
  }

  /// Answers a request.
  void handle(Exchange exchange) {
    HttpServerRequest request = exchange.request();
    String header = Objects.requireNonNullElse(request.getHeader(HttpHeaders.AUTHORIZATION), "");
    if (admin == null || !admin.admits(header)) {
      request.response().putHeader("WWW-Authenticate", "Bearer");
      exchange.refuseUnread(
          HttpProblem.of(
              401,
              ErrorCode.USAGE,
              "this is for the factory's owner alone.\nMaybe use the command line on its machine."));
    } else if (!request.method().name().equals("POST")) {
      request.response().putHeader(HttpHeaders.ALLOW, "POST");
      exchange.refuseUnread(
          HttpProblem.of(405, ErrorCode.USAGE, "this path takes another method.\nMaybe POST."));
    } else {
      route(exchange, admin, Objects.requireNonNullElse(request.path(), ""));
    }
  }

  private void route(Exchange exchange, Admin owner, String path) {
    Optional<AdminRoute> route = AdminRoute.at(path);
    if (route.isEmpty()) {
      exchange.refuseUnread(
          HttpProblem.of(
              ErrorCode.NOT_FOUND,
              "there is nothing here.\nMaybe look at /openapi.json for what there is."));
    } else {
      bodies.read(exchange, body -> answer(exchange, owner, route.get(), body));
    }
  }

  private void answer(Exchange exchange, Admin owner, AdminRoute route, byte[] body) {
    FactoryControl control = owner.control();
    switch (route) {
      case PROMOTE -> promote(exchange, owner, fields(body));
      case REJECT -> reject(exchange, owner, fields(body));
      case PROPOSE -> propose(exchange, owner, fields(body));
      case ROLL_BACK -> rollBack(exchange, owner, fields(body));
      case PROPOSE_POLICY -> proposePolicy(exchange, control, fields(body));
      case APPROVE_POLICY -> ofPolicy(exchange, control::approvePolicy, fields(body));
      case WITHDRAW_POLICY -> ofPolicy(exchange, control::withdrawPolicy, fields(body));
      case ROLL_BACK_POLICY ->
          ofPolicy(exchange, (_, wish) -> control.rollBackPolicy(wish), fields(body));
      case COMPLETE -> declareComplete(exchange, owner, fields(body));
      case FREEZE -> brake(exchange, control::freeze, fields(body));
      case RESUME -> brake(exchange, control::resume, fields(body));
      case PROPOSE_FEATURES -> proposeFeatures(exchange, owner, fields(body));
      case WITHDRAW_FEATURES -> tell(exchange, control::withdrawFeatures, fields(body));
      case CANCEL -> cancel(exchange, owner, fields(body));
      case ACKNOWLEDGE -> ofAlarm(exchange, control::acknowledge, body);
      case RESOLVE -> ofAlarm(exchange, control::resolve, body);
      case SILENCE -> silence(exchange, owner, fields(body));
      case CLAIM, RELEASE, CLOSE, REOPEN, NOTE, SEEN -> {
        WorkOrder order = WorkJson.order(route.step().orElseThrow(), body);
        done(exchange, () -> control.work(order));
      }
      case REPAIR -> repair(exchange, owner, body);
      case REPLAY -> replay(exchange, owner, body);
      case SQL -> ask(exchange, owner, fields(body));
    }
  }

  private void replay(Exchange exchange, Admin owner, byte[] body) {
    Map<String, String> fields = fields(body);
    ReplayOrder order =
        new ReplayOrder(
            fields.getOrDefault("source", ""),
            fields.getOrDefault("rule", ""),
            field(fields, "reason"),
            field(fields, "by"));
    answer(exchange, () -> QuarantineJson.of(owner.control().replayQuarantine(order)));
  }

  private void repair(Exchange exchange, Admin owner, byte[] body) {
    RepairOrder order = QuarantineJson.order(body);
    answer(exchange, () -> QuarantineJson.of(owner.control().repair(order)));
  }

  private void promote(Exchange exchange, Admin owner, Map<String, String> fields) {
    String version = fields.getOrDefault("version", "");
    Wish wish = wish(exchange, fields);
    answer(exchange, () -> json(owner.control().promote(version, wish)));
  }

  private void reject(Exchange exchange, Admin owner, Map<String, String> fields) {
    String version = fields.getOrDefault("version", "");
    Wish wish = wish(exchange, fields);
    answer(exchange, () -> named(owner.control().reject(version, wish)));
  }

  /// What a person wants done that others may be doing too, held to what they saw.
  private static Wish wish(Exchange exchange, Map<String, String> fields) {
    return new Wish(
        field(fields, "reason"), field(fields, "by"), LearningRoutes.seen(exchange.request()));
  }

  private void propose(Exchange exchange, Admin owner, Map<String, String> fields) {
    String version = field(fields, "version");
    String reason = field(fields, "reason");
    String by = field(fields, "by");
    answer(exchange, () -> named(owner.control().propose(version, reason, by)));
  }

  private static byte[] named(String model) {
    return named("model", model);
  }

  private static byte[] named(String what, String version) {
    JsonBody body = new JsonBody();
    body.json().writeStartObject();
    body.json().writeStringProperty(what, version);
    body.json().writeEndObject();
    return body.bytes();
  }

  private void rollBack(Exchange exchange, Admin owner, Map<String, String> fields) {
    Wish wish = wish(exchange, fields);
    answer(exchange, () -> json(owner.control().rollBack(wish)));
  }

  private void proposePolicy(Exchange exchange, PolicyControl control, Map<String, String> fields) {
    PolicyChange change = PoliciesJson.change(fields);
    Wish wish = wish(exchange, fields);
    answer(exchange, () -> named("version", control.proposePolicy(change, wish)));
  }

  /// What holds is the answer.
  ///
  /// @param deed takes the version that is meant
  private void ofPolicy(
      Exchange exchange, BiFunction<String, Wish, String> deed, Map<String, String> fields) {
    String version = fields.getOrDefault("version", "");
    Wish wish = wish(exchange, fields);
    answer(exchange, () -> named("version", deed.apply(version, wish)));
  }

  private void brake(Exchange exchange, Consumer<Wish> what, Map<String, String> fields) {
    Wish wish = wish(exchange, fields);
    done(exchange, () -> what.accept(wish));
  }

  private void declareComplete(Exchange exchange, Admin owner, Map<String, String> fields) {
    Instant until = instant(field(fields, "until"));
    String reason = field(fields, "reason");
    String by = field(fields, "by");
    done(exchange, () -> owner.control().declareComplete(until, reason, by));
  }

  /// A query, or the version whose query it is.
  private void proposeFeatures(Exchange exchange, Admin owner, Map<String, String> fields) {
    String reason = field(fields, "reason");
    String by = field(fields, "by");
    String version = fields.getOrDefault("version", "");
    String sql = version.isEmpty() ? field(fields, "sql") : "";
    answer(
        exchange,
        () ->
            JobsJson.of(
                version.isEmpty()
                    ? owner.control().proposeFeatures(sql, reason, by)
                    : owner.control().proposeFeaturesOf(version, reason, by)));
  }

  /// It may take long, and nobody waits for it who has something else to say.
  private void ask(Exchange exchange, Admin owner, Map<String, String> fields) {
    String sql = field(fields, "sql");
    boolean anew = fields.getOrDefault("anew", "").equals("true");
    if (sql.length() > Questions.MOST_CHARACTERS) {
      throw new CromfordException(
          ErrorCode.TOO_LARGE,
          "the statement has more than %,d characters.".formatted(Questions.MOST_CHARACTERS));
    }
    exchange.decides();
    context
        .executeBlocking(() -> owner.questions().ask(sql, anew), false)
        .onComplete(json -> exchange.answer(Answers.OK, json), exchange::fail);
  }

  private void cancel(Exchange exchange, Admin owner, Map<String, String> fields) {
    long job = number(field(fields, "job"));
    String reason = field(fields, "reason");
    String by = field(fields, "by");
    done(exchange, () -> owner.control().cancel(job, reason, by));
  }

  private static long number(String text) {
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException e) {
      throw new CromfordException(
          ErrorCode.INPUT_UNREADABLE,
          "the field `job` is no number.\nMaybe `cromford jobs list` has it.",
          e);
    }
  }

  private void tell(
      Exchange exchange, BiConsumer<String, String> what, Map<String, String> fields) {
    String reason = field(fields, "reason");
    String by = field(fields, "by");
    done(exchange, () -> what.accept(reason, by));
  }

  private void ofAlarm(Exchange exchange, BiConsumer<String, Wish> said, byte[] body) {
    Map<String, String> fields = fields(body);
    String key = field(fields, "key");
    Wish wish = wish(exchange, fields);
    done(exchange, () -> said.accept(key, wish));
  }

  private void silence(Exchange exchange, Admin owner, Map<String, String> fields) {
    String key = field(fields, "key");
    Duration length = length(field(fields, "for"));
    Wish wish = wish(exchange, fields);
    done(exchange, () -> owner.control().silence(key, length, wish));
  }

  private static Duration length(String text) {
    try {
      return Duration.parse(text);
    } catch (DateTimeParseException e) {
      throw new CromfordException(
          ErrorCode.INPUT_UNREADABLE,
          "the field `for` is no length of time.\nMaybe write it like PT8H.",
          e);
    }
  }

  private void done(Exchange exchange, Runnable work) {
    answer(
        exchange,
        () -> {
          work.run();
          return "{}".getBytes(StandardCharsets.UTF_8);
        });
  }

  private static Instant instant(String text) {
    try {
      return Instant.parse(text);
    } catch (DateTimeParseException e) {
      throw new CromfordException(
          ErrorCode.INPUT_UNREADABLE,
          "the field `until` is no moment.\nMaybe write it like 2018-07-01T00:00:00Z.",
          e);
    }
  }

  private void answer(Exchange exchange, Callable<byte[]> work) {
    exchange.decides();
    context
        .executeBlocking(work)
        .onComplete(json -> exchange.answer(Answers.OK, json), exchange::fail);
  }

  private static String field(Map<String, String> fields, String name) {
    String value = fields.get(name);
    if (value == null || value.isBlank()) {
      throw new CromfordException(
          ErrorCode.INPUT_UNREADABLE, "the field `%s` is missing.".formatted(name));
    }
    return value;
  }

  /// Reads an object of texts.
  private static Map<String, String> fields(byte[] body) {
    Map<String, String> fields = new HashMap<>();
    try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), body)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw noObject();
      }
      for (String name = parser.nextName(); name != null; name = parser.nextName()) {
        if (parser.nextToken() != JsonToken.VALUE_STRING) {
          throw noObject();
        }
        fields.put(name, parser.getString());
      }
    } catch (JacksonException _) {
      throw noObject();
    }
    return fields;
  }

  private static CromfordException noObject() {
    return new CromfordException(
        ErrorCode.INPUT_UNREADABLE, "the body is not a JSON object of texts.");
  }

  private static byte[] json(Promotion promotion) {
    JsonBody body = new JsonBody();
    body.json().writeStartObject();
    body.json().writeStringProperty("model", promotion.model());
    body.json().writeStringProperty("judged", promotion.judged());
    body.json().writeStringProperty("at", promotion.at().toString());
    body.json().writeStringProperty("reason", promotion.reason());
    body.json().writeStringProperty("by", promotion.by());
    body.json().writeEndObject();
    return body.bytes();
  }
}
