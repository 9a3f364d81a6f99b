package io.cromford.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// What the console is made of, and what it reads, over a real socket.
@Timeout(60)
class ConsoleTest {
  private static final Pattern SCRIPT = Pattern.compile("src=\"(/assets/[^\"]+\\.js)\"");

  private final FakeFactory factory = new FakeFactory();
  private final Wire wire = new Wire(Server.start(factory, ServerOptions.local(0)));
  private final List<Stream> streams = new ArrayList<>();

  @AfterEach
  void stop() throws IOException {
    for (Stream stream : streams) {
      stream.close();
    }
    wire.close();
    factory.close();
  }

  /// A stream of events, read line by line.
  private static final class Stream implements AutoCloseable {
    private final HttpResponse<InputStream> response;
    private final BufferedReader lines;

    Stream(HttpResponse<InputStream> response) {
      this.response = response;
      this.lines =
          new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8));
    }

    /// The next event's data; null at the end.
    String next() throws IOException {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.startsWith("data: ")) {
          return line.substring("data: ".length());
        }
      }
      return null;
    }

    @Override
    public void close() throws IOException {
      lines.close();
    }
  }

  private Stream listen() throws Exception {
    Stream stream =
        new Stream(
            wire.client().send(wire.request("/v1/stream").build(), BodyHandlers.ofInputStream()));
    streams.add(stream);
    return stream;
  }

  @Test
  void answersThePageAndWhatItIsMadeOf() throws Exception {
    HttpResponse<String> page = wire.get("/");
    assertThat(page.statusCode()).isEqualTo(200);
    assertThat(page.headers().map())
        .containsEntry("content-type", List.of("text/html; charset=utf-8"))
        .containsEntry("x-content-type-options", List.of("nosniff"))
        .containsEntry("x-frame-options", List.of("DENY"))
        .containsEntry("cache-control", List.of("no-cache, private"));
    assertThat(page.headers().firstValue("content-security-policy").orElseThrow())
        .startsWith("default-src 'self';")
        .contains("frame-ancestors 'none'")
        .doesNotContain("unsafe");
    assertThat(page.body()).doesNotContain("<style", "onclick", "http:", "https:");
    Matcher script = SCRIPT.matcher(page.body());
    assertThat(script.find()).isTrue();
    HttpResponse<String> plain = wire.get(script.group(1));
    assertThat(plain.headers().firstValue("cache-control").orElseThrow()).contains("immutable");
    HttpResponse<byte[]> zipped =
        wire.client()
            .send(
                wire.request(script.group(1)).header("accept-encoding", "br, gzip;q=0.5").build(),
                BodyHandlers.ofByteArray());
    assertThat(zipped.headers().firstValue("content-encoding")).contains("gzip");
    try (GZIPInputStream in =
        new GZIPInputStream(new java.io.ByteArrayInputStream(zipped.body()))) {
      assertThat(new String(in.readAllBytes(), StandardCharsets.UTF_8)).isEqualTo(plain.body());
    }
  }

  @Test
  void saysThatABrowserHasThePageAlready() throws Exception {
    String tag = wire.get("/").headers().firstValue("etag").orElseThrow();
    HttpResponse<String> again =
        wire.send(wire.request("/").header("if-none-match", "\"x\", " + tag).build());
    assertThat(again.statusCode()).isEqualTo(304);
    assertThat(again.body()).isEmpty();
    assertThat(wire.get("/assets/none.js").statusCode()).isEqualTo(404);
    assertThat(wire.get("/files.txt").statusCode()).isEqualTo(404);
  }

  @Test
  void showsTheFactoryAtAGlance() throws Exception {
    HttpResponse<String> answer = wire.get("/v1/factory");
    OpenApiTest.assertDescribed(Route.FACTORY, answer);
    assertThat(answer.body())
        .contains("\"name\":\"<script>alert(1)</script>\"")
        .contains("\"recall\":{\"at_least\":null,\"at_most\":0.5}")
        .contains("\"saved\":{\"at_least\":10.0,\"at_most\":12.5}")
        .contains("\"intervals\":{\"alerts\":{\"low\":1.0,\"high\":5.0},\"saved\":{\"low\":-2.5,")
        .contains("\"days_until_full\":0.5");
  }

  @Test
  void showsFeaturesAndWhatBrokeItsContract() throws Exception {
    HttpResponse<String> features = wire.get("/v1/features");
    OpenApiTest.assertDescribed(Route.FEATURES, features);
    assertThat(features.body()).contains("\"counts\":[0,1,2,2]", "\"edges\":[1.0,5.0]");
    HttpResponse<String> quarantine = wire.get("/v1/quarantine");
    OpenApiTest.assertDescribed(Route.QUARANTINE, quarantine);
    assertThat(quarantine.body()).contains("\"records\":1000000", "\"cut\":true");
    assertThat(quarantine.body().length()).isLessThan(4700);
    assertThat(wire.get("/v1/quarantine?limit=0").body()).contains("\"newest\":[]");
    for (String limit : List.of("-1", "501", "many")) {
      HttpResponse<String> refused = wire.get("/v1/quarantine?limit=" + limit);
      OpenApiTest.assertDescribed(Route.QUARANTINE, refused);
      assertThat(refused.statusCode()).isEqualTo(400);
    }
  }

  @Test
  void showsWhatWasDoneTheLatestFirst() throws Exception {
    HttpResponse<String> all = wire.get("/v1/history");
    OpenApiTest.assertDescribed(Route.HISTORY, all);
    assertThat(JsonTree.array(JsonTree.object(JsonTree.parse(all.body())).get("entries")))
        .hasSize(200);
    HttpResponse<String> some = wire.get("/v1/history?since=2018-05-06T00:04:58Z&limit=2000");
    assertThat(some.body()).contains(" 298\"", " 299\"").doesNotContain(" 297\"");
    assertThat(wire.get("/v1/history?until=2018-05-06T00:00:01Z").body())
        .contains(" 0\"", " 1\"")
        .doesNotContain(" 2\"");
    for (String query :
        List.of("since=yesterday", "until=tomorrow", "limit=0", "limit=2001", "limit=x")) {
      HttpResponse<String> refused = wire.get("/v1/history?" + query);
      OpenApiTest.assertDescribed(Route.HISTORY, refused);
      assertThat(refused.statusCode()).isEqualTo(400);
      assertThat(refused.body()).contains("Maybe");
    }
  }

  @Test
  void samplesDecisionsOnceASecond() throws Exception {
    Stream stream = listen();
    assertThat(stream.response.headers().firstValue("content-type")).contains("text/event-stream");
    assertThat(stream.next()).contains("\"made\":0").contains("\"sample\":[]");
    StringBuilder payments = new StringBuilder();
    for (int i = 0; i < 1000; i++) {
      payments.append(i == 0 ? "[" : ",").append(payment(i));
    }
    assertThat(wire.post("/v1/decisions", payments.append(']').toString()).statusCode())
        .isEqualTo(200);
    String event = stream.next();
    while (event.contains("\"made\":0")) {
      event = stream.next();
    }
    Map<String, Object> tick = JsonTree.object(JsonTree.parse(event));
    assertThat(JsonTree.array(tick.get("sample"))).hasSize(DecisionSample.SIZE);
    assertThat(tick.get("made").toString()).isEqualTo("1000");
    assertThat(stream.next()).contains("\"made\":0").contains("\"sample\":[]");
  }

  private static String payment(int id) {
    return "{\"tx_id\":%d,\"ts\":\"2018-05-06T00:00:00\",\"amount\":1.00}".formatted(id);
  }

  @Test
  void refusesMoreStreamsThanItHasAndEndsThemWhenItStops() throws Exception {
    for (int i = 0; i < ServerOptions.StreamLimits.USUAL.most(); i++) {
      assertThat(listen().next()).isNotNull();
    }
    HttpResponse<String> refused = wire.get("/v1/stream");
    OpenApiTest.assertDescribed(Route.STREAM, refused);
    assertThat(refused.statusCode()).isEqualTo(503);
    assertThat(refused.body()).contains("16 streams are open", "Maybe close a page");
    streams.getFirst().close();
    while (wire.get("/metrics").body().contains("cromford_http_streams 16.0")) {
      Thread.onSpinWait();
    }
    Stream last = listen();
    assertThat(last.next()).isNotNull();
    long start = System.nanoTime();
    wire.server.close();
    assertThat(System.nanoTime() - start).isLessThan(TimeUnit.SECONDS.toNanos(20));
    while (last.next() != null) {
      Thread.onSpinWait();
    }
  }
}
