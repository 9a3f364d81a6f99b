package io.cromford.training.report;

import java.io.StringWriter;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.PrettyPrinter;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.util.DefaultIndenter;
import tools.jackson.core.util.DefaultPrettyPrinter;
import tools.jackson.core.util.Separators;
import tools.jackson.core.util.Separators.Spacing;

/// Writes a report as JSON: indented, numbers in their shortest exact form, `null` where a number
/// is not finite.
public final class JsonReport {
  private final JsonGenerator json;

  private JsonReport(JsonGenerator json) {
    this.json = json;
  }

  /// The text of one object.
  ///
  /// @param content writes its members
  public static String object(Consumer<JsonReport> content) {
    StringWriter text = new StringWriter();
    try (JsonGenerator generator =
        JsonFactory.builder().build().createGenerator(new Indented(), text)) {
      generator.writeStartObject();
      content.accept(new JsonReport(generator));
      generator.writeEndObject();
    }
    return text.append('\n').toString();
  }

  /// A member that is a text.
  public JsonReport text(String name, String value) {
    json.writeStringProperty(name, value);
    return this;
  }

  /// A member that is a whole number.
  public JsonReport whole(String name, long value) {
    json.writeNumberProperty(name, value);
    return this;
  }

  /// A member that is a number; `null` if it is not finite.
  public JsonReport number(String name, double value) {
    json.writeName(name);
    number(value);
    return this;
  }

  /// A member that is a truth value.
  public JsonReport truth(String name, boolean value) {
    json.writeBooleanProperty(name, value);
    return this;
  }

  /// A member that is an object.
  public JsonReport object(String name, Consumer<JsonReport> content) {
    json.writeObjectPropertyStart(name);
    content.accept(this);
    json.writeEndObject();
    return this;
  }

  /// A member that is an object of texts and numbers.
  public JsonReport values(String name, Map<String, ?> values) {
    return object(name, inner -> values.forEach(inner::value));
  }

  /// A member that is an array of objects, one for each item.
  public <T> JsonReport objects(String name, Iterable<T> items, BiConsumer<JsonReport, T> content) {
    json.writeArrayPropertyStart(name);
    for (T item : items) {
      json.writeStartObject();
      content.accept(this, item);
      json.writeEndObject();
    }
    json.writeEndArray();
    return this;
  }

  /// A member that is an array of texts.
  public JsonReport texts(String name, Iterable<String> values) {
    json.writeArrayPropertyStart(name);
    values.forEach(json::writeString);
    json.writeEndArray();
    return this;
  }

  /// A member that is an array of arrays of numbers, one for each item.
  public <T> JsonReport rows(String name, Iterable<T> items, Function<T, double[]> numbers) {
    json.writeArrayPropertyStart(name);
    for (T item : items) {
      json.writeStartArray();
      for (double value : numbers.apply(item)) {
        number(value);
      }
      json.writeEndArray();
    }
    json.writeEndArray();
    return this;
  }

  private void value(String name, Object value) {
    switch (value) {
      case Integer whole -> whole(name, whole);
      case Long whole -> whole(name, whole);
      case Number number -> number(name, number.doubleValue());
      default -> text(name, value.toString());
    }
  }

  private void number(double value) {
    if (Double.isFinite(value)) {
      json.writeNumber(value);
    } else {
      json.writeNull();
    }
  }

  /// One member a line; arrays of numbers on one line.
  private static final class Indented extends ObjectWriteContext.Base {
    @Override
    public PrettyPrinter getPrettyPrinter() {
      return new DefaultPrettyPrinter(
              Separators.createDefaultInstance().withObjectNameValueSpacing(Spacing.AFTER))
          .withObjectIndenter(new DefaultIndenter("  ", "\n"));
    }

    @Override
    public boolean hasPrettyPrinter() {
      return true;
    }
  }
}
