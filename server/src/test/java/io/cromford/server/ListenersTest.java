package io.cromford.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ListenersTest {
  private final Listeners listeners = new Listeners();

  private final class Listener implements Listeners.Listener {
    private final List<String> heard = new ArrayList<>();
    private boolean behind;

    @Override
    public boolean isBehind() {
      return behind;
    }

    @Override
    public void send(Buffer event) {
      heard.add(event.toString());
    }

    @Override
    public void cut() {
      heard.add("cut off");
      listeners.remove(this);
    }

    @Override
    public void end() {
      heard.add("ended");
      listeners.remove(this);
    }
  }

  private Listener listener() {
    Listener listener = new Listener();
    listeners.add(listener);
    return listener;
  }

  private void send(int from, int until) {
    for (int i = from; i < until; i++) {
      listeners.send(Buffer.buffer(Integer.toString(i)));
    }
  }

  @Test
  void cutsOffWhoDoesNotListen() {
    Listener quick = listener();
    Listener slow = listener();
    slow.behind = true;
    send(0, Listeners.PATIENCE);
    assertThat(slow.heard).isEmpty();
    slow.behind = false;
    send(5, 6);
    slow.behind = true;
    send(6, 6 + Listeners.PATIENCE);
    assertThat(slow.heard).as("it caught up once").containsExactly("5");
    send(11, 12);
    assertThat(slow.heard).containsExactly("5", "cut off");
    assertThat(quick.heard).hasSize(12);
    assertThat(listeners.count()).isEqualTo(1);
    listeners.end();
    assertThat(quick.heard).endsWith("ended");
    assertThat(listeners.count()).isZero();
  }
}
