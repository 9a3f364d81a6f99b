package io.cromford.server;

import io.cromford.serving.DecisionService;
import io.cromford.serving.DecisionService.Status;
import io.cromford.serving.Result;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;

/// What is counted. Names start with `cromford_`; labels never hold what a client wrote.
final class Metrics {
  private static final Duration[] BUCKETS = {
    Duration.ofMillis(1),
    Duration.ofMillis(5),
    Duration.ofMillis(10),
    Duration.ofMillis(50),
    Duration.ofMillis(100),
    Duration.ofMillis(500),
    Duration.ofSeconds(1),
    Duration.ofSeconds(10)
  };

  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);

  private final Map<Route, Timer> timers = new EnumMap<>(Route.class);
  private final Map<String, Counter> answers = new HashMap<>();
  private final Map<Class<?>, Counter> results = new HashMap<>();

  Metrics(DecisionService service) {
    new JvmMemoryMetrics().bindTo(registry);
    new JvmThreadMetrics().bindTo(registry);
    new ProcessorMetrics().bindTo(registry);
    new UptimeMetrics().bindTo(registry);
    for (Route route : Route.values()) {
      timer(route);
    }
    bindFactory(service);
  }

  private Timer timer(Route route) {
    return timers.computeIfAbsent(
        route,
        _ ->
            Timer.builder("cromford.http.request")
                .description("From a request's head to the end of its answer")
                .tag("method", route.method())
                .tag("route", route.path())
                .serviceLevelObjectives(BUCKETS)
                .register(registry));
  }

  private Counter records(Class<?> result) {
    return results.computeIfAbsent(
        result,
        _ ->
            Counter.builder("cromford.http.records")
                .description("Records answered, by what became of them")
                .tag("result", result.getSimpleName().toLowerCase(Locale.ROOT))
                .register(registry));
  }

  private void bindFactory(DecisionService service) {
    counter(service, "observations", "Observations in the ledger", Status::observations);
    counter(service, "outcomes", "Outcomes in the ledger", Status::outcomes);
    counter(service, "decisions", "Decisions in the ledger", Status::decisions);
    counter(service, "alerts", "Alerts among the decisions", Status::alerts);
    counter(service, "quarantined", "Records in quarantine", Status::quarantined);
    counter(service, "duplicates", "Duplicate records", Status::duplicates);
    gauge("cromford.ledger.bytes", "The ledger's length", () -> service.status().ledgerBytes());
    gauge("cromford.batches.queued", "Batches that wait", () -> service.status().queued());
    gauge("cromford.ready", "1 if decisions are answered", () -> service.status().ready() ? 1 : 0);
    gauge(
        "cromford.clock.seconds",
        "The factory's clock, since 1970",
        () -> service.status().clockMillis() / 1000.0);
    bindQuality(service);
  }

  private void bindQuality(DecisionService service) {
    gauge(
        "cromford.week", "The last week whose outcomes are mature", () -> service.quality().week());
    gauge(
        "cromford.week.average.precision",
        "Of the scores that served, in that week",
        () -> service.quality().averagePrecision());
    gauge(
        "cromford.week.frozen.average.precision",
        "Of the first model, which scores in shadow, in that week",
        () -> service.quality().frozenAveragePrecision());
    gauge(
        "cromford.week.alert.precision",
        "The share of alerts that were right, in that week",
        () -> service.quality().alertPrecision());
    gauge(
        "cromford.alarms",
        "What a person should have looked at, so far",
        () -> service.quality().alarms());
    gauge(
        "cromford.alarms.open",
        "Alarms that have not ended",
        () -> service.alarms().book().open().size());
    gauge("cromford.monitors.firing", "Monitors that are in alarm", () -> service.monitorAlarms());
  }

  private void counter(
      DecisionService service, String name, String description, ToDoubleFunction<Status> value) {
    FunctionCounter.builder(
            "cromford." + name, service, factory -> value.applyAsDouble(factory.status()))
        .description(description)
        .register(registry);
  }

  /// Shows a number as it is at the moment of a scrape.
  void gauge(String name, String description, Supplier<Number> value) {
    Gauge.builder(name, value).description(description).register(registry);
  }

  /// Counts an answer.
  void answered(Route route, int status, long nanos) {
    timer(route).record(Duration.ofNanos(nanos));
    answered(route.path(), status);
  }

  /// Counts an answer to what is no route.
  void answered(String route, int status) {
    answers
        .computeIfAbsent(
            route + ' ' + status,
            _ ->
                Counter.builder("cromford.http.answers")
                    .description("Answers, by status")
                    .tag("route", route)
                    .tag("status", Integer.toString(status))
                    .register(registry))
        .increment();
  }

  void counted(Result result) {
    records(result.getClass()).increment();
  }

  PrometheusMeterRegistry registry() {
    return registry;
  }
}
