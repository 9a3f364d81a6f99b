package io.cromford.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cromford.core.CromfordException;
import io.cromford.core.ErrorCode;
import io.cromford.server.ServerOptions.LoadLimits;
import io.cromford.server.ServerOptions.Patience;
import io.cromford.server.ServerOptions.RequestLimits;
import io.cromford.server.ServerOptions.StreamLimits;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Each limit and each bad input over a real socket.
@Timeout(120)
class ServerLimitsTest {
  private static final RequestLimits SMALL = new RequestLimits(10_000, 1_000, 5);
  private static final Duration MOMENT = Duration.ofMillis(200);
  private static final Duration LONG = Duration.ofMinutes(5);

  private final FakeFactory factory = new FakeFactory();
  private final List<Wire> wires = new ArrayList<>();

  private Wire start(RequestLimits requests, LoadLimits load, Patience patience) {
    Wire wire =
        new Wire(
            Server.start(
                factory,
                new ServerOptions("127.0.0.1", 0, requests, load, patience, StreamLimits.USUAL)));
    wires.add(wire);
    return wire;
  }

  private Wire start() {
    return start(SMALL, LoadLimits.USUAL, Patience.USUAL);
  }

  @AfterEach
  void stop() {
    factory.gate.countDown();
    wires.forEach(Wire::close);
    factory.close();
  }

  private static void assertRefused(
      Route route, HttpResponse<String> answer, int status, String message) {
    OpenApiTest.assertDescribed(route, answer);
    assertThat(answer.statusCode()).isEqualTo(status);
    assertThat(answer.body()).contains(message);
  }

  private static String head(String length) {
    return "POST /v1/decisions HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\n%s\r\n\r\n"
        .formatted(length);
  }

  // ── Bodies that are no records ────────────────────────────────────────────────────────────────

  @Test
  void refusesWhatIsNotJsonWithItsPlace() throws Exception {
    Wire wire = start();
    String[][] cases = {
      {"", "the body is empty"},
      {"  \n ", "the body is empty"},
      {"{\"tx_id\": 1,\n \"amount\": }", "the body is not JSON at line 2, column 12"},
      {"[{\"tx_id\": 1}, {\"tx_id\"", "the body is not JSON at line 1"},
      {"{\"tx_id\": NaN}", "the body is not JSON at line 1, column"},
      {"{'tx_id': 1}", "the body is not JSON at line 1, column"},
      {"{\"tx_id\": 01}", "the body is not JSON at line 1, column"},
      {"{\"tx_id\": 1} {\"tx_id\": 2}", "more than one JSON text"},
      {"17", "neither a JSON object nor an array"},
      {"\"text\"", "neither a JSON object nor an array"},
      {"{\"items\": 3}", "`items` is not an array"},
      {"{\"items\": [], \"more\": 1}", "more than `items`"},
      {"[".repeat(3_000), "the body is not JSON at line 1"},
      {"{\"shop\": " + "[".repeat(3_000), "the body is not JSON at line 1"},
      {"{\"amount\": " + "9".repeat(2_000) + "}", "the body is not JSON"},
      {"{\"" + "n".repeat(2_000) + "\": 1}", "the body is not JSON"},
    };
    for (String[] each : cases) {
      assertRefused(Route.DECIDE, wire.post("/v1/decisions", each[0]), 422, each[1]);
    }
    assertThat(factory.seen).isEmpty();
  }

  @Test
  void refusesBytesThatAreNotUtf8() throws Exception {
    Wire wire = start();
    HttpResponse<String> answer =
        wire.send(
            wire.request("/v1/decisions")
                .header("content-type", "application/json")
                .POST(BodyPublishers.ofByteArray(new byte[] {'{', '"', (byte) 0xff, '"', ':'}))
                .build());
    assertRefused(Route.DECIDE, answer, 422, "the body is not JSON");
  }

  @Test
  void refusesRecordsThatBreakTheirContract() throws Exception {
    Wire wire = start();
    String[][] cases = {
      {"{\"tx_id\": 1, \"ts\": \"2018-05-06T00:00:00Z\"}", "not-null", "amount"},
      {"{\"tx_id\": 1, \"tx_id\": 2}", "field-twice", "tx_id"},
      {ServerTest.payment(1, "true"), "type", "amount"},
      {ServerTest.payment(1, "[1]"), "type", "amount"},
      {ServerTest.payment(1, "{\"a\": {}}"), "type", "amount"},
      {ServerTest.payment(1, "85.64999999999999"), "scale", "amount"},
      {ServerTest.payment(1, "1e400"), "range", "amount"},
      {ServerTest.payment(1, "1, \"colour\": \"red\""), "unknown-field", "colour"},
      {ServerTest.payment(1, "1").replace("2018-", "2099-"), "max-ahead", "ts"},
      {ServerTest.payment(1, "1").replace("2018-", "1969-"), "before-1970", "ts"},
      {ServerTest.payment(1, "1").replace("2018-05-06T", "06.05.2018 "), "type", "ts"},
    };
    for (String[] each : cases) {
      HttpResponse<String> answer = wire.post("/v1/decisions", each[0]);
      assertRefused(Route.DECIDE, answer, 422, "\"rule\":\"" + each[1] + "\"");
      assertThat(answer.body()).contains("\"column\":\"" + each[2] + "\"");
    }
  }

  @Test
  void refusesOtherTypesAndPathsAndMethods() throws Exception {
    Wire wire = start();
    for (String type : List.of("text/plain", "application/x-www-form-urlencoded", "text/json")) {
      assertRefused(
          Route.DECIDE,
          wire.post("/v1/decisions", type, "{}"),
          415,
          "content-type: application/json");
    }
    HttpResponse<String> encoded =
        wire.send(
            wire.request("/v1/decisions")
                .header("content-type", "application/json; charset=utf-8")
                .header("content-encoding", "gzip")
                .POST(BodyPublishers.ofString("{}"))
                .build());
    assertRefused(Route.DECIDE, encoded, 415, "send it uncompressed");
    for (String path :
        List.of("/index.html", "/v1/decisions/", "/v1/decisions/1/2", "/v1", "//", "/%00")) {
      HttpResponse<String> answer = wire.get(path);
      assertThat(answer.statusCode()).isEqualTo(404);
      assertThat(answer.headers().firstValue("content-type")).contains(HttpProblem.TYPE);
    }
    HttpResponse<String> method = wire.get("/v1/outcomes");
    assertThat(method.statusCode()).isEqualTo(405);
    assertThat(method.headers().firstValue("allow")).contains("POST");
    assertThat(wire.post("/metrics", "{}").statusCode()).isEqualTo(405);
  }

  @Test
  void asksForTheSourceWhereThereAreSeveral() throws Exception {
    try (FakeFactory one = new FakeFactory(List.of(FakeFactory.PAYMENTS));
        Wire wire = new Wire(Server.start(one, ServerOptions.local(0)))) {
      assertRefused(Route.JUDGE, wire.post("/v1/outcomes", "{}"), 404, "no source of outcomes");
      assertRefused(
          Route.DECIDE, wire.post("/v1/decisions?source=payment", "{}"), 404, "meant `payments`");
      String body = ServerTest.payment(1, "1");
      assertThat(wire.post("/v1/decisions?source=payments", body).statusCode()).isEqualTo(200);
    }
    var more =
        new io.cromford.intake.SourceDefinition(
            "transfers",
            FakeFactory.PAYMENTS.schema(),
            FakeFactory.PAYMENTS.role(),
            FakeFactory.PAYMENTS.timing(),
            FakeFactory.PAYMENTS.terms(),
            null);
    try (FakeFactory two = new FakeFactory(List.of(FakeFactory.PAYMENTS, more));
        Wire wire = new Wire(Server.start(two, ServerOptions.local(0)))) {
      assertRefused(Route.DECIDE, wire.post("/v1/decisions", "{}"), 400, "?source=payments");
    }
  }

  // ── Limits ────────────────────────────────────────────────────────────────────────────────────

  @Test
  void doesNotReadABodyThatAnnouncesToBeTooLarge() throws Exception {
    Wire wire = start();
    String answer = wire.raw(head("content-length: 100000000"));
    assertThat(answer)
        .startsWith("HTTP/1.1 413 ")
        .containsIgnoringCase("connection: close")
        .contains("the body has more than 10000 bytes.\\nMaybe send it in parts.");
    assertThat(wire.raw(head("content-length: 99999999999999999999"))).startsWith("HTTP/1.1 4");
  }

  @Test
  void stopsReadingABodyThatGrowsTooLarge() throws Exception {
    Wire wire = start();
    try (Socket socket = wire.socket()) {
      socket.getOutputStream().write(head("transfer-encoding: chunked").getBytes(UTF_8));
      byte[] chunk = ("1000\r\n" + " ".repeat(4096) + "\r\n").getBytes(UTF_8);
      for (int i = 0; i < 3; i++) {
        socket.getOutputStream().write(chunk);
      }
      assertThat(Wire.rest(socket)).startsWith("HTTP/1.1 413 ");
    }
    assertThat(wire.get("/metrics").body()).contains("cromford_http_body_bytes 0.0");
  }

  @Test
  void refusesTooManyItems() throws Exception {
    Wire wire = start();
    String six = "[%s]".formatted(String.join(",", java.util.Collections.nCopies(6, "{}")));
    assertRefused(Route.DECIDE, wire.post("/v1/decisions", six), 413, "more than 5 items");
    HttpResponse<String> lines =
        wire.post("/v1/decisions", "application/x-ndjson", "{}\n".repeat(6));
    assertRefused(Route.DECIDE, lines, 413, "more than 5 items");
    assertThat(factory.seen).isEmpty();
  }

  @Test
  void refusesALongHead() throws Exception {
    Wire wire = start();
    assertThat(wire.raw("GET /health/live HTTP/1.1\r\nx: " + "y".repeat(2_000) + "\r\n\r\n"))
        .startsWith("HTTP/1.1 431 ")
        .contains("the headers are over 1000 bytes");
    assertThat(wire.raw("GET /" + "y".repeat(2_000) + " HTTP/1.1\r\n\r\n"))
        .startsWith("HTTP/1.0 414 ")
        .contains("the request line is over 1000 bytes");
    assertThat(wire.raw("nonsense\r\n\r\n")).contains(" 400 ").contains("USAGE");
  }

  @Test
  void closesConnectionsBeyondTheLimit() throws Exception {
    Wire wire = start(SMALL, new LoadLimits(2, 64, 1 << 20), Patience.USUAL);
    try (Socket first = wire.socket();
        Socket second = wire.socket()) {
      assertThat(exchange(first)).isEqualTo("HTTP/1.1 200 OK");
      assertThat(exchange(second)).isEqualTo("HTTP/1.1 200 OK");
      assertThat(wire.raw("")).isEmpty();
      assertThat(exchange(first)).isEqualTo("HTTP/1.1 200 OK");
    }
  }

  /// The status line of an answer on a connection that stays open.
  private static String exchange(Socket socket) throws IOException {
    socket
        .getOutputStream()
        .write("GET /health/live HTTP/1.1\r\nhost: localhost\r\n\r\n".getBytes(UTF_8));
    StringBuilder text = new StringBuilder();
    while (text.indexOf("}") < 0) {
      text.append((char) socket.getInputStream().read());
    }
    return text.substring(0, text.indexOf("\r"));
  }

  @Test
  void saysWhenItIsOverItsLoad() throws Exception {
    Wire wire = start(SMALL, new LoadLimits(100, 1, 1 << 20), Patience.USUAL);
    factory.gate = new CountDownLatch(1);
    CompletableFuture<HttpResponse<String>> first =
        wire.postLater("/v1/decisions", ServerTest.payment(1, "1"));
    while (!wire.get("/metrics").body().contains("cromford_http_waiting 1.0")) {
      Thread.onSpinWait();
    }
    HttpResponse<String> second = wire.post("/v1/decisions", ServerTest.payment(2, "1"));
    assertRefused(Route.DECIDE, second, 503, "1 batches are waiting");
    factory.gate.countDown();
    assertThat(first.get(60, TimeUnit.SECONDS).statusCode()).isEqualTo(200);
    assertThat(wire.post("/v1/decisions", ServerTest.payment(2, "1")).statusCode()).isEqualTo(200);
  }

  @Test
  void boundsAllBodiesTogether() throws Exception {
    Wire wire = start(SMALL, new LoadLimits(100, 64, 6_000), Patience.USUAL);
    try (Socket hanging = wire.socket()) {
      hanging.getOutputStream().write(head("content-length: 9000").getBytes(UTF_8));
      hanging.getOutputStream().write(" ".repeat(5_000).getBytes(UTF_8));
      while (!wire.get("/metrics").body().contains("cromford_http_body_bytes 5000.0")) {
        Thread.onSpinWait();
      }
      HttpResponse<String> answer = wire.post("/v1/decisions", " ".repeat(2_000));
      assertRefused(Route.DECIDE, answer, 503, "too many bodies are being read");
    }
  }

  @Test
  void givesUpOnClientsThatDrip() throws Exception {
    Wire wire =
        start(SMALL, LoadLimits.USUAL, new Patience(LONG, MOMENT, LONG, Duration.ofSeconds(1)));
    String answer = wire.raw(head("content-length: 9000") + "{\"tx_id\"");
    assertThat(answer).startsWith("HTTP/1.1 408 ").contains("the body did not arrive in time");
  }

  @Test
  void closesIdleConnections() throws Exception {
    Wire wire =
        start(SMALL, LoadLimits.USUAL, new Patience(MOMENT, LONG, LONG, Duration.ofSeconds(1)));
    assertThat(wire.raw("")).isEmpty();
    assertThat(wire.raw("POST /v1/deci")).isEmpty();
  }

  @Test
  void waitsForTheFactoryHoweverLongItTakes() throws Exception {
    Wire wire =
        start(
            SMALL, LoadLimits.USUAL, new Patience(MOMENT, MOMENT, MOMENT, Duration.ofSeconds(60)));
    factory.gate = new CountDownLatch(1);
    CompletableFuture<HttpResponse<String>> answer =
        wire.postLater("/v1/decisions", ServerTest.payment(1, "1"));
    assertThat(wire.raw("")).isEmpty();
    assertThat(wire.raw("")).isEmpty();
    assertThat(answer).isNotDone();
    factory.gate.countDown();
    assertThat(answer.get(60, TimeUnit.SECONDS).statusCode()).isEqualTo(200);
  }

  // ── Start and end ─────────────────────────────────────────────────────────────────────────────

  @Test
  void answersWhatIsDueBeforeItCloses() throws Exception {
    Wire wire = start();
    factory.gate = new CountDownLatch(1);
    CompletableFuture<HttpResponse<String>> due =
        wire.postLater("/v1/decisions", ServerTest.payment(1, "1"));
    while (!wire.get("/metrics").body().contains("cromford_http_waiting 1.0")) {
      Thread.onSpinWait();
    }
    Thread closing = Thread.ofVirtual().start(wire.server::close);
    while (isOpen(wire.server.port())) {
      Thread.onSpinWait();
    }
    assertThat(due).isNotDone();
    factory.gate.countDown();
    assertThat(due.get(60, TimeUnit.SECONDS).statusCode()).isEqualTo(200);
    closing.join();
    wire.server.close();
  }

  private static boolean isOpen(int port) {
    try (Socket _ = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  @Test
  void saysThatThePortIsTaken() throws IOException {
    try (ServerSocket taken = new ServerSocket(0)) {
      int port = taken.getLocalPort();
      assertThatThrownBy(() -> Server.start(factory, ServerOptions.local(port)))
          .hasMessageContaining("port %d on 127.0.0.1 is taken".formatted(port))
          .hasMessageContaining("\nMaybe another factory is running")
          .isInstanceOfSatisfying(
              CromfordException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.PORT_TAKEN));
    }
  }
}
