package io.cromford.serving.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.cromford.flywheel.Alarm;
import io.cromford.flywheel.Alarm.Severity;
import io.cromford.flywheel.AlarmBook;
import io.cromford.flywheel.AlarmState;
import io.cromford.serving.AlarmList;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Deque;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Against an HTTP server on this machine; the time is the test's own.
class CourierTest {
  private static final long START = Instant.parse("2026-11-25T12:00:00Z").toEpochMilli();
  private static final Duration REPEAT = Duration.ofHours(4);
  private static final AlarmState.Word ADA = new AlarmState.Word(START + 1, "ada", "mine");

  /// What the server was sent.
  private record Sent(String path, String signature, String body) {
    JsonNode json() {
      return JsonMapper.shared().readTree(body);
    }
  }

  @TempDir private Path folder;

  private final List<Sent> taken = new CopyOnWriteArrayList<>();
  private final Deque<Integer> answers = new ConcurrentLinkedDeque<>();
  private final AlarmBook book = new AlarmBook();
  private final Wire wire = new Wire();
  private HttpServer server;
  private boolean replaying;
  private long nowMillis = START;
  private long evenMillis;
  private final AtomicInteger requests = new AtomicInteger();

  @BeforeEach
  void listen() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          try (exchange) {
            String body =
                new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            Integer answer = answers.poll();
            int status = answer == null ? 200 : answer;
            requests.incrementAndGet();
            if (status == 200) {
              taken.add(
                  new Sent(
                      exchange.getRequestURI().getPath(),
                      String.valueOf(exchange.getRequestHeaders().getFirst("X-Cromford-Signature")),
                      body));
            } else if (status == 302) {
              exchange.getResponseHeaders().add("Location", "/elsewhere");
            }
            exchange.sendResponseHeaders(status, -1);
          }
        });
    server.start();
  }

  @AfterEach
  void stop() {
    wire.close();
    server.stop(0);
  }

  private URI url(String path) {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path);
  }

  private Courier courier(Target target) {
    return new Courier(
        "card-fraud",
        target,
        new DeliveryFile(folder, target.name()),
        () -> new AlarmList(nowMillis, replaying, book.look(), "https://wiki/alarms"),
        wire,
        new Courier.Times(
            () -> Instant.ofEpochMilli(nowMillis), () -> evenMillis * 1_000_000, () -> 0.5));
  }

  private Courier webhook() {
    return webhook(null);
  }

  private Courier webhook(@Nullable String secret) {
    return courier(new WebhookTarget(url("/hook"), secret, REPEAT));
  }

  private void raise(String key) {
    book.raise(new Alarm(nowMillis, key, Severity.CRITICAL, "it floods.\nMaybe look at it."));
  }

  private void passes(Duration time) {
    nowMillis += time.toMillis();
    evenMillis += Math.max(0, time.toMillis());
  }

  private List<String> statuses() {
    return taken.stream().map(sent -> sent.json().path("status").asString()).toList();
  }

  @Test
  void deliversAfterFailuresAndOnlyOnce() throws Exception {
    answers.addAll(List.of(503, 500));
    Courier courier = webhook();
    courier.pass();
    raise("breach/ab");
    courier.pass();
    assertThat(courier.pending()).isEqualTo(1);
    assertThat(courier.health().lastFailure()).isEqualTo("HTTP 503");
    courier.pass();
    assertThat(requests.get()).as("it waits before it tries again").isEqualTo(1);
    passes(Duration.ofSeconds(1));
    courier.pass();
    assertThat(courier.failures()).isEqualTo(2);
    assertThat(courier.health().failures()).isEqualTo(2);
    passes(Duration.ofSeconds(2));
    courier.pass();
    passes(Duration.ofMinutes(1));
    raise("breach/ab");
    courier.pass();
    assertThat(statuses()).containsExactly("firing");
    assertThat(courier.health().failures()).isZero();
    assertThat(courier.pending()).isZero();
    JsonNode body = taken.getFirst().json();
    assertThat(body.path("key").asString()).isEqualTo("breach/ab");
    assertThat(body.path("factory").asString()).isEqualTo("card-fraud");
    assertThat(body.path("severity").asString()).isEqualTo("critical");
    assertThat(body.path("message").asString()).isEqualTo("it floods.");
    assertThat(body.path("advice").asString()).isEqualTo("Maybe look at it.");
    assertThat(body.path("runbook").asString()).isEqualTo("https://wiki/alarms#breach");
    assertThat(body.path("first").asString()).isEqualTo("2026-11-25T12:00:00Z");
    assertThat(taken.getFirst().signature()).isEqualTo("null");
  }

  @Test
  void aRestartSaysNothingTwiceAndForgetsNothing() throws Exception {
    Courier courier = webhook();
    courier.pass();
    raise("breach/ab");
    courier.pass();
    raise("missed-frauds");
    Courier again = webhook();
    again.pass();
    assertThat(taken)
        .extracting(sent -> sent.json().path("key").asString())
        .containsExactly("breach/ab", "missed-frauds");
    book.end(_ -> true, ADA);
    webhook().pass();
    webhook().pass();
    assertThat(statuses()).containsExactly("firing", "firing", "resolved", "resolved");
  }

  @Test
  void whatWasSentWithoutBeingKeptIsSentAgainWithTheSameId() throws Exception {
    Courier courier = webhook();
    courier.pass();
    raise("breach/ab");
    Path file = folder.resolve("alarms").resolve("webhook.json");
    byte[] before = Files.readAllBytes(file);
    courier.pass();
    Files.write(file, before);
    webhook().pass();
    assertThat(taken).hasSize(2);
    assertThat(taken.get(1).json().path("id")).isEqualTo(taken.get(0).json().path("id"));
  }

  @Test
  void repeatsWhatNobodyLooksAfter() throws Exception {
    Courier courier = webhook();
    raise("breach/ab");
    courier.pass();
    passes(REPEAT);
    courier.pass();
    assertThat(taken).hasSize(2);
    assertThat(taken.get(1).json().path("id")).isNotEqualTo(taken.get(0).json().path("id"));
    book.acknowledge("breach/ab", new AlarmState.Word(nowMillis, "ada", "mine"));
    passes(REPEAT);
    courier.pass();
    assertThat(taken).as("acknowledged").hasSize(2);
    passes(Duration.ofMillis(1));
    raise("breach/ab");
    courier.pass();
    assertThat(taken).as("raised long after it was acknowledged").hasSize(3);
  }

  @Test
  void aSilenceHoldsBackUntilItIsOver() throws Exception {
    Courier courier = webhook();
    book.silence(
        new AlarmBook.Silence("breach/*", nowMillis + Duration.ofHours(1).toMillis(), ADA));
    raise("breach/ab");
    courier.pass();
    assertThat(taken).isEmpty();
    passes(Duration.ofHours(1));
    courier.pass();
    assertThat(statuses()).containsExactly("firing");
  }

  @Test
  void tellsNobodyDuringAReplayAndOfWhatIsOpenAfterwards() throws Exception {
    replaying = true;
    raise("breach/ab");
    Courier courier = webhook();
    courier.pass();
    book.end("breach/ab"::equals, new AlarmState.Word(nowMillis, "factory", "over"));
    raise("missed-frauds");
    courier.pass();
    passes(Duration.ofDays(3));
    courier.pass();
    assertThat(requests.get()).isZero();
    replaying = false;
    courier.pass();
    assertThat(taken)
        .extracting(sent -> sent.json().path("key").asString())
        .containsExactly("missed-frauds");
  }

  @Test
  void oneThatIsRefusedHoldsUpNoOther() throws Exception {
    Courier courier = webhook();
    raise("breach/ab");
    raise("missed-frauds");
    answers.addAll(List.of(400, 200));
    courier.pass();
    assertThat(taken).hasSize(1);
    assertThat(courier.pending()).isEqualTo(1);
    answers.add(302);
    passes(Duration.ofMinutes(10));
    courier.pass();
    assertThat(courier.health().lastFailure()).contains("HTTP 302, a redirect");
    assertThat(taken).as("a redirect is not followed").hasSize(1);
    server.stop(0);
    passes(Duration.ofMinutes(10));
    courier.pass();
    assertThat(courier.health().lastFailure()).isEqualTo("no answer (ConnectException)");
  }

  @Test
  void aClockThatWasSetBackDelaysNothingForLong() throws Exception {
    Courier courier = webhook();
    raise("breach/ab");
    courier.pass();
    passes(Duration.ofDays(-365));
    courier.pass();
    passes(REPEAT);
    courier.pass();
    assertThat(taken).hasSize(2);
  }

  @Test
  void signsWithTheSecret() throws Exception {
    Courier courier = webhook("open sesame");
    raise("breach/ab");
    courier.pass();
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec("open sesame".getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
    byte[] expected = mac.doFinal(taken.getFirst().body().getBytes(StandardCharsets.UTF_8));
    assertThat(taken.getFirst().signature())
        .isEqualTo("sha256=" + HexFormat.of().formatHex(expected));
  }

  @Test
  void speaksAsAlertmanagerUnderstands() throws Exception {
    Courier courier = courier(new AlertmanagerTarget(url("/am/")));
    raise("breach/ab");
    courier.pass();
    passes(Duration.ofMinutes(1));
    courier.pass();
    book.acknowledge("breach/ab", ADA);
    book.end("breach/ab"::equals, new AlarmState.Word(START + 5, "factory", "over"));
    courier.pass();
    courier.pass();
    assertThat(taken).hasSize(3);
    assertThat(taken).extracting(Sent::path).containsOnly("/am/api/v2/alerts");
    JsonNode firing = taken.get(1).json().path(0);
    assertThat(firing.path("labels").toString())
        .isEqualTo(
            "{\"alertname\":\"cromford-breach\",\"factory\":\"card-fraud\",\"key\":\"breach/ab\",\"severity\":\"critical\"}");
    assertThat(firing.path("annotations").path("summary").asString())
        .isEqualTo("a model was taken back");
    assertThat(firing.path("annotations").path("description").asString())
        .isEqualTo("it floods.\nMaybe look at it.");
    assertThat(firing.path("annotations").path("runbook_url").asString())
        .isEqualTo("https://wiki/alarms#breach");
    assertThat(firing.path("startsAt").asString()).isEqualTo("2026-11-25T12:00:00Z");
    assertThat(firing.has("endsAt")).isFalse();
    assertThat(taken.get(2).json().path(0).path("endsAt").asString())
        .isEqualTo("2026-11-25T12:01:00Z");
  }

  @Test
  void aDamagedFileCostsARepetitionNoMore() throws Exception {
    Courier courier = webhook();
    raise("breach/ab");
    courier.pass();
    Files.writeString(folder.resolve("alarms").resolve("webhook.json"), "{\"format\":1}");
    webhook().pass();
    Files.writeString(folder.resolve("alarms").resolve("webhook.json"), "no JSON");
    webhook().pass();
    webhook().pass();
    assertThat(statuses()).containsExactly("firing", "firing", "firing");
  }
}
