package io.cromford.server;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Holds values against the part of JSON Schema that the OpenAPI document uses.
final class OpenApiSchema {
  private final Map<String, Object> document;

  OpenApiSchema(Map<String, Object> document) {
    this.document = document;
  }

  /// What does not hold, as paths with reasons; empty if all does.
  List<String> problems(Object schema, Object value, String path) {
    List<String> problems = new ArrayList<>();
    check(JsonTree.object(schema), value, path, problems);
    return problems;
  }

  private void check(Map<String, Object> schema, Object value, String path, List<String> problems) {
    schema.forEach((keyword, argument) -> {
      switch (keyword) {
        case "$ref" -> check(resolve((String) argument), value, path, problems);
        case "type" -> require(isOfType(argument, value), path, "is no " + argument, problems);
        case "const" -> require(argument.equals(value), path, "is not " + argument, problems);
        case "enum" ->
            require(
                JsonTree.array(argument).contains(value), path, "is none of " + argument, problems);
        case "minimum" ->
            require(
                ((BigDecimal) value).compareTo((BigDecimal) argument) >= 0, path, "low", problems);
        case "maximum" ->
            require(
                ((BigDecimal) value).compareTo((BigDecimal) argument) <= 0, path, "high", problems);
        case "minLength" ->
            require(((String) value).length() >= whole(argument), path, "is short", problems);
        case "maxLength" ->
            require(((String) value).length() <= whole(argument), path, "is long", problems);
        case "minItems" ->
            require(((List<?>) value).size() >= whole(argument), path, "has few", problems);
        case "maxItems" ->
            require(((List<?>) value).size() <= whole(argument), path, "has many", problems);
        case "pattern" ->
            require(((String) value).matches((String) argument), path, "is odd", problems);
        case "oneOf" -> oneOf(JsonTree.array(argument), value, path, problems);
        case "items" -> items(argument, value, path, problems);
        case "properties" -> properties(schema, value, path, problems);
        case "required", "additionalProperties", "description", "format" -> {}
        default -> throw new AssertionError("a keyword this checker does not know: " + keyword);
      }
    });
  }

  private void oneOf(List<Object> choices, Object value, String path, List<String> problems) {
    List<List<String>> each =
        choices.stream().map(choice -> problems(choice, value, path)).toList();
    long holding = each.stream().filter(List::isEmpty).count();
    require(holding == 1, path, holding + " of the choices hold: " + each, problems);
  }

  private static int whole(Object argument) {
    return ((BigDecimal) argument).intValueExact();
  }

  private void items(Object schema, Object value, String path, List<String> problems) {
    if (value instanceof List<?> elements) {
      for (int i = 0; i < elements.size(); i++) {
        check(JsonTree.object(schema), elements.get(i), path + "[" + i + "]", problems);
      }
    }
  }

  private void properties(
      Map<String, Object> schema, Object value, String path, List<String> problems) {
    if (!(value instanceof Map<?, ?> members)) {
      return;
    }
    Map<String, Object> known = JsonTree.object(schema.get("properties"));
    for (Object name : JsonTree.array(schema.getOrDefault("required", List.of()))) {
      require(members.containsKey(name), path, "lacks " + name, problems);
    }
    members.forEach((name, member) -> {
      if (known.containsKey(name)) {
        check(JsonTree.object(known.get(name)), member, path + "." + name, problems);
      } else if (Boolean.FALSE.equals(schema.get("additionalProperties"))) {
        problems.add(path + " has the unknown " + name);
      }
    });
  }

  private Map<String, Object> resolve(String reference) {
    Object found = document;
    for (String step : reference.substring(2).split("/")) {
      found = JsonTree.object(found).get(step);
    }
    if (found == null) {
      throw new AssertionError("nothing at " + reference);
    }
    return JsonTree.object(found);
  }

  private static boolean isOfType(Object type, Object value) {
    if (type instanceof List<?> types) {
      return types.stream().anyMatch(each -> isOfType(each, value));
    }
    return switch ((String) type) {
      case "object" -> value instanceof Map;
      case "array" -> value instanceof List;
      case "string" -> value instanceof String;
      case "boolean" -> value instanceof Boolean;
      case "number" -> value instanceof BigDecimal;
      case "integer" -> value instanceof BigDecimal number && number.scale() <= 0;
      case "null" -> value == null;
      default -> throw new AssertionError(type);
    };
  }

  private static void require(boolean holds, String path, String problem, List<String> problems) {
    if (!holds) {
      problems.add(path + " " + problem);
    }
  }
}
