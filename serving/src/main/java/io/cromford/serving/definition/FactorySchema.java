package io.cromford.serving.definition;

import io.cromford.serving.definition.ScalarType.JsonForm;
import io.cromford.serving.definition.Shape.ByForm;
import io.cromford.serving.definition.Shape.Named;
import io.cromford.serving.definition.Shape.Need;
import io.cromford.serving.definition.Shape.Section;
import io.cromford.serving.definition.Shape.Sequence;
import io.cromford.serving.definition.Shape.Word;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// The JSON Schema of a factory file, for editors: made from [FactoryShape], so that both have the
/// same keys. The reader checks more: names that refer to each other.
///
/// @see <a href="https://json-schema.org/draft/2020-12">JSON Schema, draft 2020-12</a>
public final class FactorySchema {
  /// The name of the published file.
  public static final String NAME = "factory.schema.json";

  private static final String VARIABLE = "\\$\\{";

  private FactorySchema() {}

  /// The schema as text, the same every time.
  public static String json() {
    Map<String, Object> schema = new LinkedHashMap<>();
    schema.put("$schema", "https://json-schema.org/draft/2020-12/schema");
    schema.put("title", "A Cromford factory");
    schema.put("description", "What factory.yaml holds. Made from the reader; do not edit.");
    schema.putAll(node(FactoryShape.FILE));
    return JsonText.of(schema);
  }

  private static Map<String, Object> node(Shape shape) {
    return switch (shape) {
      case Word(ScalarType type) -> word(type);
      case Section(var keys) -> section(keys);
      case Named(ScalarType names, Shape values) -> named(names, values);
      case Sequence(Shape items) -> ordered("type", "array", "minItems", 1, "items", node(items));
      case ByForm(var word, var section, var list) ->
          ordered(
              "anyOf",
              Stream.of(
                      Optional.<Shape>ofNullable(word),
                      Optional.<Shape>ofNullable(section),
                      Optional.<Shape>ofNullable(list))
                  .flatMap(Optional::stream)
                  .map(FactorySchema::node)
                  .toList());
    };
  }

  private static Map<String, Object> section(List<Shape.Key> keys) {
    Map<String, Object> properties = new LinkedHashMap<>();
    for (Shape.Key key : keys) {
      Map<String, Object> property = ordered("description", key.description());
      property.putAll(node(key.shape()));
      properties.put(key.name(), property);
    }
    Map<String, Object> section = ordered("type", "object", "properties", properties);
    List<String> required =
        keys.stream().filter(key -> key.need() == Need.REQUIRED).map(Shape.Key::name).toList();
    if (!required.isEmpty()) {
      section.put("required", required);
    }
    section.put("additionalProperties", false);
    return section;
  }

  private static Map<String, Object> named(ScalarType names, Shape values) {
    Map<String, Object> named = ordered("type", "object", "minProperties", 1);
    if (names.form() instanceof JsonForm.Text(String pattern)) {
      named.put("propertyNames", ordered("pattern", pattern));
    }
    named.put("additionalProperties", node(values));
    return named;
  }

  /// A word may also be a variable; a text may be written as a number or a boolean, since YAML
  /// reads `5` without quotes as one.
  private static Map<String, Object> word(ScalarType type) {
    return switch (type.form()) {
      case JsonForm.Text(String pattern) ->
          ordered("type", scalars(pattern), "pattern", pattern + "|" + VARIABLE);
      case JsonForm.Words(var words) when words.size() == 1 -> ordered("const", words.getFirst());
      case JsonForm.Words(var words) -> ordered("enum", words);
      case JsonForm.Whole(long least, long most) ->
          ordered(
              "type",
              List.of("integer", "string"),
              "minimum",
              least,
              "maximum",
              most,
              "pattern",
              VARIABLE);
      case JsonForm.Decimal(double least, double most) ->
          ordered(
              "type",
              List.of("number", "string"),
              "minimum",
              least,
              "maximum",
              most,
              "pattern",
              VARIABLE);
      case JsonForm.Bool() -> ordered("type", List.of("boolean", "string"), "pattern", VARIABLE);
    };
  }

  private static Object scalars(String pattern) {
    return pattern.startsWith("^") ? "string" : List.of("string", "number", "boolean");
  }

  private static Map<String, Object> ordered(Object... keysAndValues) {
    Map<String, Object> map = new LinkedHashMap<>();
    for (int i = 0; i < keysAndValues.length; i += 2) {
      map.put((String) keysAndValues[i], keysAndValues[i + 1]);
    }
    return map;
  }
}
