package io.cromford.server;

import io.cromford.core.CromfordException;
import io.cromford.core.ErrorCode;
import io.cromford.serving.Result;
import java.util.Arrays;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.json.JsonFactory;

/// Reads a request's body into a batch: one record, a JSON array, an object with `items`, or one
/// record a line.
///
/// Values stay texts: a number reaches its contract as it was written, however long its fraction or
/// exponent. What is not JSON makes the whole body unreadable, as nobody can tell where the next
/// record starts; in the form with a record a line only that line. For one thread.
final class BatchReader {
  /// What a text may be; the contract has its own limits below these.
  private static final StreamReadConstraints LIMITS =
      StreamReadConstraints.builder()
          .maxNestingDepth(16)
          .maxNumberLength(1_000)
          .maxStringLength(1 << 20)
          .maxNameLength(1_000)
          .build();

  private static final JsonFactory JSON =
      JsonFactory.builder().streamReadConstraints(LIMITS).build();

  /// What the parser says of itself.
  private static final Pattern OWN_NAMES =
      Pattern.compile("(, from )?`StreamReadConstraints[^`]*`");

  private static final String ITEMS = "items";

  private final int maxItems;

  BatchReader(int maxItems) {
    this.maxItems = maxItems;
  }

  /// Reads a JSON body.
  ///
  /// @throws CromfordException INPUT_UNREADABLE if it is not JSON, TOO_LARGE if it has too many
  ///   items
  Batch read(byte[] body, ItemReader items) {
    try (JsonParser parser = parser(body, 0, body.length)) {
      try {
        return readBody(body, parser, items);
      } catch (JacksonException e) {
        TokenStreamLocation location =
            e.getLocation() == null ? parser.currentLocation() : e.getLocation();
        throw unreadable("the body is not JSON%s: %s".formatted(place(location), message(e)));
      }
    }
  }

  private Batch readBody(byte[] body, JsonParser parser, ItemReader items) {
    if (parser.nextToken() == null) {
      throw unreadable("the body is empty.\nMaybe send a record as a JSON object.");
    }
    Batch batch = readTop(body, parser, items);
    if (parser.nextToken() != null) {
      throw unreadable(
          "the body holds more than one JSON text%s.\nMaybe send an array, or one record a line as application/x-ndjson."
              .formatted(place(parser.currentTokenLocation())));
    }
    return batch;
  }

  /// Reads a body of one record a line; empty lines are skipped.
  ///
  /// @throws CromfordException TOO_LARGE if it has too many lines
  Batch readLines(byte[] body, ItemReader items) {
    Batch batch = new Batch(false);
    int line = 0;
    for (int from = 0; from < body.length; ) {
      int to = from;
      while (to < body.length && body[to] != '\n') {
        to++;
      }
      line++;
      if (!isBlank(body, from, to)) {
        checkSize(batch);
        readLine(Arrays.copyOfRange(body, from, to), line, items, batch);
      }
      from = to + 1;
    }
    return batch;
  }

  private static void readLine(byte[] text, int line, ItemReader items, Batch batch) {
    Batch one = new Batch(true);
    try (JsonParser parser = parser(text, 0, text.length)) {
      parser.nextToken();
      items.read(text, parser, one);
      if (parser.nextToken() == null) {
        batch.addAll(one);
        return;
      }
      batch.refuse(refused("json", "", "line %d holds more than one JSON text".formatted(line)));
    } catch (JacksonException e) {
      int column = e.getLocation() == null ? 0 : e.getLocation().getColumnNr();
      batch.refuse(
          refused(
              "json",
              "",
              "line %d, column %d is not JSON: %s".formatted(line, column, message(e))));
    }
  }

  private Batch readTop(byte[] body, JsonParser parser, ItemReader items) {
    return switch (parser.currentToken()) {
      case START_ARRAY -> readItems(body, parser, items);
      case START_OBJECT -> {
        if (startsWithItems(body, parser)) {
          yield readWrapped(body, parser, items);
        }
        Batch batch = new Batch(true);
        items.read(body, parser, batch);
        yield batch;
      }
      default ->
          throw unreadable(
              "the body is neither a JSON object nor an array.\nMaybe send a record as a JSON object.");
    };
  }

  private Batch readWrapped(byte[] body, JsonParser parser, ItemReader items) {
    parser.nextToken();
    if (parser.nextToken() != JsonToken.START_ARRAY) {
      throw unreadable("`items` is not an array%s".formatted(place(parser.currentTokenLocation())));
    }
    Batch batch = readItems(body, parser, items);
    if (parser.nextToken() != JsonToken.END_OBJECT) {
      throw unreadable(
          "there is more than `items` in the body%s"
              .formatted(place(parser.currentTokenLocation())));
    }
    return batch;
  }

  private Batch readItems(byte[] body, JsonParser parser, ItemReader items) {
    Batch batch = new Batch(false);
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      checkSize(batch);
      items.read(body, parser, batch);
    }
    return batch;
  }

  private void checkSize(Batch batch) {
    if (batch.size() == maxItems) {
      throw new CromfordException(
          ErrorCode.TOO_LARGE,
          "the batch has more than %d items.\nMaybe send it in parts.".formatted(maxItems));
    }
  }

  /// Whether the object the parser stands at has `items` as its first name: a list, not a record.
  private static boolean startsWithItems(byte[] body, JsonParser parser) {
    int at = (int) parser.currentTokenLocation().getByteOffset() + 1;
    while (at < body.length && isSpace(body[at])) {
      at++;
    }
    String start = "\"" + ITEMS + "\"";
    for (int i = 0; i < start.length(); i++) {
      if (at + i >= body.length || body[at + i] != start.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  private static boolean isBlank(byte[] body, int from, int to) {
    for (int i = from; i < to; i++) {
      if (!isSpace(body[i])) {
        return false;
      }
    }
    return true;
  }

  private static boolean isSpace(byte b) {
    return b == ' ' || b == '\n' || b == '\r' || b == '\t';
  }

  /// A parser of a part of a body, whose offsets count from `from`, with this class's limits.
  static JsonParser parser(byte[] body, int from, int to) {
    return JSON.createParser(ObjectReadContext.empty(), body, from, to - from);
  }

  /// A record that does not reach the factory.
  static Result refused(String rule, String column, String message) {
    return new Result.Refused(ErrorCode.RECORD_REFUSED, rule, column, message);
  }

  static CromfordException unreadable(String message) {
    return new CromfordException(ErrorCode.INPUT_UNREADABLE, message);
  }

  private static String place(TokenStreamLocation location) {
    return " at line %d, column %d".formatted(location.getLineNr(), location.getColumnNr());
  }

  private static String message(JacksonException e) {
    String message = OWN_NAMES.matcher(String.valueOf(e.getOriginalMessage())).replaceAll("");
    return message.length() > 200 ? message.substring(0, 200) + "…" : message;
  }
}
