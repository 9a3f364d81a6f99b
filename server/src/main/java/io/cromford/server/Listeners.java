package io.cromford.server;

import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Who is sent the same events, and who of them does not keep up. For one thread.
final class Listeners {
  /// Events that may be missed before a listener is cut off.
  static final int PATIENCE = 5;

  /// Somebody who is sent events.
  interface Listener {
    /// Whether so much waits to be taken that no more is to be sent.
    boolean isBehind();

    /// Sends; does not wait.
    void send(Buffer event);

    /// Ends it because it does not take what is sent.
    void cut();

    /// Ends it.
    void end();
  }

  private final Map<Listener, Integer> missed = new LinkedHashMap<>();

  int count() {
    return missed.size();
  }

  void add(Listener listener) {
    missed.put(listener, 0);
  }

  /// @return false if it was gone already
  boolean remove(Listener listener) {
    return missed.remove(listener) != null;
  }

  /// Sends an event to whoever keeps up, and cuts off who has not for too long.
  void send(Buffer event) {
    for (Listener listener : all()) {
      if (!listener.isBehind()) {
        missed.put(listener, 0);
        listener.send(event);
      } else if (missed.merge(listener, 1, Integer::sum) > PATIENCE) {
        listener.cut();
      }
    }
  }

  /// Ends all.
  void end() {
    all().forEach(Listener::end);
  }

  private List<Listener> all() {
    return new ArrayList<>(missed.keySet());
  }
}
