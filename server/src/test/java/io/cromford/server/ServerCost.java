package io.cromford.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.management.ThreadMXBean;
import io.cromford.core.ErrorCode;
import io.cromford.intake.SourceDefinition;
import io.cromford.serving.Action;
import io.cromford.serving.Decision;
import io.cromford.serving.DecisionService;
import io.cromford.serving.DecisionView;
import io.cromford.serving.Result;
import io.cromford.serving.Submission;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// Prints the CPU that the endpoint costs per record, without the factory: of its event loop, as
/// batches of 1,000 records come in over a socket.
final class ServerCost {
  private static final int BATCH = 1_000;

  /// Answers at once with a decision made before.
  private static final class Instant implements DecisionService {
    private final Result decided =
        new Result.Decided(
            new Decision(
                "1754154",
                Action.PASS,
                0.00123456789,
                0.87654321,
                "ab".repeat(32),
                List.of(),
                1L << 33));

    @Override
    public List<SourceDefinition> sources() {
      return List.of(FakeFactory.PAYMENTS, FakeFactory.CHARGEBACKS);
    }

    @Override
    public void submit(List<Submission> batch, Consumer<List<Result>> done) {
      List<Result> results = new ArrayList<>(batch.size());
      for (Submission _ : batch) {
        results.add(decided);
      }
      done.accept(results);
    }

    @Override
    public Optional<DecisionView> find(String id) {
      return Optional.empty();
    }

    @Override
    public Status status() {
      return new Status(true, ErrorCode.INTERNAL.name(), "", 0, false, 0, 0, 0, 0, 0, 0, 0, 0);
    }
  }

  private ServerCost() {}

  /// Sends batches and prints a line per form.
  public static void main(String[] arguments) throws Exception {
    try (Server server = Server.start(new Instant(), ServerOptions.local(0));
        HttpClient client = HttpClient.newHttpClient()) {
      String record =
          "{\"tx_id\": 1754154, \"ts\": \"2018-09-30T23:59:57\", \"amount\": 107.04, \"shop\": \"8415\"}";
      String envelope =
          "{\"source\":\"payments\",\"replay\":{\"arrival\":1538351997000,\"file\":\"transactions.csv.gz\",\"row\":1754154,\"line\":1754156},\"record\":%s}"
              .formatted(record);
      measure(server, client, "/v1/decisions", "application/json", array(record));
      measure(server, client, "/v1/records", "application/json", array(envelope));
      measure(server, client, "/v1/records", "application/x-ndjson", lines(envelope));
    }
  }

  private static String array(String item) {
    return "[" + repeated(item, ",") + "]";
  }

  private static String lines(String item) {
    return repeated(item, "\n");
  }

  private static String repeated(String item, String between) {
    return IntStream.range(0, BATCH).mapToObj(_ -> item).collect(Collectors.joining(between));
  }

  private static void measure(
      Server server, HttpClient client, String path, String type, String body) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(server.url() + path))
            .header("content-type", type)
            .POST(HttpRequest.BodyPublishers.ofByteArray(body.getBytes(UTF_8)))
            .build();
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long loop = eventLoop(server, client);
    double best = Double.MAX_VALUE;
    long bytes = 0;
    for (int round = 0; round < 10; round++) {
      long start = threads.getThreadCpuTime(loop);
      long allocated = threads.getThreadAllocatedBytes(loop);
      for (int i = 0; i < 100; i++) {
        if (client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() != 200) {
          throw new IllegalStateException();
        }
      }
      bytes = threads.getThreadAllocatedBytes(loop) - allocated;
      best = Math.min(best, (double) (threads.getThreadCpuTime(loop) - start));
    }
    System.out.printf(
        "%s %s: %.2f µs and %,d bytes allocated per record%n",
        path, type, best / 1e3 / 100 / BATCH, bytes / 100 / BATCH);
  }

  private static long eventLoop(Server server, HttpClient client) throws Exception {
    client.send(
        HttpRequest.newBuilder(URI.create(server.url() + "/health/live")).build(),
        HttpResponse.BodyHandlers.discarding());
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().startsWith("vert.x-eventloop"))
        .findFirst()
        .orElseThrow()
        .threadId();
  }
}
