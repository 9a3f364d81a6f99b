package io.cromford.server;

import io.cromford.intake.ContractResult.Refused;
import io.cromford.intake.Origin;
import io.cromford.intake.RawRecord;
import io.cromford.serving.Submission;
import io.cromford.serving.Submission.Replay;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/// Reads items that name their source: `{"source": "payments", "record": {…}, "replay": {"arrival":
/// 1525564800000, "file": "a.csv", "identity": "3f…", "row": 6, "line": 8}}`.
///
/// `replay` may be absent; its names must stand for what a file's reader knew. The names may come
/// in any order; a record that comes before its source is read again from its bytes.
final class EnvelopeItems implements ItemReader {
  private static final String ADVICE = "\nMaybe send {\"source\": \"…\", \"record\": {…}}.";

  private final Sources sources;

  EnvelopeItems(Sources sources) {
    this.sources = sources;
  }

  /// What was found so far in one item.
  private static final class Envelope {
    @Nullable String source;
    Sources.@Nullable Reader reader;
    @Nullable RawRecord record;
    @Nullable Replay replay;
    long recordStart = -1;
    long recordEnd = -1;
    String problem = "";

    void fail(String message) {
      problem = problem.isEmpty() ? message : problem;
    }
  }

  @Override
  public void read(byte[] body, JsonParser parser, Batch batch) {
    if (parser.currentToken() != JsonToken.START_OBJECT) {
      parser.skipChildren();
      batch.refuse(BatchReader.refused("json", "", "the item is not a JSON object." + ADVICE));
      return;
    }
    Envelope envelope = new Envelope();
    for (String name = parser.nextName(); name != null; name = parser.nextName()) {
      parser.nextToken();
      readMember(name, parser, envelope);
    }
    add(body, envelope, batch);
  }

  private void readMember(String name, JsonParser parser, Envelope envelope) {
    switch (name) {
      case "source" -> readSource(parser, envelope);
      case "record" -> readRecord(parser, envelope);
      case "replay" -> envelope.replay = readReplay(parser, envelope);
      default -> {
        parser.skipChildren();
        envelope.fail(
            "an item has no field of that name: only source, record and replay." + ADVICE);
      }
    }
  }

  private void readSource(JsonParser parser, Envelope envelope) {
    if (envelope.source != null) {
      envelope.fail("the field `source` appears twice");
    }
    if (parser.currentToken() != JsonToken.VALUE_STRING) {
      parser.skipChildren();
      envelope.fail("`source` is not a text." + ADVICE);
      return;
    }
    envelope.source = parser.getString();
    Optional<Sources.Reader> found = sources.find(envelope.source);
    if (found.isEmpty()) {
      envelope.fail(sources.unknown(envelope.source));
    }
    envelope.reader = found.orElse(null);
  }

  private static void readRecord(JsonParser parser, Envelope envelope) {
    if (envelope.recordStart >= 0) {
      envelope.fail("the field `record` appears twice");
    }
    Sources.@Nullable Reader reader = envelope.reader;
    envelope.recordStart = parser.currentTokenLocation().getByteOffset();
    if (reader == null) {
      parser.skipChildren();
      envelope.recordEnd = parser.currentLocation().getByteOffset();
    } else {
      RawRecord record = new RawRecord(reader.source().schema());
      reader.json().read(parser, record);
      envelope.record = record;
    }
  }

  private static @Nullable Replay readReplay(JsonParser parser, Envelope envelope) {
    String file = "";
    String identity = "";
    @Nullable Refused refusal = null;
    long arrival = -1;
    long row = -1;
    long line = -1;
    if (parser.currentToken() != JsonToken.START_OBJECT) {
      parser.skipChildren();
    } else {
      for (String name = parser.nextName(); name != null; name = parser.nextName()) {
        JsonToken value = parser.nextToken();
        switch (name) {
          case "file" -> file = value == JsonToken.VALUE_STRING ? parser.getString() : "";
          case "identity" -> identity = value == JsonToken.VALUE_STRING ? parser.getString() : "";
          case "arrival" -> arrival = integer(parser);
          case "row" -> row = integer(parser);
          case "line" -> line = integer(parser);
          case "refused" -> refusal = readRefusal(parser);
          default -> parser.skipChildren();
        }
      }
    }
    if (file.isEmpty() || identity.isEmpty() || arrival < 0 || row < 0 || line < 0) {
      envelope.fail(
          "`replay` needs the integers arrival, row and line and the texts file and identity");
      return null;
    }
    return new Replay(arrival, new Origin(file, identity, row, line), refusal);
  }

  private static @Nullable Refused readRefusal(JsonParser parser) {
    if (parser.currentToken() != JsonToken.START_OBJECT) {
      parser.skipChildren();
      return null;
    }
    Map<String, String> fields = new HashMap<>();
    for (String name = parser.nextName(); name != null; name = parser.nextName()) {
      boolean isText = parser.nextToken() == JsonToken.VALUE_STRING;
      fields.put(name, isText ? parser.getString() : "");
      parser.skipChildren();
    }
    String rule = fields.getOrDefault("rule", "");
    return rule.isEmpty()
        ? null
        : new Refused(
            rule, fields.getOrDefault("column", ""), "", fields.getOrDefault("message", rule));
  }

  private static long integer(JsonParser parser) {
    boolean fits =
        parser.currentToken() == JsonToken.VALUE_NUMBER_INT
            && parser.getNumberType() != JsonParser.NumberType.BIG_INTEGER;
    long value = fits ? parser.getLongValue() : -1;
    parser.skipChildren();
    return value;
  }

  private static void add(byte[] body, Envelope envelope, Batch batch) {
    if (envelope.source == null) {
      envelope.fail("the item names no source." + ADVICE);
    }
    if (envelope.recordStart < 0) {
      envelope.fail("the item has no record." + ADVICE);
    }
    Sources.@Nullable Reader reader = envelope.reader;
    if (!envelope.problem.isEmpty() || reader == null) {
      batch.refuse(BatchReader.refused("envelope", "", envelope.problem));
      return;
    }
    @Nullable RawRecord record = envelope.record;
    batch.add(
        new Submission(
            reader.source().name(),
            record != null ? record : readAgain(body, envelope, reader),
            envelope.replay));
  }

  private static RawRecord readAgain(byte[] body, Envelope envelope, Sources.Reader reader) {
    RawRecord record = new RawRecord(reader.source().schema());
    try (JsonParser parser =
        BatchReader.parser(body, (int) envelope.recordStart, (int) envelope.recordEnd)) {
      parser.nextToken();
      reader.json().read(parser, record);
    }
    return record;
  }
}
