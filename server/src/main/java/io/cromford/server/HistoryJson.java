package io.cromford.server;

import io.cromford.core.CromfordException;
import io.cromford.core.ErrorCode;
import io.cromford.serving.DecisionService;
import io.cromford.serving.FactoryHistory.Entry;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/// The answer to `GET /v1/history`.
final class HistoryJson {
  private static final int USUAL_LIMIT = 200;
  private static final int ENTRY_BYTES = 200;

  private HistoryJson() {}

  /// What is asked for.
  ///
  /// @param since the factory time from which on
  /// @param until the factory time after which nothing is told
  /// @param limit the most entries
  record Asked(Instant since, Instant until, int limit) {
    /// Reads the query.
    ///
    /// @throws CromfordException USAGE if it does not hold
    static Asked of(@Nullable String since, @Nullable String until, @Nullable String limit) {
      return new Asked(
          since == null ? Instant.MIN : moment("since", since),
          until == null ? Instant.MAX : moment("until", until),
          limit == null ? USUAL_LIMIT : number(limit));
    }

    private static Instant moment(String name, String text) {
      try {
        return Instant.parse(text);
      } catch (DateTimeParseException e) {
        throw new CromfordException(
            ErrorCode.USAGE,
            "`%s` is no moment.\nMaybe write it like 2018-07-01T00:00:00Z.".formatted(name),
            e);
      }
    }

    private static int number(String text) {
      try {
        int limit = Integer.parseInt(text);
        if (limit >= 1 && limit <= DecisionService.MOST_HISTORY) {
          return limit;
        }
      } catch (NumberFormatException _) {
        // It is said below.
      }
      throw new CromfordException(
          ErrorCode.USAGE,
          "`limit` is no number from 1 to %d.\nMaybe leave it out."
              .formatted(DecisionService.MOST_HISTORY));
    }
  }

  /// The latest first.
  ///
  /// @param entries in order
  static byte[] of(List<Entry> entries, long atMillis, Asked asked) {
    List<Entry> latest =
        entries.reversed().stream()
            .filter(entry -> !entry.at().isBefore(asked.since()))
            .filter(entry -> !entry.at().isAfter(asked.until()))
            .limit(asked.limit())
            .toList();
    JsonBody body = new JsonBody(ENTRY_BYTES * (1 + latest.size()));
    JsonGenerator json = body.json();
    json.writeStartObject();
    json.writeStringProperty("at", Instant.ofEpochMilli(atMillis).toString());
    json.writeArrayPropertyStart("entries");
    latest.forEach(entry -> write(json, entry));
    json.writeEndArray();
    json.writeEndObject();
    return body.bytes();
  }

  private static void write(JsonGenerator json, Entry entry) {
    json.writeStartObject();
    json.writeStringProperty("at", entry.at().toString());
    json.writeStringProperty("what", entry.what());
    if (!entry.model().isEmpty()) {
      json.writeStringProperty("model", entry.model());
    }
    json.writeStringProperty("text", entry.text());
    json.writeEndObject();
  }
}
