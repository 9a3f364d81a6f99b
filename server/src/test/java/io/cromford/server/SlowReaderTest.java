package io.cromford.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.cromford.server.ServerOptions.LoadLimits;
import io.cromford.server.ServerOptions.Patience;
import io.cromford.server.ServerOptions.RequestLimits;
import io.cromford.server.ServerOptions.StreamLimits;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Who opens a stream and does not read it, over a real socket with a small buffer, with a thousand
/// events a second.
@Timeout(120)
class SlowReaderTest {
  private static final int PLACES = 3;

  /// What is kept at most for one that does not read: the operating system's buffers on both sides,
  /// the queue of its connection, and what one event is.
  private static final int KEPT_BYTES = 400_000;

  private final FakeFactory factory = new FakeFactory();
  private final Wire wire =
      new Wire(
          Server.start(
              factory,
              new ServerOptions(
                  "127.0.0.1",
                  0,
                  RequestLimits.USUAL,
                  LoadLimits.USUAL,
                  Patience.USUAL,
                  new StreamLimits(PLACES, Duration.ofMillis(1)))));

  @AfterEach
  void stop() {
    wire.close();
    factory.close();
  }

  /// Asks for the stream, with as little room for it as there can be.
  private Socket listen() throws IOException {
    Socket socket = new Socket();
    socket.setReceiveBufferSize(4096);
    socket.setSoTimeout(60_000);
    socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), wire.server.port()));
    socket
        .getOutputStream()
        .write("GET /v1/stream HTTP/1.1\r\nhost: localhost\r\n\r\n".getBytes(UTF_8));
    return socket;
  }

  private void awaitStreams(int count) throws Exception {
    while (!wire.get("/metrics").body().contains("cromford_http_streams %d.0".formatted(count))) {
      Thread.onSpinWait();
    }
  }

  private static void hear(BufferedReader lines, int events) throws IOException {
    for (int i = 0; i < events; i++) {
      String line = lines.readLine();
      while (!line.startsWith("data: ")) {
        line = lines.readLine();
      }
    }
  }

  @Test
  void cutsOffWhoDoesNotReadWhileOthersGoOn() throws Exception {
    try (Socket never = listen();
        Socket dripping = listen();
        Socket quick = listen();
        BufferedReader lines =
            new BufferedReader(new InputStreamReader(quick.getInputStream(), UTF_8))) {
      Thread listener = Thread.ofVirtual().start(() -> hearOn(lines));
      awaitStreams(PLACES);
      InputStream drip = dripping.getInputStream();
      while (!wire.get("/metrics").body().contains("cromford_http_streams 1.0")) {
        assertThat(drip.read()).isNotNegative();
        assertThat(wire.post("/v1/decisions", ServerTest.payment(1, "1")).statusCode())
            .as("decisions go on")
            .isEqualTo(200);
      }
      assertThat(listener.isAlive()).as("who reads goes on").isTrue();
      assertThat(rest(never)).isBetween(1_000, KEPT_BYTES);
      assertThat(rest(dripping)).isBetween(1_000, KEPT_BYTES);
      quick.shutdownOutput();
      listener.join();
    }
    awaitStreams(0);
  }

  /// Reads until the stream ends.
  private static void hearOn(BufferedReader lines) {
    try {
      while (lines.readLine() != null) {
        Thread.onSpinWait();
      }
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /// How many bytes still come.
  private static int rest(Socket socket) throws IOException {
    int bytes = 0;
    try {
      for (int next = socket.getInputStream().read();
          next >= 0;
          next = socket.getInputStream().read()) {
        bytes++;
      }
    } catch (IOException e) {
      assertThat(e).hasMessageContaining("reset");
    }
    return bytes;
  }

  /// One that vanished without a word looks like one that does not read.
  @Test
  void freesThePlacesOfThoseThatVanished() throws Exception {
    try (Socket _ = listen();
        Socket _ = listen();
        Socket _ = listen()) {
      awaitStreams(PLACES);
      HttpResponse<String> refused = wire.get("/v1/stream");
      assertThat(refused.statusCode()).isEqualTo(503);
      assertThat(refused.body()).contains("3 streams are open", "Maybe close a page");
      awaitStreams(0);
      try (Socket again = listen();
          BufferedReader lines =
              new BufferedReader(new InputStreamReader(again.getInputStream(), UTF_8))) {
        hear(lines, 3);
      }
    }
  }
}
