package io.cromford.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.cromford.server.AdminAccess;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(240)
class ServeCommandTest {
  private static final Pattern SERVING = Pattern.compile("serving on (http://127.0.0.1:\\d+);");
  private static final Pattern VERSION = Pattern.compile("(?m)^([0-9a-f]{12})  logistic .*$");

  @TempDir private Path folder;

  private static String urlOf(ChildRun run) throws InterruptedException {
    run.awaitLine("serving on");
    Matcher url = SERVING.matcher(run.said());
    assertThat(url.find()).as(run.said()).isTrue();
    return url.group(1);
  }

  private static HttpResponse<String> post(String url, String json) throws Exception {
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client.send(
          HttpRequest.newBuilder(URI.create(url + "/v1/decisions"))
              .header("content-type", "application/json")
              .POST(HttpRequest.BodyPublishers.ofString(json))
              .build(),
          HttpResponse.BodyHandlers.ofString());
    }
  }

  private static String payment(long id, String time) {
    return "{\"tx_id\": %d, \"ts\": \"%s\", \"customer_id\": 1, \"terminal_id\": 1, \"amount\": 9.99}"
        .formatted(id, time);
  }

  private static Ran ran(SmallFactory factory, String command, Object... more) {
    Ran ran = factory.run(command, more);
    assertThat(ran.exit()).as(ran.err()).isZero();
    return ran;
  }

  private static String anotherVersion(SmallFactory factory) {
    return VERSION
        .matcher(ran(factory, "models list").out())
        .results()
        .filter(line -> !line.group().endsWith("champion"))
        .findFirst()
        .orElseThrow()
        .group(1);
  }

  @Test
  void servesWhatWasBuiltAndDoesWhatTheOwnerSaysMeanwhile() throws Exception {
    SmallFactory factory = SmallFactory.in(folder);
    assertThat(factory.runToTheEnd().exit()).isZero();
    String other = anotherVersion(factory);
    ChildRun serving =
        ChildRun.start(List.of(), "serve", factory.folder(), "--port", 0, "--clock", "data");
    try {
      HttpResponse<String> decided = post(urlOf(serving), payment(900_001, "2018-05-26T00:00:00"));
      assertThat(decided.statusCode()).as(decided.body()).isEqualTo(200);
      assertThat(ran(factory, "sql", "SELECT count(*) FROM decisions WHERE tx_id = 900001").out())
          .contains(" 1\n");

      assertThat(ran(factory, "models promote", other, "--reason", "it is calmer").out())
          .contains(other + " by " + System.getProperty("user.name") + ": it is calmer");
      assertThat(ran(factory, "models list").out())
          .containsPattern(other + "  logistic .*  champion\\n");
      assertThat(ran(factory, "models show", "--model", "champion").out())
          .startsWith(other)
          .contains("liblinear=2.", "features:   ", " double", "folder: ");
      assertThat(ran(factory, "models rollback", "--reason", "too calm").out())
          .contains(": too calm");
      assertThat(ran(factory, "flywheel freeze", "--reason", "an audit").out())
          .contains("frozen: ");
      assertThat(ran(factory, "models list").out())
          .containsPattern("(?m)^frozen since .* by .*: an audit$");
      assertThat(factory.run("flywheel freeze", "--reason", "another").exit()).isEqualTo(5);
      assertThat(ran(factory, "flywheel resume", "--reason", "it is over").out())
          .contains("goes on");
      assertThat(ran(factory, "quarantine replay").err()).contains("payments: 0 taken in");
      Ran again = factory.run("models", "promote", other);
      assertThat(again.exit()).isEqualTo(2);
    } finally {
      serving.terminate();
      serving.end();
    }
    assertThat(AdminAccess.find(factory.folder().resolve("state"))).isEmpty();
    assertThat(ran(factory, "models rollback", "--reason", "calm again").out())
        .contains(other + " by ");
  }

  @Test
  void servesOnTheWallClock() throws Exception {
    SmallFactory factory = SmallFactory.in(folder);
    assertThat(factory.run("build", "--data", factory.data()).exit()).isZero();
    ChildRun serving = ChildRun.start(List.of(), "serve", factory.folder(), "--port", 0);
    try {
      String url = urlOf(serving);
      String now = Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
      assertThat(post(url, payment(900_001, now)).body()).contains("\"result\":\"decided\"");
      assertThat(post(url, payment(900_002, "2018-05-06T00:00:00")).body()).contains("max-late");
    } finally {
      serving.terminate();
      serving.end();
    }
  }

  @Test
  void saysThatNothingWasBuilt() throws IOException {
    SmallFactory factory = SmallFactory.in(folder);
    Ran ran = factory.run("serve");
    assertThat(ran.exit()).isEqualTo(5);
    assertThat(ran.err())
        .contains("nothing was built, so no model serves.\nMaybe `cromford build ");
    assertThat(factory.folder().resolve("state")).doesNotExist();
  }
}
