package io.cromford.serving.definition;

import io.cromford.serving.definition.YamlNode.Entry;
import io.cromford.serving.definition.YamlNode.Mapping;
import io.cromford.serving.definition.YamlNode.Scalar;
import io.cromford.serving.definition.YamlNode.Sequence;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// As much of JSON Schema as the factory's uses, over YAML nodes: what an editor would say.
final class JsonSchemaCheck {
  private JsonSchemaCheck() {}

  static boolean accepts(Map<String, YamlNode> schema, YamlNode node) {
    return schema.entrySet().stream()
        .allMatch(keyword -> holds(keyword.getKey(), keyword.getValue(), schema, node));
  }

  static Map<String, YamlNode> object(YamlNode node) {
    return ((Mapping) node)
        .entries().stream().collect(Collectors.toMap(entry -> entry.key().text(), Entry::value));
  }

  private static boolean holds(
      String keyword, YamlNode value, Map<String, YamlNode> schema, YamlNode node) {
    return switch (keyword) {
      case "$schema", "title", "description", "properties" -> true;
      case "type" -> texts(value).anyMatch(type -> isType(type, node));
      case "pattern" -> !isType("string", node) || matches(value, node);
      case "const", "enum" -> texts(value).anyMatch(word -> word.equals(text(node)));
      case "minimum" -> !isType("number", node) || number(node).compareTo(number(value)) >= 0;
      case "maximum" -> !isType("number", node) || number(node).compareTo(number(value)) <= 0;
      case "minItems" -> !(node instanceof Sequence list) || !list.items().isEmpty();
      case "minProperties" -> !(node instanceof Mapping map) || !map.entries().isEmpty();
      case "items" ->
          !(node instanceof Sequence list)
              || list.items().stream().allMatch(item -> accepts(object(value), item));
      case "anyOf" ->
          ((Sequence) value).items().stream().anyMatch(option -> accepts(object(option), node));
      case "required" ->
          !(node instanceof Mapping map) || texts(value).allMatch(object(map)::containsKey);
      case "propertyNames" ->
          !(node instanceof Mapping map)
              || map.entries().stream().allMatch(e -> accepts(object(value), quoted(e.key())));
      case "additionalProperties" ->
          !(node instanceof Mapping map)
              || map.entries().stream().allMatch(e -> property(e, value, schema));
      default -> throw new IllegalArgumentException("a keyword not known here: " + keyword);
    };
  }

  /// A key is always a text.
  private static Scalar quoted(Scalar key) {
    return new Scalar(key.text(), false, key.place());
  }

  private static boolean property(Entry entry, YamlNode others, Map<String, YamlNode> schema) {
    YamlNode properties = schema.get("properties");
    YamlNode known = properties == null ? null : object(properties).get(entry.key().text());
    if (known != null) {
      return accepts(object(known), entry.value());
    }
    return others instanceof Mapping mapping && accepts(object(mapping), entry.value());
  }

  private static boolean matches(YamlNode pattern, YamlNode node) {
    return Pattern.compile(text(pattern)).matcher(text(node)).find();
  }

  private static boolean isType(String type, YamlNode node) {
    return switch (type) {
      case "object" -> node instanceof Mapping;
      case "array" -> node instanceof Sequence;
      case "string" -> node instanceof Scalar scalar && !scalar.isNull() && !isTyped(scalar);
      case "boolean" -> node instanceof Scalar scalar && scalar.plain() && isBoolean(scalar);
      case "integer" ->
          node instanceof Scalar scalar && scalar.plain() && scalar.text().matches("-?\\d+");
      case "number" -> node instanceof Scalar scalar && scalar.plain() && isNumber(scalar);
      default -> throw new IllegalArgumentException(type);
    };
  }

  private static boolean isTyped(Scalar scalar) {
    return scalar.plain() && (isBoolean(scalar) || isNumber(scalar));
  }

  private static boolean isBoolean(Scalar scalar) {
    return scalar.text().equals("true") || scalar.text().equals("false");
  }

  private static boolean isNumber(Scalar scalar) {
    return scalar.text().matches("[-+]?(\\.\\d+|\\d+(\\.\\d*)?)([eE][-+]?\\d+)?");
  }

  private static BigDecimal number(YamlNode node) {
    return new BigDecimal(text(node));
  }

  private static Stream<String> texts(YamlNode node) {
    return node instanceof Sequence(List<YamlNode> items, _)
        ? items.stream().map(JsonSchemaCheck::text)
        : Stream.of(text(node));
  }

  private static String text(YamlNode node) {
    return node instanceof Scalar scalar ? scalar.text() : "";
  }
}
