package io.cromford.bench.console;

import io.cromford.core.CromfordException;
import io.cromford.core.ErrorCode;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/// The system's Chromium, without a window, to be measured with.
public final class Chromium implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Duration POLL = Duration.ofMillis(50);
  private static final List<String> FLAGS =
      List.of(
          "--headless=new",
          "--no-sandbox",
          "--disable-gpu",
          "--disable-quic",
          "--no-first-run",
          "--disable-background-networking",
          "--disable-component-update",
          "--disable-sync",
          "--remote-debugging-port=0");

  private final Process process;
  private final DevTools tools;

  private Chromium(Process process, DevTools tools) {
    this.process = process;
    this.tools = tools;
  }

  /// Starts one.
  ///
  /// @param profile an empty folder
  /// @throws CromfordException `EXTERNAL` if none is installed or it does not start
  public static Chromium start(Path profile) {
    List<String> command = new ArrayList<>();
    command.add(executable().toString());
    command.addAll(FLAGS);
    command.add("--user-data-dir=" + profile.toAbsolutePath());
    command.add("about:blank");
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      return new Chromium(process, new DevTools(address(profile, process)));
    } catch (IOException e) {
      throw new CromfordException(
          ErrorCode.EXTERNAL, "Chromium does not start: " + e.getMessage(), e);
    }
  }

  private static Path executable() {
    return Stream.of("/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome")
        .map(Path::of)
        .filter(Files::isExecutable)
        .findFirst()
        .orElseThrow(() ->
            new CromfordException(
                ErrorCode.EXTERNAL,
                "no Chromium is installed.\nMaybe apt-get install chromium: the console is measured in it."));
  }

  /// Where it listens, which it writes into its profile.
  private static URI address(Path profile, Process process) throws IOException {
    Path file = profile.resolve("DevToolsActivePort");
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (System.nanoTime() < deadline && process.isAlive()) {
      List<String> lines = Files.exists(file) ? Files.readAllLines(file) : List.of();
      if (lines.size() >= 2) {
        return URI.create("ws://127.0.0.1:%s%s".formatted(lines.get(0), lines.get(1)));
      }
      pause(POLL);
    }
    process.destroy();
    throw new CromfordException(
        ErrorCode.EXTERNAL,
        "Chromium does not say where it listens.\nMaybe it cannot run here: try `chromium --headless --version`.");
  }

  static void pause(Duration time) {
    try {
      Thread.sleep(time);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CromfordException(ErrorCode.UNAVAILABLE, "interrupted", e);
    }
  }

  /// Opens a page that knows nothing of any other: no cache, no storage.
  public Tab open(URI url) {
    String context =
        tools
            .call(null, "Target.createBrowserContext", Map.of())
            .get("browserContextId")
            .asString();
    JsonNode target =
        tools.call(
            null,
            "Target.createTarget",
            Map.of(
                "url", "about:blank", "browserContextId", context, "width", 1280, "height", 900));
    JsonNode attached =
        tools.call(
            null,
            "Target.attachToTarget",
            Map.of("targetId", target.get("targetId").asString(), "flatten", true));
    return Tab.open(tools, context, attached.get("sessionId").asString(), url);
  }

  @Override
  public void close() {
    tools.close();
    process.destroy();
    try {
      process.waitFor();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
