package io.cromford.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/// A client of a server in a test.
final class Wire implements AutoCloseable {
  final Server server;
  private final HttpClient client = HttpClient.newHttpClient();

  Wire(Server server) {
    this.server = server;
  }

  HttpResponse<String> get(String path) throws Exception {
    return client.send(request(path).GET().build(), BodyHandlers.ofString());
  }

  HttpResponse<String> post(String path, String body) throws Exception {
    return post(path, "application/json", body);
  }

  HttpResponse<String> post(String path, String type, String body) throws Exception {
    return client.send(postRequest(path, type, body), BodyHandlers.ofString());
  }

  java.util.concurrent.CompletableFuture<HttpResponse<String>> postLater(String path, String body) {
    return client.sendAsync(postRequest(path, "application/json", body), BodyHandlers.ofString());
  }

  private HttpRequest postRequest(String path, String type, String body) {
    return request(path).header("content-type", type).POST(BodyPublishers.ofString(body)).build();
  }

  HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(server.url() + path)).timeout(Duration.ofSeconds(60));
  }

  HttpResponse<String> send(HttpRequest request) throws Exception {
    return client.send(request, BodyHandlers.ofString());
  }

  HttpClient client() {
    return client;
  }

  /// A socket to the server, to write what no client library would.
  Socket socket() throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port());
    socket.setSoTimeout(60_000);
    return socket;
  }

  /// Sends bytes and reads until the server closes.
  String raw(String text) throws IOException {
    try (Socket socket = socket()) {
      socket.getOutputStream().write(text.getBytes(UTF_8));
      return rest(socket);
    }
  }

  /// All that comes until the server closes.
  static String rest(Socket socket) throws IOException {
    return new String(socket.getInputStream().readAllBytes(), UTF_8);
  }

  @Override
  public void close() {
    client.close();
    server.close();
  }
}
