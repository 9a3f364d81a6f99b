package io.cromford.serving.delivery;

import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;

/// Sends a parcel, and says what came of it. Follows no redirect, checks certificates, reads no
/// more of an answer than its head, and waits no longer than [#PATIENCE].
final class Wire implements AutoCloseable {
  private static final Duration CONNECT = Duration.ofSeconds(5);
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final HttpClient client =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .followRedirects(HttpClient.Redirect.NEVER)
          .connectTimeout(CONNECT)
          .build();

  /// What came of a parcel that was not taken.
  ///
  /// @param why in words, without the address, which may hold a secret
  /// @param goesOn whether others may fare better now
  record Failure(String why, boolean goesOn) {}

  /// Sends.
  ///
  /// @return empty if it was taken
  /// @throws InterruptedException if the thread is
  Optional<Failure> send(Target.Parcel parcel) throws InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(parcel.url())
            .timeout(PATIENCE)
            .header("Content-Type", "application/json")
            .header("User-Agent", "cromford")
            .POST(HttpRequest.BodyPublishers.ofString(parcel.body()));
    parcel.headers().forEach(request::header);
    try {
      HttpResponse<InputStream> answer =
          client.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
      answer.body().close();
      return verdict(answer.statusCode());
    } catch (IOException e) {
      return Optional.of(
          new Failure("no answer (%s)".formatted(e.getClass().getSimpleName()), false));
    }
  }

  private static Optional<Failure> verdict(int status) {
    if (status >= 200 && status < 300) {
      return Optional.empty();
    }
    boolean isRedirect = status >= 300 && status < 400;
    boolean isBusy = status >= 500 || status == 408 || status == 429;
    String why = "HTTP " + status + (isRedirect ? ", a redirect, which is not followed" : "");
    return Optional.of(new Failure(why, !isBusy && !isRedirect));
  }

  @Override
  public void close() {
    client.shutdownNow();
  }
}
