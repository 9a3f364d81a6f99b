package io.cromford.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(240)
class AlarmsCommandTest {
  private static final String DAY = "2018-04-20";

  @TempDir private Path folder;

  /// A factory that lacks the outcomes of a day.
  private SmallFactory factory() throws IOException {
    SmallFactory factory = SmallFactory.in(folder);
    List<String> outcomes =
        Files.readAllLines(factory.data()).stream().filter(row -> !row.contains(DAY)).toList();
    Path file = folder.resolve("outcomes.csv");
    Files.write(file, outcomes);
    factory.edit(
        "read: {csv: \"${data}\", columns: {tx_id",
        "read: {csv: \"%s\", columns: {tx_id".formatted(file));
    return factory;
  }

  @Test
  void tellsAWebhookAndTakesAPersonsWord() throws Exception {
    BlockingQueue<String> hook = new LinkedBlockingQueue<>();
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          try (exchange) {
            byte[] body = exchange.getRequestBody().readAllBytes();
            exchange.sendResponseHeaders(204, -1);
            hook.add(new String(body, StandardCharsets.UTF_8));
          }
        });
    server.start();
    SmallFactory factory = factory();
    factory.edit(
        "features: features.sql",
        "features: features.sql\nalarms: {webhook: {url: \"http://127.0.0.1:%d/\"}}"
            .formatted(server.getAddress().getPort()));
    ran(factory, "build", "--data", factory.data());
    assertThat(ran(factory, "alarms list").out())
        .contains("open          outcomes/left-out  warning, since ")
        .contains("raised 1 times")
        .contains("what to do: docs/alarms.md#outcomes-left-out")
        .contains("webhook: was told nothing yet");
    ChildRun serving =
        ChildRun.start(List.of(), "serve", factory.folder(), "--port", 0, "--clock", "data");
    try {
      serving.awaitLine("serving on");
      assertThat(hook.poll(1, TimeUnit.MINUTES))
          .contains("\"status\":\"firing\",\"key\":\"outcomes/left-out\"");
      assertThat(ran(factory, "alarms ack", "outcomes/left-out", "--reason", "I ask").out())
          .isEqualTo("outcomes/left-out is acknowledged\n");
      assertThat(ran(factory, "alarms list").out())
          .contains("acknowledged  outcomes/left-out")
          .contains(": I ask\n");
      ran(factory, "alarms silence", "breach/*", "--for", "8h", "--reason", "a drill");
      ran(factory, "alarms resolve", "outcomes/left-out", "--reason", "the day is lost");
      assertThat(hook.poll(1, TimeUnit.MINUTES)).contains("\"status\":\"resolved\"");
    } finally {
      serving.terminate();
      serving.end();
      server.stop(0);
    }
    assertThat(ran(factory, "alarms list").out())
        .startsWith("no alarm is open\nended         outcomes/left-out")
        .contains(": the day is lost\n")
        .contains("webhook: told last ");
    assertThat(ran(factory, "history").out()).contains("breach/* until ", "outcomes/left-out, by ");
    assertThat(hook).isEmpty();
  }

  @Test
  void saysWhatIsLacking() throws IOException {
    SmallFactory factory = SmallFactory.in(folder);
    factory.edit(
        "features: features.sql",
        "features: features.sql\nalarms: {webhook: {url: \"http://127.0.0.1:1/\", secret-env: CROMFORD_NOT_SET}}");
    Ran serve = factory.run("serve");
    assertThat(serve.exit()).isEqualTo(2);
    assertThat(serve.err())
        .contains("the environment variable `CROMFORD_NOT_SET`")
        .contains("is not set.\nMaybe export it");
    assertThat(factory.run("alarms list").exit()).isEqualTo(3);
    assertThat(factory.run("alarms silence", "*", "--for", "soon", "--reason", "why").err())
        .contains("`soon` is no length of time.\nMaybe write it like 8h");
  }

  private static Ran ran(SmallFactory factory, String command, Object... more) {
    Ran ran = factory.run(command, more);
    assertThat(ran.exit()).as(ran.err()).isZero();
    return ran;
  }
}
