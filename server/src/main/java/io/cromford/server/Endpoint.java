package io.cromford.server;

import io.cromford.core.ErrorCode;
import io.cromford.serving.AlarmList;
import io.cromford.serving.DecisionService;
import io.cromford.serving.DecisionService.Status;
import io.cromford.serving.QuarantineView;
import io.cromford.serving.Result;
import io.vertx.core.Context;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.HostAndPort;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Answers requests. All of it runs on one event loop; the factory's thread calls back through it.
final class Endpoint {
  private static final Set<String> OWN_NAMES = Set.of("127.0.0.1", "localhost", "[::1]", "::1");

  private final DecisionService service;
  private final ServerOptions options;
  private final Context context;
  private final Metrics metrics;
  private final Connections connections;
  private final Sources sources;
  private final EnvelopeItems envelopes;
  private final BatchReader batches;
  private final Bodies bodies;
  private final AdminRoutes admin;
  private final EventStreams streams;
  private final DecisionRoutes decisions;
  private final LearningRoutes learning;
  private final byte[] openApi = OpenApi.document();
  private final ConsoleFiles console = ConsoleFiles.read();

  private int waiting;
  private boolean draining;

  /// @param admin null if nobody may tell the factory what to do
  Endpoint(
      DecisionService service,
      @Nullable Admin admin,
      ServerOptions options,
      Context context,
      Metrics metrics) {
    this.service = service;
    this.options = options;
    this.context = context;
    this.metrics = metrics;
    this.connections = new Connections(options.patience(), options.load().connections());
    this.sources = new Sources(service.sources());
    this.envelopes = new EnvelopeItems(sources);
    this.batches = new BatchReader(options.requests().items());
    this.bodies = new Bodies(options);
    this.streams = new EventStreams(service, context, options.streams());
    this.admin = new AdminRoutes(admin, context, bodies);
    this.decisions = new DecisionRoutes(service, context, bodies);
    this.learning = new LearningRoutes(service, context);
    metrics.gauge("cromford.http.connections", "Open connections", connections::count);
    metrics.gauge("cromford.http.streams", "Open streams of events", streams::count);
    metrics.gauge("cromford.http.waiting", "Batches not answered yet", () -> waiting);
    metrics.gauge("cromford.http.body.bytes", "Bodies being read", bodies::bytesBeingRead);
  }

  Connections connections() {
    return connections;
  }

  /// Refuses records from now on, and ends what would go on for ever.
  void drain() {
    draining = true;
    streams.close();
  }

  /// Answers a request.
  void handle(HttpServerRequest request) {
    Exchange exchange = new Exchange(request, connections, metrics);
    exchange.guard(() -> dispatch(exchange));
  }

  /// Answers what is not HTTP, or beyond the limits of its head.
  void refuseInvalid(HttpServerRequest request) {
    Throwable cause = request.decoderResult().cause();
    String name = cause == null ? "" : cause.getClass().getSimpleName();
    int bytes = options.requests().headerBytes();
    new Exchange(request, connections, metrics)
        .refuseUnread(
            switch (name) {
              case "TooLongHttpHeaderException" ->
                  HttpProblem.of(
                      431, ErrorCode.TOO_LARGE, "the headers are over %d bytes".formatted(bytes));
              case "TooLongHttpLineException" ->
                  HttpProblem.of(
                      414,
                      ErrorCode.TOO_LARGE,
                      "the request line is over %d bytes".formatted(bytes));
              default -> HttpProblem.of(400, ErrorCode.USAGE, "the request is not HTTP/1.1");
            });
  }

  private void dispatch(Exchange exchange) {
    HttpServerRequest request = exchange.request();
    String path = Objects.requireNonNullElse(request.path(), "");
    if (!isMeant(request)) {
      exchange.refuseUnread(
          HttpProblem.of(
              421,
              ErrorCode.USAGE,
              "the request is for another host.\nMaybe ask for 127.0.0.1 or localhost."));
      return;
    }
    if (path.startsWith(AdminRoute.PREFIX)) {
      admin.handle(exchange);
      return;
    }
    if (console.answer(exchange)) {
      return;
    }
    List<Route> routes = Route.ofPath(path);
    Optional<Route> route = Route.ofMethod(routes, request.method().name());
    if (route.isEmpty()) {
      refuseRoute(exchange, routes);
      return;
    }
    exchange.routed(route.get());
    switch (route.get()) {
      case DECIDE -> take(exchange, true);
      case JUDGE -> take(exchange, false);
      case RECORDS -> take(exchange, envelopes);
      case FACTORY -> answer(exchange, () -> OverviewJson.of(service.overview(), service.status()));
      case STREAM -> streams.open(exchange);
      case HISTORY -> history(exchange);
      case JOBS -> answer(exchange, () -> JobsJson.of(service.jobs(), service.nextJob()));
      case DECISION -> decisions.find(exchange, Route.DECISION.id(path));
      case SEARCH -> decisions.search(exchange);
      case SEARCH_ALL -> decisions.searchAll(exchange);
      case SEARCHED -> decisions.searched(exchange, Route.SEARCHED.id(path));
      case DECISION_HISTORY -> decisions.history(exchange, Route.DECISION_HISTORY.id(path));
      case DECISION_REBUILT -> decisions.rebuild(exchange, Route.DECISION_REBUILT.id(path));
      case WORK -> decisions.work(exchange);
      case ALARMS -> alarms(exchange);
      case MONITORS -> answer(exchange, () -> MonitorAnswer.toJson(service.monitors()));
      case STORY, WEEKS, MISSED, WHAT_IF, POLICIES, MODELS, MODEL ->
          learning.answer(exchange, route.get(), path);
      case FEATURES -> answer(exchange, () -> FeaturesJson.of(service.features()));
      case QUARANTINE -> {
        QuarantineView.Asked asked = QuarantineJson.asked(exchange.request());
        answer(exchange, () -> QuarantineJson.of(service.quarantine(asked)));
      }
      case QUARANTINED -> {
        long number = QuarantineJson.number(Route.QUARANTINED.id(path));
        answer(exchange, () -> QuarantineJson.of(service.quarantined(number)));
      }
      case LIVE -> exchange.answer(Answers.OK, Answers.health("live", "the process lives"));
      case READY -> ready(exchange);
      case METRICS -> scrape(exchange);
      case OPENAPI -> exchange.answer(Answers.OK, openApi);
    }
  }

  /// Whether the request names this machine as its host. A web page that had its own name resolve
  /// to this machine would name itself (DNS rebinding).
  private boolean isMeant(HttpServerRequest request) {
    HostAndPort authority = request.authority();
    String host = authority == null ? "" : authority.host().toLowerCase(Locale.ROOT);
    return OWN_NAMES.contains(host) || host.equals(options.host());
  }

  private static void refuseRoute(Exchange exchange, List<Route> routes) {
    if (routes.isEmpty()) {
      exchange.refuseUnread(
          HttpProblem.of(
              ErrorCode.NOT_FOUND,
              "there is nothing at this path.\nMaybe look at /openapi.json for what there is."));
      return;
    }
    String allowed = routes.stream().map(Route::method).collect(Collectors.joining(", "));
    exchange.request().response().putHeader(HttpHeaders.ALLOW, allowed);
    exchange.refuseUnread(
        HttpProblem.of(
            405, ErrorCode.USAGE, "this path takes another method.\nMaybe %s.".formatted(allowed)));
  }

  private void take(Exchange exchange, boolean observations) {
    Optional<String> asked = Optional.ofNullable(exchange.request().getParam("source"));
    take(exchange, new RecordItems(sources.ofKind(observations, asked)));
  }

  private void take(Exchange exchange, ItemReader items) {
    if (draining || waiting >= options.load().waitingBatches()) {
      exchange.refuseUnread(
          HttpProblem.of(
              ErrorCode.UNAVAILABLE,
              (draining ? "the endpoint is stopping" : waiting + " batches are waiting")
                  + ".\nMaybe try again in a second."));
      return;
    }
    boolean lines = Bodies.isLines(exchange.request());
    bodies.read(
        exchange,
        body ->
            submit(exchange, lines ? batches.readLines(body, items) : batches.read(body, items)));
  }

  private void submit(Exchange exchange, Batch batch) {
    if (batch.submissions().isEmpty()) {
      answer(exchange, batch, List.of());
      return;
    }
    waiting++;
    exchange.decides();
    try {
      service.submit(
          batch.submissions(),
          results -> context.runOnContext(_ -> decided(exchange, batch, results)));
    } catch (RuntimeException e) {
      waiting--;
      throw e;
    }
  }

  private void decided(Exchange exchange, Batch batch, List<Result> results) {
    waiting--;
    streams.decided(batch.submissions(), results);
    exchange.guard(() -> answer(exchange, batch, results));
  }

  private void answer(Exchange exchange, Batch batch, List<Result> answers) {
    List<Result> results = batch.results(answers);
    results.forEach(metrics::counted);
    @Nullable Result first = results.isEmpty() ? null : results.getFirst();
    int status = Answers.status(results);
    if (!batch.isSingle() && status <= Answers.MULTI_STATUS) {
      exchange.answer(status, Answers.toJson(results));
    } else if (first != null && Answers.status(first) == Answers.OK) {
      exchange.answer(Answers.OK, Answers.toJson(first));
    } else if (first != null) {
      exchange.refuse(Answers.problem(first));
    }
  }

  /// Answers what is made on another thread, beside what others wait for.
  private void answer(Exchange exchange, Callable<byte[]> json) {
    context
        .executeBlocking(json, false)
        .onComplete(made -> exchange.answer(Answers.OK, made), exchange::fail);
  }

  private void alarms(Exchange exchange) {
    AlarmList alarms = service.alarms();
    exchange
        .request()
        .response()
        .putHeader(HttpHeaders.ETAG, '"' + alarms.revision() + '"')
        .putHeader(HttpHeaders.CACHE_CONTROL, "no-cache");
    exchange.answer(Answers.OK, AlarmsJson.of(alarms));
  }

  private void history(Exchange exchange) {
    HttpServerRequest request = exchange.request();
    HistoryJson.Asked asked =
        HistoryJson.Asked.of(
            request.getParam("since"), request.getParam("until"), request.getParam("limit"));
    answer(
        exchange, () -> HistoryJson.of(service.history(), service.status().clockMillis(), asked));
  }

  private void ready(Exchange exchange) {
    Status status = service.status();
    if (status.ready() && !draining) {
      exchange.answer(Answers.OK, Answers.health("ready", status.message()));
    } else {
      String message = draining ? "the endpoint is stopping" : status.message();
      exchange.refuse(HttpProblem.of(ErrorCode.UNAVAILABLE, message));
    }
  }

  private void scrape(Exchange exchange) {
    exchange.answer(
        Answers.OK,
        "text/plain; version=0.0.4; charset=utf-8",
        metrics.registry().scrape().getBytes(StandardCharsets.UTF_8));
  }
}
