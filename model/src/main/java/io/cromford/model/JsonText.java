package io.cromford.model;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/// A small JSON object being written, compactly, in the order of the calls: the same calls give the
/// same bytes.
final class JsonText {
  private static final JsonFactory JSON = new JsonFactory();

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final JsonGenerator generator = JSON.createGenerator(ObjectWriteContext.empty(), out);

  JsonText() {
    generator.writeStartObject();
  }

  JsonText with(String name, String value) {
    generator.writeStringProperty(name, value);
    return this;
  }

  JsonText with(String name, long value) {
    generator.writeNumberProperty(name, value);
    return this;
  }

  /// A moment, as ISO-8601 text in UTC.
  JsonText withInstant(String name, long millis) {
    return with(name, Instant.ofEpochMilli(millis).toString());
  }

  /// An object, which is ended.
  JsonText with(String name, JsonText object) {
    generator.writeName(name);
    generator.writeRawValue(new String(object.bytes(), UTF_8).strip());
    return this;
  }

  /// A finite number, as the shortest text that gives the same double again.
  JsonText with(String name, double value) {
    generator.writeName(name);
    generator.writeNumber(Double.toString(value));
    return this;
  }

  JsonText with(String name, double[] values) {
    generator.writeArrayPropertyStart(name);
    for (double value : values) {
      generator.writeNumber(Double.toString(value));
    }
    generator.writeEndArray();
    return this;
  }

  JsonText with(String name, List<String> values) {
    generator.writeArrayPropertyStart(name);
    values.forEach(generator::writeString);
    generator.writeEndArray();
    return this;
  }

  /// An object of texts, in the map's order.
  JsonText with(String name, Map<String, String> values) {
    generator.writeObjectPropertyStart(name);
    values.forEach(generator::writeStringProperty);
    generator.writeEndObject();
    return this;
  }

  /// Ends the object, with a newline.
  byte[] bytes() {
    generator.writeEndObject();
    generator.writeRaw('\n');
    generator.close();
    return out.toByteArray();
  }
}
