package io.cromford.bench.console;

import io.cromford.core.CromfordException;
import io.cromford.core.ErrorCode;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The line to a browser: commands that are answered, and events of its pages.
///
/// @see <a href="https://chromedevtools.github.io/devtools-protocol/">Chrome DevTools Protocol</a>
final class DevTools implements AutoCloseable {
  private static final long PATIENCE_SECONDS = 60;
  private static final JsonMapper JSON = JsonMapper.shared();

  private final HttpClient client = HttpClient.newHttpClient();
  private final AtomicInteger numbers = new AtomicInteger();
  private final Map<Integer, CompletableFuture<JsonNode>> asked = new ConcurrentHashMap<>();
  private final Map<String, Consumer<JsonNode>> listeners = new ConcurrentHashMap<>();
  private final WebSocket socket;

  DevTools(URI at) {
    this.socket = client.newWebSocketBuilder().buildAsync(at, new Ear()).join();
  }

  /// Has all events of a page told to somebody, on a thread of the line's.
  void listen(String session, Consumer<JsonNode> listener) {
    listeners.put(session, listener);
  }

  void forget(String session) {
    listeners.remove(session);
  }

  /// Gives a command and waits for its answer.
  ///
  /// @param session the page; null for the browser itself
  JsonNode call(@Nullable String session, String method, Map<String, ?> parameters) {
    int number = numbers.incrementAndGet();
    CompletableFuture<JsonNode> answer = new CompletableFuture<>();
    asked.put(number, answer);
    Map<String, Object> message = new HashMap<>();
    message.put("id", number);
    message.put("method", method);
    message.put("params", parameters);
    if (session != null) {
      message.put("sessionId", session);
    }
    try {
      synchronized (socket) {
        socket.sendText(JSON.writeValueAsString(message), true).join();
      }
      JsonNode said = answer.orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join();
      if (said.has("error")) {
        throw new CromfordException(
            ErrorCode.EXTERNAL, "the browser refused %s: %s".formatted(method, said.get("error")));
      }
      return said.path("result");
    } catch (CompletionException e) {
      throw new CromfordException(
          ErrorCode.EXTERNAL, "the browser does not answer %s: %s".formatted(method, e), e);
    }
  }

  @Override
  public void close() {
    socket.abort();
    client.shutdownNow();
  }

  private void heard(JsonNode message) {
    if (message.has("id")) {
      CompletableFuture<JsonNode> waits = asked.remove(message.get("id").asInt());
      if (waits != null) {
        waits.complete(message);
      }
    } else {
      Consumer<JsonNode> listener = listeners.get(message.path("sessionId").asString(""));
      if (listener != null) {
        listener.accept(message);
      }
    }
  }

  /// Puts messages together.
  private final class Ear implements WebSocket.Listener {
    private final StringBuilder text = new StringBuilder();

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence part, boolean last) {
      text.append(part);
      if (last) {
        heard(JSON.readTree(text.toString()));
        text.setLength(0);
      }
      from.request(1);
      return null;
    }
  }
}
