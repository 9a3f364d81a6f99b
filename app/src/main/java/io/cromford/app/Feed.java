package io.cromford.app;

import io.cromford.core.CromfordException;
import io.cromford.core.ErrorCode;
import io.cromford.core.Progress;
import io.cromford.intake.ArrivalStream;
import io.cromford.intake.Arrived;
import io.cromford.intake.ContractResult.Refused;
import io.cromford.intake.RawRecord;
import io.cromford.serving.DecisionService;
import io.cromford.serving.Result;
import io.cromford.serving.Submission;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Sends what lies in files through the running endpoint, in the order of arrival.
///
/// While the endpoint cannot take records (its disk is full) it is asked again each second, up to a
/// limit; a row that it did take meanwhile is known to it, so none is lost or taken twice. A row
/// that is larger than any body may be is handed to the factory itself, at its place in the order;
/// so is a refused one that the endpoint would not even read.
final class Feed {
  private static final int BATCH = 1000;

  /// A batch's characters; as UTF-8 they fit the endpoint's largest body.
  private static final int BATCH_CHARS = 2 << 20;

  /// The most characters of a record that the endpoint reads.
  private static final int RECORD_CHARS = 256 << 10;

  private static final int ODD_CHARS = 1000;

  private static final Duration PATIENCE = Duration.ofMinutes(5);
  private static final Duration PAUSE = Duration.ofSeconds(1);
  private static final JsonMapper JSON = JsonMapper.shared();

  /// Into how many parts the work is cut for progress.
  static final int STEPS = 1000;

  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final String url;
  private final URI records;
  private final DecisionService factory;
  private final StringBuilder body = new StringBuilder(BATCH * 200);
  private final Pace pace;
  private int size;

  /// @param url where the endpoint is
  /// @param factory what is behind it
  /// @param pace how fast records are sent
  Feed(String url, DecisionService factory, Pace pace) {
    this.url = url;
    this.records = URI.create(url + "/v1/records");
    this.factory = factory;
    this.pace = pace;
  }

  /// Where the endpoint is.
  String url() {
    return url;
  }

  /// Sends the first record and those after it, and waits for each batch's answer.
  ///
  /// @param first null if there is nothing to send
  /// @param enough whether a record and all after it are left
  /// @param step of [#STEPS]
  /// @return the record that was left; null if all were sent
  /// @throws CromfordException STORAGE or UNAVAILABLE if the endpoint could not take a record for
  ///   too long, EXTERNAL if it failed
  @Nullable Arrived send(
      @Nullable Arrived first, ArrivalStream rest, Predicate<Arrived> enough, Progress.Step step) {
    double start = rest.share();
    Arrived next = first;
    while (next != null && !enough.test(next)) {
      Duration early = pace.early(next.arrivalMillis());
      if (early.isPositive()) {
        flush();
        step.at(steps(rest, start));
        pause(early);
      }
      add(next);
      if (size == BATCH || body.length() >= BATCH_CHARS) {
        flush();
        step.at(steps(rest, start));
      }
      next = rest.next();
    }
    flush();
    return next;
  }

  private static long steps(ArrivalStream rest, double start) {
    return Math.round(STEPS * (rest.share() - start) / Math.max(1e-9, 1 - start));
  }

  private void add(Arrived arrived) {
    String line = line(arrived);
    if (line.length() > RECORD_CHARS || isOdd(arrived, line)) {
      flush();
      untilTaken(() -> hand(arrived));
    } else {
      body.append(line);
      size++;
    }
  }

  /// Whether a refused row holds what the endpoint may not even read: a number of a thousand
  /// digits, say, or arrays in arrays.
  private static boolean isOdd(Arrived arrived, String line) {
    boolean isNested = false;
    for (int i = 0; i < arrived.raw().schema().size(); i++) {
      isNested |= arrived.raw().kind(i) == RawRecord.Kind.NESTED;
    }
    return arrived.result() instanceof Refused && (isNested || line.length() > ODD_CHARS);
  }

  private void flush() {
    if (size > 0) {
      String batch = body.toString();
      untilTaken(() -> post(batch));
      body.setLength(0);
      size = 0;
    }
  }

  private static String line(Arrived arrived) {
    StringBuilder line = new StringBuilder(200);
    line.append("{\"source\":\"").append(arrived.source().name());
    line.append("\",\"record\":").append(arrived.raw().toJson());
    line.append(",\"replay\":{\"arrival\":").append(arrived.arrivalMillis());
    line.append(",\"file\":").append(text(arrived.origin().file()));
    line.append(",\"identity\":").append(text(arrived.origin().identity()));
    line.append(",\"row\":").append(arrived.origin().row());
    line.append(",\"line\":").append(arrived.origin().line());
    if (arrived.result() instanceof Refused refused) {
      line.append(",\"refused\":{\"rule\":").append(text(refused.rule()));
      line.append(",\"column\":").append(text(refused.column()));
      line.append(",\"message\":").append(text(refused.message())).append('}');
    }
    return line.append("}}\n").toString();
  }

  private static String text(String value) {
    return JSON.writeValueAsString(value);
  }

  /// Tries again until it is taken.
  ///
  /// @param attempt says why not yet; null once all is taken
  private static void untilTaken(Supplier<@Nullable CromfordException> attempt) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    CromfordException failure = attempt.get();
    while (failure != null) {
      if (System.nanoTime() - deadline >= 0) {
        throw failure;
      }
      pause(PAUSE);
      failure = attempt.get();
    }
  }

  private static void pause(Duration pause) {
    try {
      Thread.sleep(pause);
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  private @Nullable CromfordException hand(Arrived arrived) {
    Refused refusal = arrived.result() instanceof Refused refused ? refused : null;
    Submission.Replay replay =
        new Submission.Replay(arrived.arrivalMillis(), arrived.origin(), refusal);
    CompletableFuture<List<Result>> answer = new CompletableFuture<>();
    factory.submit(
        List.of(new Submission(arrived.source().name(), arrived.raw(), replay)), answer::complete);
    return answer.join().getFirst() instanceof Result.Failed(var code, var message)
        ? notTaken(new CromfordException(code, message))
        : null;
  }

  private @Nullable CromfordException post(String batch) {
    HttpResponse<byte[]> answer = send(batch);
    JsonNode said = JSON.readTree(answer.body());
    return switch (answer.statusCode()) {
      case 200 -> null;
      case 207 -> firstFailure(said);
      default -> notTaken(EndpointProblem.of(said));
    };
  }

  private static @Nullable CromfordException firstFailure(JsonNode batch) {
    for (JsonNode item : batch.path("items")) {
      if (item.path("result").asString("").equals("failed")) {
        return notTaken(EndpointProblem.of(item));
      }
    }
    return null;
  }

  /// A failure that may pass is given back; any other is thrown.
  private static CromfordException notTaken(CromfordException failure) {
    if (failure.code().category() != ErrorCode.Category.RESOURCE) {
      throw failure;
    }
    return failure;
  }

  private HttpResponse<byte[]> send(String batch) {
    HttpRequest request =
        HttpRequest.newBuilder(records)
            .header("Content-Type", "application/x-ndjson")
            .POST(HttpRequest.BodyPublishers.ofString(batch, StandardCharsets.UTF_8))
            .build();
    try {
      return client.send(request, HttpResponse.BodyHandlers.ofByteArray());
    } catch (IOException e) {
      throw new CromfordException(
          ErrorCode.EXTERNAL, "the endpoint does not answer: " + e.getMessage(), e);
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  private static CromfordException interrupted(InterruptedException e) {
    Thread.currentThread().interrupt();
    return new CromfordException(ErrorCode.UNAVAILABLE, "interrupted while sending.", e);
  }
}
