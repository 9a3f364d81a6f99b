package io.cromford.bench.flywheel;

import io.cromford.bench.console.Chromium;
import io.cromford.bench.console.Tab;
import io.cromford.core.CromfordException;
import io.cromford.core.ErrorCode;
import io.cromford.generator.CardPayments;
import io.cromford.server.AdminAccess;
import io.cromford.training.report.JsonReport;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import tools.jackson.databind.json.JsonMapper;

/// What the console costs: its first view in a real browser, what its pages ask for while somebody
/// looks, and what open browsers take of the CPU time that decisions take.
public final class ConsoleBench {
  private static final int FIRST_BATCH = 100_000_000;
  private static final int DAYS = 65;
  private static final int BATCH = 1000;
  private static final int RATE = 1000;
  private static final double MINUTE = 60;
  private static final int LEAST_SECONDS = 20;

  /// The pages that are looked at, one a browser, in turns.
  private static final List<String> LOOKED_AT = List.of("", "decisions", "", "decisions", "");

  private static final List<String> PAGES =
      List.of("", "decisions", "work", "learning", "data", "oncall");

  private ConsoleBench() {}

  /// What is measured.
  ///
  /// @param example the example factory's folder
  /// @param scratch an empty folder
  /// @param payments what is learnt from
  /// @param seconds how long each measurement takes
  /// @param rounds how often each is done, in turns
  public record Options(
      Path example, Path scratch, CardPayments.Parameters payments, int seconds, int rounds) {}

  /// What came of it.
  ///
  /// @param first the first view
  /// @param asked requests a minute of each page while it is seen
  /// @param single decisions that are asked for one by one, a thousand a second
  /// @param batches decisions in batches of a thousand, one after the other, as in a replay
  public record Outcome(First first, Map<String, Double> asked, Cost single, Cost batches) {
    /// The result as JSON.
    public String json() {
      return JsonReport.object(json -> {
        json.number("first_view_requests", first.requests())
            .number("first_view_bytes", (double) first.bytes())
            .number("first_view_usable_ms", first.millis())
            .number("first_view_usable_worst_ms", first.worstMillis());
        asked.forEach((page, count) -> json.number("requests_a_minute_" + page, count));
        single.write(json, "single");
        batches.write(json, "batches");
      });
    }
  }

  /// The first view, with nothing in the browser's cache.
  ///
  /// @param requests up to the moment at which it shows the factory
  /// @param bytes of them, compressed
  /// @param millis from the address to the picture, the median
  /// @param worstMillis the longest
  public record First(int requests, long bytes, double millis, double worstMillis) {}

  /// CPU microseconds of the factory's process a decision, medians of all rounds.
  ///
  /// @param without nobody looks
  /// @param with five browsers look
  /// @param ratios with over without, of each round
  public record Cost(double without, double with, List<Double> ratios) {
    /// Copies the list.
    public Cost {
      ratios = List.copyOf(ratios);
    }

    /// The median of the rounds' ratios.
    public double ratio() {
      return median(ratios);
    }

    private void write(JsonReport json, String name) {
      json.number(name + "_cpu_micros_without", without)
          .number(name + "_cpu_micros_with", with)
          .number(name + "_ratio", ratio());
    }

    @Override
    public String toString() {
      return String.format(
          Locale.ROOT,
          "%.2f µs of CPU a decision without, %.2f with five browsers: %.3f times (%s)",
          without,
          with,
          ratio(),
          ratios.stream()
              .map(one -> String.format(Locale.ROOT, "%.3f", one))
              .collect(Collectors.joining(", ")));
    }
  }

  private static double median(List<Double> values) {
    double[] sorted = values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }

  /// Runs it.
  public static Outcome run(Options options, PrintStream out) {
    Path folder = options.scratch().resolve("factory").toAbsolutePath();
    RecordedFactory.prepare(
        folder,
        options.example(),
        Map.of("trials: 20", "trials: 2", "[xgboost, logistic]", "[xgboost]"),
        options.payments().withDays(DAYS));
    out.println("a factory learns from its payments and goes live");
    try (ServedChild child = ServedChild.start(folder);
        Chromium browser = Chromium.start(options.scratch().resolve("profile"))) {
      URI url = AdminAccess.find(folder.resolve("state")).orElseThrow().url();
      return new Run(child, browser, url, options, out).run();
    }
  }

  private static final class Run {
    private final ServedChild child;
    private final Chromium browser;
    private final URI url;
    private final Options options;
    private final PrintStream out;
    private final LivePayments payments;
    private final HttpLoad single;
    private final HttpLoad batches;

    Run(ServedChild child, Chromium browser, URI url, Options options, PrintStream out) {
      this.child = child;
      this.browser = browser;
      this.url = url;
      this.options = options;
      this.out = out;
      this.payments =
          new LivePayments(options.payments().population(), Instant.parse(factoryTime()));
      this.single = new HttpLoad(url, "/v1/decisions", payments::json, HttpLoad.CONNECTIONS);
      this.batches = new HttpLoad(url, "/v1/decisions", number -> batch(FIRST_BATCH + number), 1);
    }

    Outcome run() {
      First first = firstView();
      out.printf(
          Locale.ROOT,
          "first view: %d requests, %,d bytes, usable after %.0f ms (worst %.0f)%n",
          first.requests(),
          first.bytes(),
          first.millis(),
          first.worstMillis());
      Map<String, Double> asked =
          PAGES.stream()
              .collect(
                  Collectors.toMap(
                      page -> page.isEmpty() ? "line" : page,
                      this::askedAMinute,
                      (a, _) -> a,
                      java.util.LinkedHashMap::new));
      out.println("requests a minute while a page is seen and nothing happens: " + asked);
      single.closed(options.seconds());
      Cost one = cost(() -> single.open(RATE, HttpLoad.within(options.seconds())).count());
      out.printf(Locale.ROOT, "one by one, %,d a second: %s%n", RATE, one);
      batches.closed(options.seconds());
      Cost many = cost(() -> (long) BATCH * batches.closed(options.seconds()).count());
      out.println("in batches, as fast as they go: " + many);
      return new Outcome(first, asked, one, many);
    }

    private URI page(String name) {
      return url.resolve("/#/" + name);
    }

    private First firstView() {
      int requests = 0;
      long bytes = 0;
      List<Double> millis = new ArrayList<>();
      for (int i = 0; i <= options.rounds(); i++) {
        try (Tab tab = browser.open(page(""))) {
          double usable = tab.usableMillis();
          if (i > 0) {
            millis.add(usable);
          }
          List<Tab.Request> asked = tab.requests();
          requests = Math.max(requests, asked.size());
          bytes = Math.max(bytes, asked.stream().mapToLong(Tab.Request::bytes).sum());
        }
      }
      return new First(
          requests,
          bytes,
          median(millis),
          millis.stream().mapToDouble(Double::doubleValue).max().orElse(0));
    }

    /// At least twenty seconds: what is read more seldom is not seen in less.
    private double askedAMinute(String name) {
      try (Tab tab = browser.open(page(name))) {
        tab.usableMillis();
        int before = tab.requests().size();
        int seconds = Math.max(LEAST_SECONDS, options.seconds());
        pause(seconds);
        return (tab.requests().size() - before) * MINUTE / seconds;
      }
    }

    private static void pause(int seconds) {
      try {
        Thread.sleep(1000L * seconds);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new CromfordException(ErrorCode.UNAVAILABLE, "interrupted", e);
      }
    }

    /// A load that says how many decisions it brought.
    private interface Load {
      long run();
    }

    private Cost cost(Load load) {
      List<Double> without = new ArrayList<>();
      List<Double> with = new ArrayList<>();
      List<Double> ratios = new ArrayList<>();
      for (int i = 0; i < options.rounds(); i++) {
        boolean first = i % 2 == 0;
        double alone = first ? micros(load) : 0;
        double seen = seen(load);
        alone = first ? alone : micros(load);
        without.add(alone);
        with.add(seen);
        ratios.add(seen / alone);
      }
      return new Cost(median(without), median(with), ratios);
    }

    private double seen(Load load) {
      List<Tab> tabs = new ArrayList<>();
      try {
        for (String name : LOOKED_AT) {
          Tab tab = browser.open(page(name));
          tabs.add(tab);
          tab.usableMillis();
        }
        return micros(load);
      } finally {
        tabs.forEach(Tab::close);
      }
    }

    private double micros(Load load) {
      double before = child.cpuSeconds();
      long decisions = load.run();
      return 1e6 * (child.cpuSeconds() - before) / decisions;
    }

    private String factoryTime() {
      try (HttpClient client = HttpClient.newHttpClient()) {
        return JsonMapper.shared()
            .readTree(
                client
                    .send(
                        HttpRequest.newBuilder(url.resolve("/v1/factory")).build(),
                        BodyHandlers.ofString())
                    .body())
            .get("at")
            .asString();
      } catch (IOException e) {
        throw new CromfordException(ErrorCode.EXTERNAL, "the bench failed: " + e.getMessage(), e);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new CromfordException(ErrorCode.UNAVAILABLE, "interrupted", e);
      }
    }

    private String batch(long number) {
      return LongStream.range(number * BATCH, (number + 1) * BATCH)
          .mapToObj(payments::json)
          .collect(Collectors.joining(",", "[", "]"));
    }
  }
}
