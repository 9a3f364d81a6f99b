package io.cromford.server;

import java.io.ByteArrayOutputStream;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/// A JSON text being written into memory.
final class JsonBody {
  private static final JsonFactory JSON = new JsonFactory();

  private final ByteArrayOutputStream out;
  private final JsonGenerator generator;

  JsonBody() {
    this(256);
  }

  /// With room for so many bytes from the start.
  JsonBody(int size) {
    this.out = new ByteArrayOutputStream(size);
    this.generator = JSON.createGenerator(ObjectWriteContext.empty(), out);
  }

  JsonGenerator json() {
    return generator;
  }

  /// Writes a number, or null where JSON has no word for it.
  void number(String name, double value) {
    if (Double.isFinite(value)) {
      generator.writeNumberProperty(name, value);
    } else {
      generator.writeNullProperty(name);
    }
  }

  /// Ends the text.
  byte[] bytes() {
    generator.close();
    return out.toByteArray();
  }
}
