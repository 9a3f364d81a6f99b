package io.cromford.bench.flywheel;

import io.cromford.core.CromfordException;
import io.cromford.core.ErrorCode;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.LongFunction;

/// Single requests over kept connections: as fast as they are answered, or at the times of a fixed
/// rate whether or not earlier ones are answered.
final class HttpLoad {
  /// As many as wait for each other's commits at a busy endpoint.
  static final int CONNECTIONS = 16;

  private static final int MOST_SAMPLES = 4_000_000;

  private final URI url;
  private final String path;
  private final LongFunction<String> bodies;
  private final int connections;
  private final AtomicLong numbers = new AtomicLong();

  /// @param url of the endpoint
  /// @param path where the requests go
  /// @param bodies gives the body of each request by its number
  /// @param connections one sends them in their order
  HttpLoad(URI url, String path, LongFunction<String> bodies, int connections) {
    this.url = url;
    this.path = path;
    this.bodies = bodies;
    this.connections = connections;
  }

  /// How long answers took; in open load from when each was to be sent.
  ///
  /// @param count how many there were
  /// @param seconds in which
  /// @param median in milliseconds; NaN without an answer
  /// @param p99 the 99th percentile
  /// @param p999 the 99.9th
  record Answers(int count, double seconds, double median, double p99, double p999) {
    private static Answers of(int[] micros, double seconds) {
      Arrays.sort(micros);
      return new Answers(
          micros.length, seconds, millis(micros, 0.5), millis(micros, 0.99), millis(micros, 0.999));
    }

    private static double millis(int[] sorted, double share) {
      int at = (int) Math.ceil(share * sorted.length) - 1;
      return sorted.length == 0 ? Double.NaN : sorted[Math.max(0, at)] / 1000.0;
    }

    double perSecond() {
      return count / seconds;
    }
  }

  /// Sends the next request as soon as one is answered, on each connection.
  Answers closed(double seconds) {
    return run(0, within(seconds));
  }

  /// Goes on for so long from now.
  static BooleanSupplier within(double seconds) {
    long end = System.nanoTime() + (long) (seconds * 1e9);
    return () -> System.nanoTime() < end;
  }

  /// Sends at a fixed rate, as long as a condition holds.
  ///
  /// @param rate requests a second
  Answers open(double rate, BooleanSupplier goOn) {
    return run(rate, goOn);
  }

  private Answers run(double rate, BooleanSupplier goOn) {
    int[] micros = new int[MOST_SAMPLES];
    AtomicLong taken = new AtomicLong();
    AtomicLong scheduled = new AtomicLong();
    long start = System.nanoTime();
    List<Thread> threads = new ArrayList<>();
    List<Throwable> failures = new ArrayList<>();
    for (int i = 0; i < connections; i++) {
      threads.add(
          Thread.ofPlatform()
              .start(() -> {
                try (Connection connection = new Connection(url)) {
                  while (goOn.getAsBoolean()) {
                    long due =
                        rate == 0
                            ? System.nanoTime()
                            : start + (long) (scheduled.getAndIncrement() * 1e9 / rate);
                    await(due);
                    connection.send(path, bodies.apply(numbers.getAndIncrement()));
                    int at = (int) taken.getAndIncrement();
                    if (at < MOST_SAMPLES) {
                      micros[at] = (int) ((System.nanoTime() - due) / 1000);
                    }
                  }
                } catch (IOException | RuntimeException failure) {
                  synchronized (failures) {
                    failures.add(failure);
                  }
                }
              }));
    }
    join(threads);
    if (!failures.isEmpty()) {
      throw new CromfordException(
          ErrorCode.EXTERNAL, "a request failed: " + failures.getFirst(), failures.getFirst());
    }
    int count = (int) Math.min(MOST_SAMPLES, taken.get());
    return Answers.of(Arrays.copyOf(micros, count), (System.nanoTime() - start) / 1e9);
  }

  private static void await(long nanos) {
    for (long left = nanos - System.nanoTime(); left > 0; left = nanos - System.nanoTime()) {
      LockSupport.parkNanos(left);
    }
  }

  private static void join(List<Thread> threads) {
    try {
      for (Thread thread : threads) {
        thread.join();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CromfordException(ErrorCode.UNAVAILABLE, "interrupted", e);
    }
  }

  /// A connection that stays open.
  private static final class Connection implements AutoCloseable {
    private final Socket socket;
    private final String host;
    private final OutputStream out;
    private final InputStream in;
    private final byte[] line = new byte[8192];

    Connection(URI url) throws IOException {
      socket = new Socket(InetAddress.getByName(url.getHost()), url.getPort());
      socket.setTcpNoDelay(true);
      host = url.getHost() + ":" + url.getPort();
      out = socket.getOutputStream();
      in = new BufferedInputStream(socket.getInputStream());
    }

    void send(String path, String body) throws IOException {
      String head =
          "POST %s HTTP/1.1\r\nHost: %s\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n"
              .formatted(path, host, body.length());
      out.write((head + body).getBytes(StandardCharsets.US_ASCII));
      String status = readLine();
      if (!status.contains(" 200 ")) {
        throw new UncheckedIOException(new IOException("it answered: " + status));
      }
      int length = 0;
      for (String header = readLine(); !header.isEmpty(); header = readLine()) {
        if (header.regionMatches(true, 0, "content-length:", 0, 15)) {
          length = Integer.parseInt(header.substring(15).strip());
        }
      }
      in.skipNBytes(length);
    }

    private String readLine() throws IOException {
      int length = 0;
      for (int next = in.read(); next != '\n'; next = in.read()) {
        if (next < 0) {
          throw new IOException("the endpoint closed the connection");
        }
        line[length++] = (byte) next;
      }
      return new String(line, 0, Math.max(0, length - 1), StandardCharsets.US_ASCII);
    }

    @Override
    public void close() throws IOException {
      socket.close();
    }
  }
}
