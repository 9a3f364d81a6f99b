package io.cromford.server;

import io.cromford.server.ServerOptions.Patience;
import io.vertx.core.http.HttpConnection;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The open connections, and which of them a client has left hanging. For one thread.
///
/// Time is measured from the start of a phase to its end, not from byte to byte, so that a client
/// that drips cannot hold a connection.
final class Connections {
  /// What a connection waits for.
  enum Phase {
    /// The next request's head.
    IDLE,
    /// The rest of a request's body.
    READING,
    /// The factory; there is no limit.
    DECIDING,
    /// That the client takes the answer.
    WRITING,
    /// That the client stops sending what is not read any more; were the connection closed at once,
    /// it might lose the answer.
    LINGERING
  }

  private static final class State {
    Phase phase = Phase.IDLE;
    long sinceNanos;
    Consumer<HttpConnection> onTimeout = HttpConnection::close;
  }

  private static final long LINGER_NANOS = 1_000_000_000;

  private final Patience patience;
  private final int limit;
  private final Map<HttpConnection, State> open = new HashMap<>();

  Connections(Patience patience, int limit) {
    this.patience = patience;
    this.limit = limit;
  }

  /// Adds a connection, or closes it if there are too many.
  void opened(HttpConnection connection, long nowNanos) {
    if (open.size() >= limit) {
      connection.close();
      return;
    }
    State state = new State();
    state.sinceNanos = nowNanos;
    open.put(connection, state);
    connection.closeHandler(_ -> open.remove(connection));
  }

  int count() {
    return open.size();
  }

  /// A connection enters a phase.
  ///
  /// @param onTimeout what to do if it stays in it for too long
  void enters(
      HttpConnection connection, Phase phase, long nowNanos, Consumer<HttpConnection> onTimeout) {
    @Nullable State state = open.get(connection);
    if (state != null) {
      state.phase = phase;
      state.sinceNanos = nowNanos;
      state.onTimeout = onTimeout;
    }
  }

  /// A connection enters a phase, and is closed if it stays in it for too long.
  void enters(HttpConnection connection, Phase phase, long nowNanos) {
    enters(connection, phase, nowNanos, HttpConnection::close);
  }

  /// Ends what has taken too long.
  void sweep(long nowNanos) {
    for (Map.Entry<HttpConnection, State> entry : new ArrayList<>(open.entrySet())) {
      State state = entry.getValue();
      if (nowNanos - state.sinceNanos > allowedNanos(state.phase)) {
        state.onTimeout.accept(entry.getKey());
      }
    }
  }

  private long allowedNanos(Phase phase) {
    return switch (phase) {
      case IDLE -> patience.idle().toNanos();
      case READING -> patience.reading().toNanos();
      case DECIDING -> Long.MAX_VALUE;
      case WRITING -> patience.writing().toNanos();
      case LINGERING -> LINGER_NANOS;
    };
  }
}
