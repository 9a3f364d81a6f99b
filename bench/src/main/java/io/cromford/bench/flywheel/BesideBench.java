package io.cromford.bench.flywheel;

import io.cromford.core.CromfordException;
import io.cromford.core.ErrorCode;
import io.cromford.generator.CardPayments;
import io.cromford.server.AdminAccess;
import io.cromford.serving.ModelHistory;
import io.cromford.training.report.JsonReport;
import java.io.IOException;
import java.io.PrintStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/// What the flywheel costs the serving: the latency of single decisions over HTTP at half of the
/// load that the machine can bear, with nothing beside and while a challenger is trained; and the
/// CPU time that a second model takes which scores beside the champion.
public final class BesideBench {
  private static final double LOAD = 0.5;
  private static final Instant BOUNDARY = Instant.parse("2018-06-03T00:00:00Z");
  private static final int DAYS = 63;
  private static final Duration POLL = Duration.ofMillis(100);

  private BesideBench() {}

  /// What is measured.
  ///
  /// @param example the example factory's folder
  /// @param scratch an empty folder
  /// @param payments what is learnt from
  /// @param seconds how long each measurement takes
  public record Options(Path example, Path scratch, CardPayments.Parameters payments, int seconds) {
    /// How long before the boundary it goes live.
    Duration lead() {
      return Duration.ofSeconds(4L * seconds + 10);
    }
  }

  /// What came of it.
  ///
  /// @param perSecond decisions a second that the machine can bear, one a request
  /// @param alone p50 and p99 with nothing beside, in milliseconds
  /// @param training p50 and p99 while a challenger was trained
  /// @param trainingSeconds how long that took
  /// @param oneModel CPU microseconds of the process for each decision, one model scoring
  /// @param twoModels the same with a second one beside it
  public record Outcome(
      double perSecond,
      Latency alone,
      Latency training,
      double trainingSeconds,
      double oneModel,
      double twoModels) {
    /// The p99 while training over that without.
    public double ratio() {
      return training.p99() / alone.p99();
    }

    /// The result as JSON.
    public String json() {
      return JsonReport.object(json ->
          json.number("decisions_a_second", perSecond)
              .number("p50_alone_ms", alone.p50())
              .number("p99_alone_ms", alone.p99())
              .number("p50_training_ms", training.p50())
              .number("p99_training_ms", training.p99())
              .number("p99_ratio", ratio())
              .number("training_seconds", trainingSeconds)
              .number("cpu_micros_one_model", oneModel)
              .number("cpu_micros_two_models", twoModels));
    }
  }

  /// Quantiles, in milliseconds.
  public record Latency(double p50, double p99) {
    static Latency of(HttpLoad.Answers answers) {
      return new Latency(answers.median(), answers.p99());
    }
  }

  /// Runs it.
  public static Outcome run(Options options, PrintStream out) {
    Path folder = options.scratch().resolve("factory").toAbsolutePath();
    RecordedFactory.prepare(
        folder,
        options.example(),
        Map.of("trials: 20", "trials: 2", "[xgboost, logistic]", "[xgboost]"),
        options.payments().withDays(DAYS));
    cut(folder.resolve("payments.csv"), BOUNDARY.minus(options.lead()));
    out.println("a factory learns from " + folder.getFileName() + "'s payments and goes live");
    try (ServedChild child = ServedChild.start(folder)) {
      return new Run(child, folder.resolve("state"), options, out).run();
    }
  }

  /// Leaves out the payments from a moment on.
  private static void cut(Path file, Instant from) {
    String limit = from.toString().substring(0, 19).replace('T', ' ');
    try (Stream<String> lines = Files.lines(file)) {
      List<String> kept =
          lines
              .filter(line ->
                  line.startsWith("TRANSACTION_ID") || line.split(",")[1].compareTo(limit) < 0)
              .toList();
      Files.write(file, kept);
    } catch (IOException e) {
      throw failed(e);
    }
  }

  private static CromfordException failed(IOException e) {
    return new CromfordException(ErrorCode.EXTERNAL, "the bench failed: " + e.getMessage(), e);
  }

  private static final class Run {
    private final ServedChild child;
    private final Path state;
    private final Options options;
    private final PrintStream out;
    private final AdminAccess access;
    private final HttpLoad load;
    private final HttpClient client =
        HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private volatile boolean training;
    private volatile boolean over;

    Run(ServedChild child, Path state, Options options, PrintStream out) {
      this.child = child;
      this.state = state;
      this.options = options;
      this.out = out;
      this.access = AdminAccess.find(state).orElseThrow();
      LivePayments payments =
          new LivePayments(options.payments().population(), BOUNDARY.minus(options.lead()));
      this.load = new HttpLoad(access.url(), "/v1/decisions", payments::json, HttpLoad.CONNECTIONS);
    }

    Outcome run() {
      load.closed(options.seconds());
      HttpLoad.Answers most = load.closed(options.seconds());
      out.printf(Locale.ROOT, "it bears %,.0f decisions a second%n", most.perSecond());
      double rate = LOAD * most.perSecond();
      Watch watch = new Watch();
      watch.start();
      Measured alone = measure(rate, HttpLoad.within(options.seconds()));
      out.printf(Locale.ROOT, "alone:    %s%n", alone);
      load.open(rate, () -> !training && !over);
      long start = System.nanoTime();
      Measured beside = measure(rate, () -> training);
      double seconds = (System.nanoTime() - start) / 1e9;
      out.printf(Locale.ROOT, "training: %s, for %.1f s%n", beside, seconds);
      watch.end();
      load.open(rate, HttpLoad.within(2));
      Measured one = measure(rate, HttpLoad.within(options.seconds()));
      promoteChallenger();
      load.open(rate, HttpLoad.within(2));
      Measured two = measure(rate, HttpLoad.within(options.seconds()));
      out.printf(
          Locale.ROOT,
          "CPU a decision: %.1f µs with one model, %.1f with a second beside it%n",
          one.cpuMicros,
          two.cpuMicros);
      return new Outcome(
          most.perSecond(),
          Latency.of(alone.answers),
          Latency.of(beside.answers),
          seconds,
          one.cpuMicros,
          two.cpuMicros);
    }

    private Measured measure(double rate, BooleanSupplier goOn) {
      double before = child.cpuSeconds();
      HttpLoad.Answers answers = load.open(rate, goOn);
      return new Measured(answers, 1e6 * (child.cpuSeconds() - before) / answers.count());
    }

    private record Measured(HttpLoad.Answers answers, double cpuMicros) {
      @Override
      public String toString() {
        return String.format(
            Locale.ROOT,
            "p50 %.2f ms, p99 %.2f ms, p99.9 %.2f ms at %,.0f a second",
            answers.median(),
            answers.p99(),
            answers.p999(),
            answers.perSecond());
      }
    }

    /// Looks whether a training runs.
    private final class Watch extends Thread {
      private volatile boolean ended;

      @Override
      public void run() {
        Instant deadline = Instant.now().plus(Duration.ofSeconds(20L * options.seconds() + 120));
        while (!ended && Instant.now().isBefore(deadline)) {
          boolean runs = ask("/v1/jobs").contains("\"kind\":\"training\",\"subject\"");
          over |= training && !runs;
          training = runs;
          pause();
        }
        over = true;
        training = false;
      }

      void end() {
        ended = true;
        try {
          join();
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
        }
      }
    }

    private static void pause() {
      try {
        Thread.sleep(POLL);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }

    private String ask(String path) {
      return send(HttpRequest.newBuilder(access.url().resolve(path)).GET().build());
    }

    /// The champion's predecessor goes on scoring beside it, as a shadow does.
    private void promoteChallenger() {
      String version = ModelHistory.of(state).challenger().orElseThrow();
      send(
          HttpRequest.newBuilder(access.url().resolve("/admin/models/promote"))
              .header("Content-Type", "application/json")
              .header("Authorization", access.header())
              .POST(
                  HttpRequest.BodyPublishers.ofString(
                      "{\"version\": \"%s\", \"reason\": \"a bench\", \"by\": \"bench\"}"
                          .formatted(version)))
              .build());
    }

    private String send(HttpRequest request) {
      try {
        HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() != 200) {
          throw new CromfordException(ErrorCode.EXTERNAL, "it answered: " + answer.body());
        }
        return answer.body();
      } catch (IOException e) {
        throw failed(e);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new CromfordException(ErrorCode.UNAVAILABLE, "interrupted", e);
      }
    }
  }
}
