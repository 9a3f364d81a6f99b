package io.cromford.serving.definition;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import tools.jackson.core.io.JsonStringEncoder;

/// JSON for people: two spaces a level, lists of words on one line.
final class JsonText {
  private JsonText() {}

  /// @param value of maps, lists, texts, numbers and booleans
  static String of(Object value) {
    return text(value, "\n") + "\n";
  }

  private static String text(Object value, String line) {
    return switch (value) {
      case Map<?, ?> map ->
          map.entrySet().stream()
              .map(e -> quoted(e.getKey()) + ": " + text(e.getValue(), line + "  "))
              .collect(Collectors.joining("," + line + "  ", "{" + line + "  ", line + "}"));
      case List<?> list when list.stream().noneMatch(Map.class::isInstance) ->
          list.stream().map(item -> text(item, line)).collect(Collectors.joining(", ", "[", "]"));
      case List<?> list ->
          list.stream()
              .map(item -> text(item, line + "  "))
              .collect(Collectors.joining("," + line + "  ", "[" + line + "  ", line + "]"));
      case String text -> quoted(text);
      default -> String.valueOf(value);
    };
  }

  private static String quoted(Object text) {
    StringBuilder quoted = new StringBuilder("\"");
    JsonStringEncoder.getInstance().quoteAsString(String.valueOf(text), quoted);
    return quoted.append('"').toString();
  }
}
