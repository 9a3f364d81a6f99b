package io.cromford.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.cromford.ledger.Ledger;
import io.cromford.ledger.Verification;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// A factory whose disk is full: what was acknowledged stays, the rest gets 503, and the same
/// process goes on when there is room.
@Timeout(600)
class DiskFullIT {
  private static final Pattern SERVING = Pattern.compile("serving on (http://\\S+);");
  private static final int MEGABYTES = 64;

  @TempDir private Path folder;

  private final HttpClient client = HttpClient.newHttpClient();
  private SmallFactory factory = new SmallFactory(Path.of("."), Path.of("."));
  private SmallDisk disk;

  DiskFullIT() throws Exception {
    disk = SmallDisk.mount(Files.createTempDirectory("small-disk"), MEGABYTES);
  }

  @BeforeEach
  void make() throws IOException {
    assumeTrue(disk.isMounted(), "a disk can be mounted by root only");
    factory = SmallFactory.in(folder);
  }

  @AfterEach
  void unmount() throws Exception {
    disk.close();
  }

  @Test
  void refusesWithoutRoomAndGoesOnWithIt() throws Exception {
    ChildRun run = start();
    run.awaitLine("serving on");
    String url = url(run);
    List<String> acknowledged = new ArrayList<>();
    for (int id = 900_000; id < 900_020; id++) {
      acknowledged.add(ok(decide(url, id)));
    }
    disk.fill();
    int refused = 0;
    for (int id = 900_020; id < 900_400; id++) {
      HttpResponse<String> answer = decide(url, id);
      if (answer.statusCode() == 200) {
        acknowledged.add(answer.body());
      } else {
        refused++;
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(503);
        assertThat(answer.headers().firstValue("retry-after")).isPresent();
        assertThat(answer.body()).contains("\"code\":\"STORAGE\"");
      }
    }
    assertThat(refused).isGreaterThan(0);
    assertThat(get(url + "/health/ready").statusCode()).isEqualTo(503);
    assertStored(url, acknowledged);
    disk.clear();
    awaitReady(url);
    for (int id = 900_000; id < 900_500; id++) {
      String answer = ok(decide(url, id));
      if (id >= 900_400) {
        acknowledged.add(answer);
      }
    }
    assertStored(url, acknowledged);
    run.terminate();
    assertThat(run.end()).as(run.said()).isEqualTo(128 + 15);
    ChildRun again = start();
    again.awaitLine("serving on");
    assertStored(url(again), acknowledged);
    again.terminate();
    again.end();
    assertThat(again.said()).contains(" 0 differ");
    assertThat(Ledger.verify(state().resolve("ledger"))).isInstanceOf(Verification.Intact.class);
  }

  @Test
  void waitsInTheReplayForRoomAndEndsTheSame() throws Exception {
    Path elsewhere = folder.resolve("elsewhere.json");
    ChildRun undisturbed = run(folder.resolve("elsewhere"), elsewhere);
    assertThat(undisturbed.end()).as(undisturbed.said()).isZero();
    Path report = folder.resolve("report.json");
    ChildRun run = run(state(), report);
    run.awaitLine("fit");
    awaitTraffic(run);
    disk.fill();
    while (!run.said().contains("WARNING") && run.isAlive()) {
      run.endsWithin(Duration.ofMillis(20));
    }
    assertThat(run.isAlive()).as(run.said()).isTrue();
    disk.clear();
    assertThat(run.end()).as(run.said()).isZero();
    assertThat(read(report)).isEqualTo(read(elsewhere));
  }

  @Test
  void endsABuildThatFindsNoRoomAndTakesItUpAgain() throws Exception {
    disk.fill();
    Ran full = factory.run("build", "--data", factory.data(), "--state", state());
    assertThat(full.exit()).as(full.err()).isEqualTo(7);
    assertThat(full.err()).contains("\nMaybe ").doesNotContain("Exception");
    disk.clear();
    Ran built = factory.run("build", "--data", factory.data(), "--state", state());
    assertThat(built.exit()).as(built.err()).isZero();
  }

  /// Waits until some records have come through the endpoint.
  private void awaitTraffic(ChildRun run) throws Exception {
    long trained = ledgerBytes();
    while (ledgerBytes() < trained + 100_000 && !run.endsWithin(Duration.ofMillis(5))) {
      Thread.onSpinWait();
    }
  }

  private long ledgerBytes() throws IOException {
    try (Stream<Path> files = Files.list(state().resolve("ledger"))) {
      return files.mapToLong(file -> file.toFile().length()).sum();
    }
  }

  private ChildRun start() throws IOException {
    return ChildRun.start(List.of(), factory.running(state()));
  }

  private ChildRun run(Path state, Path report) throws IOException {
    return ChildRun.start(List.of(), factory.running(state, "--exit", "--report", report));
  }

  private Path state() {
    return disk.folder().resolve("state");
  }

  private static JsonNode read(Path report) throws IOException {
    ObjectNode all = (ObjectNode) JsonMapper.shared().readTree(Files.readAllBytes(report));
    all.remove("timings");
    return all;
  }

  private static String url(ChildRun run) {
    Matcher serving = SERVING.matcher(run.said());
    assertThat(serving.find()).as(run.said()).isTrue();
    return serving.group(1);
  }

  private HttpResponse<String> decide(String url, int id) throws Exception {
    String body =
        """
        {"tx_id": %d, "ts": "2018-05-19T12:00:00", "customer_id": 7, "terminal_id": 9, "amount": 7.00}
        """
            .formatted(id);
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(url + "/v1/decisions"))
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build();
    return client.send(request, HttpResponse.BodyHandlers.ofString());
  }

  private static String ok(HttpResponse<String> answer) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return answer.body();
  }

  private HttpResponse<String> get(String url) throws Exception {
    return client.send(
        HttpRequest.newBuilder(URI.create(url)).build(), HttpResponse.BodyHandlers.ofString());
  }

  private void awaitReady(String url) throws Exception {
    while (get(url + "/health/ready").statusCode() != 200) {
      Thread.onSpinWait();
    }
  }

  /// Each decision is found again as it was answered.
  private void assertStored(String url, List<String> acknowledged) throws Exception {
    for (String answer : acknowledged) {
      JsonNode decision = JsonMapper.shared().readTree(answer);
      String id = decision.path("id").asString();
      JsonNode stored = JsonMapper.shared().readTree(ok(get(url + "/v1/decisions/" + id)));
      for (String field : List.of("id", "action", "score", "threshold", "model", "position")) {
        assertThat(stored.path(field)).as("%s of %s", field, id).isEqualTo(decision.path(field));
      }
    }
  }
}
