package io.cromford.bench.console;

import io.cromford.core.CromfordException;
import io.cromford.core.ErrorCode;
import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/// A page in a browser, and what it asked for.
public final class Tab implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Duration POLL = Duration.ofMillis(20);

  /// Notes when the page first shows what the factory said, as milliseconds since the address was
  /// entered: nothing in it waits any more, and that has been painted.
  private static final String WATCH =
      """
      (() => {
        const look = () => {
          const main = document.querySelector('main');
          if (main?.querySelector('h1') && main.querySelector('.card') && !main.querySelector('.loading')) {
            watch.disconnect();
            requestAnimationFrame(() => requestAnimationFrame(() => { window.usableAt = performance.now(); }));
          }
        };
        const watch = new MutationObserver(look);
        watch.observe(document, { childList: true, subtree: true });
      })()
      """;

  /// One request.
  ///
  /// @param url what was asked for
  /// @param bytes that came, as they were sent: compressed, with heads
  public record Request(String url, long bytes) {}

  private final DevTools tools;
  private final String context;
  private final String session;
  private final Map<String, Request> requests = new LinkedHashMap<>();

  private Tab(DevTools tools, String context, String session) {
    this.tools = tools;
    this.context = context;
    this.session = session;
  }

  static Tab open(DevTools tools, String context, String session, URI url) {
    Tab tab = new Tab(tools, context, session);
    tools.listen(session, tab::heard);
    tab.call("Network.enable", Map.of());
    tab.call("Page.enable", Map.of());
    tab.call("Page.addScriptToEvaluateOnNewDocument", Map.of("source", WATCH));
    tab.call("Page.navigate", Map.of("url", url.toString()));
    return tab;
  }

  private JsonNode call(String method, Map<String, ?> parameters) {
    return tools.call(session, method, parameters);
  }

  private synchronized void heard(JsonNode event) {
    JsonNode of = event.path("params");
    String id = of.path("requestId").asString("");
    switch (event.path("method").asString("")) {
      case "Network.requestWillBeSent" ->
          requests.put(id, new Request(of.path("request").path("url").asString(""), 0));
      case "Network.responseReceived" ->
          add(id, of.path("response").path("encodedDataLength").asLong(0));
      case "Network.dataReceived" -> add(id, of.path("encodedDataLength").asLong(0));
      case "Network.loadingFinished" -> end(id, of.path("encodedDataLength").asLong(0));
      default -> {
        // the others say nothing about requests
      }
    }
  }

  private void add(String id, long bytes) {
    requests.computeIfPresent(id, (_, one) -> new Request(one.url(), one.bytes() + bytes));
  }

  private void end(String id, long bytes) {
    requests.computeIfPresent(id, (_, one) -> new Request(one.url(), bytes));
  }

  /// What it asked for so far, in order.
  public synchronized List<Request> requests() {
    return List.copyOf(requests.values());
  }

  /// Waits until it shows what the factory said.
  ///
  /// @return milliseconds from the address to the picture
  public double usableMillis() {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (System.nanoTime() < deadline) {
      JsonNode at = evaluate("window.usableAt ?? null");
      if (at.isNumber()) {
        return at.asDouble();
      }
      Chromium.pause(POLL);
    }
    throw new CromfordException(
        ErrorCode.EXTERNAL,
        "the page shows nothing within %d s: %s"
            .formatted(PATIENCE.toSeconds(), evaluate("document.body.innerText").asString("")));
  }

  /// The value of an expression on the page.
  public JsonNode evaluate(String expression) {
    return call("Runtime.evaluate", Map.of("expression", expression, "returnByValue", true))
        .path("result")
        .path("value");
  }

  @Override
  public void close() {
    tools.forget(session);
    tools.call(null, "Target.disposeBrowserContext", Map.of("browserContextId", context));
  }
}
