package io.cromford.app;

import io.cromford.core.CromfordException;
import io.cromford.core.ErrorCode;
import io.cromford.core.Progress;
import io.cromford.intake.ArrivalStream;
import io.cromford.intake.Arrived;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// Sends what lies in files through the running endpoint, in the order of arrival.
final class Feed {
  private static final int BATCH = 1000;

  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final URI records;

  /// @param url where the endpoint is
  Feed(String url) {
    this.records = URI.create(url + "/v1/records");
  }

  /// Sends the first record and all after it, and waits for each batch's answer.
  ///
  /// @param first null if there is nothing to send
  /// @return how many were sent
  long send(@Nullable Arrived first, ArrivalStream rest, Progress.Step step) {
    long sent = 0;
    Arrived next = first;
    while (next != null) {
      StringBuilder body = new StringBuilder(BATCH * 200);
      int size = 0;
      while (next != null && size < BATCH) {
        append(body, next);
        size++;
        next = rest.next();
      }
      post(body.toString());
      sent += size;
      step.at(sent);
    }
    return sent;
  }

  private static void append(StringBuilder body, Arrived arrived) {
    body.append("{\"source\":\"").append(arrived.source().name());
    body.append("\",\"record\":").append(arrived.raw().toJson());
    body.append(",\"replay\":{\"arrival\":").append(arrived.arrivalMillis());
    body.append(",\"file\":\"").append(escaped(arrived.origin().file()));
    body.append("\",\"row\":").append(arrived.origin().row());
    body.append(",\"line\":").append(arrived.origin().line()).append("}}\n");
  }

  private static String escaped(String text) {
    return text.replace("\\", "\\\\").replace("\"", "\\\"");
  }

  private void post(String body) {
    HttpRequest request =
        HttpRequest.newBuilder(records)
            .header("Content-Type", "application/x-ndjson")
            .POST(HttpRequest.BodyPublishers.ofString(body, StandardCharsets.UTF_8))
            .build();
    try {
      HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
      if (answer.statusCode() != 200 && answer.statusCode() != 207) {
        throw new CromfordException(
            ErrorCode.EXTERNAL,
            "the endpoint answered a batch with %d: %s"
                .formatted(answer.statusCode(), shortened(answer.body())));
      }
      if (answer.statusCode() == 207 && answer.body().contains("\"failed\"")) {
        throw new CromfordException(
            ErrorCode.EXTERNAL, "the endpoint could not take a part of a batch.");
      }
    } catch (IOException e) {
      throw new CromfordException(
          ErrorCode.EXTERNAL, "the endpoint does not answer: " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CromfordException(ErrorCode.UNAVAILABLE, "interrupted while sending.", e);
    }
  }

  private static String shortened(String text) {
    return text.length() <= 300 ? text : text.substring(0, 300) + "…";
  }
}
