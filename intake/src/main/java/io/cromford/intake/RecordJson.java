package io.cromford.intake;

import io.cromford.core.Schema;
import io.cromford.intake.RawRecord.Kind;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.core.json.JsonFactory;

/// Records as JSON objects: one field per column, scalars only. Not for threads.
public final class RecordJson {
  private static final JsonFactory FACTORY = new JsonFactory();

  private final Map<String, Integer> columns = new HashMap<>();

  /// Objects whose fields are named as the schema's columns.
  public RecordJson(Schema schema) {
    this(schema, Map.of());
  }

  /// Objects whose fields have names of their own.
  ///
  /// @param names schema name → name in the object, where they differ
  public RecordJson(Schema schema, Map<String, String> names) {
    for (int i = 0; i < schema.size(); i++) {
      String name = schema.column(i).name();
      columns.put(names.getOrDefault(name, name), i);
    }
  }

  /// Reads the object that a parser stands at.
  ///
  /// Fields that the schema does not know become extras, which the contract refuses; fields that
  /// appear twice are a defect.
  ///
  /// @param parser stands at the object's opening brace; afterwards at its closing one
  /// @throws StreamReadException if the text is not JSON
  public void read(JsonParser parser, RawRecord into) {
    into.clear();
    if (parser.currentToken() != JsonToken.START_OBJECT) {
      into.setDefect(BrokenRule.JSON, "", "the record is not a JSON object");
      parser.skipChildren();
      return;
    }
    for (String name = parser.nextName(); name != null; name = parser.nextName()) {
      parser.nextToken();
      Integer column = columns.get(name);
      if (column == null) {
        into.addExtra(name, text(parser));
      } else if (into.kind(column) != Kind.ABSENT) {
        into.setDefect(
            BrokenRule.FIELD_TWICE, name, "the field `%s` appears twice".formatted(name));
        into.addExtra(name, text(parser));
      } else {
        readValue(parser, into, column);
      }
    }
  }

  /// Reads a text that holds one object.
  ///
  /// @return whether it is one; if not, the record has a defect and holds the text as an extra
  public boolean read(String text, RawRecord into) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return read(bytes, 0, bytes.length, into);
  }

  boolean read(byte[] bytes, int from, int to, RawRecord into) {
    try (JsonParser parser =
        FACTORY.createParser(ObjectReadContext.empty(), bytes, from, to - from)) {
      parser.nextToken();
      read(parser, into);
      if (parser.nextToken() != null) {
        into.setDefect(BrokenRule.JSON, "", "there is more than one JSON value");
      }
    } catch (StreamReadException e) {
      into.clear();
      into.setDefect(BrokenRule.JSON, "", "the line is not JSON: " + place(e));
    }
    if (into.defect() == null) {
      return true;
    }
    into.addExtra("line", RawRecord.decode(bytes, from, to));
    return false;
  }

  /// Where a parser stopped, without the text that it stopped at.
  static String place(StreamReadException e) {
    return "column %d".formatted(e.getLocation() == null ? 0 : e.getLocation().getColumnNr());
  }

  private static void readValue(JsonParser parser, RawRecord into, int column) {
    switch (parser.currentToken()) {
      case VALUE_NULL -> into.setNull(column);
      case VALUE_STRING -> into.setText(column, parser.getString());
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT ->
          into.set(column, Kind.NUMBER, utf8(parser.getString()));
      case VALUE_TRUE, VALUE_FALSE -> into.set(column, Kind.BOOLEAN, utf8(parser.getString()));
      default -> into.set(column, Kind.NESTED, utf8(text(parser)));
    }
  }

  private static String text(JsonParser parser) {
    if (!parser.currentToken().isStructStart()) {
      return parser.getString();
    }
    StringWriter text = new StringWriter();
    try (JsonGenerator generator = FACTORY.createGenerator(ObjectWriteContext.empty(), text)) {
      generator.copyCurrentStructure(parser);
    }
    return text.toString();
  }

  static String write(RawRecord record) {
    StringWriter text = new StringWriter();
    try (JsonGenerator generator = FACTORY.createGenerator(ObjectWriteContext.empty(), text)) {
      generator.writeStartObject();
      for (int i = 0; i < record.schema().size(); i++) {
        writeValue(generator, record, i);
      }
      for (RawRecord.Extra extra : record.extras()) {
        generator.writeStringProperty(extra.name(), extra.value());
      }
      generator.writeEndObject();
    }
    return text.toString();
  }

  private static void writeValue(JsonGenerator generator, RawRecord record, int column) {
    String name = record.schema().column(column).name();
    String value = record.text(column);
    if (record.kind(column) == Kind.ABSENT) {
      return;
    }
    generator.writeName(name);
    if (value == null) {
      generator.writeNull();
    } else if (record.kind(column) == Kind.TEXT) {
      generator.writeString(value);
    } else {
      generator.writeRawValue(value);
    }
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
