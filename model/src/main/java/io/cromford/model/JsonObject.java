package io.cromford.model;

import io.cromford.core.CromfordException;
import io.cromford.core.ErrorCode;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;

/// A small JSON object read whole, whose members are asked for by name and type.
///
/// Numbers stay texts until their type is known.
final class JsonObject {
  private static final JsonFactory JSON =
      JsonFactory.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(32)
                  .maxDocumentLength(64 << 20)
                  .maxNumberLength(100)
                  .build())
          .build();

  /// A number, as written.
  private record Numeral(String text) {}

  private final String file;
  private final Map<String, @Nullable Object> members;

  private JsonObject(String file, Map<String, @Nullable Object> members) {
    this.file = file;
    this.members = members;
  }

  /// Reads an object.
  ///
  /// @param file the file's name, for messages
  /// @throws CromfordException INPUT_UNREADABLE if it is not one JSON object
  static JsonObject parse(byte[] json, String file) {
    try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), json)) {
      JsonToken first = parser.nextToken();
      if (first != JsonToken.START_OBJECT) {
        throw unreadable(file, "is not a JSON object");
      }
      Map<String, @Nullable Object> members = object(parser);
      if (parser.nextToken() != null) {
        throw unreadable(file, "goes on after its end");
      }
      return new JsonObject(file, members);
    } catch (JacksonException e) {
      throw new CromfordException(
          ErrorCode.INPUT_UNREADABLE,
          "%s: is not JSON: %s".formatted(file, e.getOriginalMessage()),
          e);
    }
  }

  private static Map<String, @Nullable Object> object(JsonParser parser) {
    Map<String, @Nullable Object> members = new LinkedHashMap<>();
    while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
      String name = parser.currentName();
      parser.nextToken();
      members.put(name, value(parser));
    }
    return members;
  }

  private static @Nullable Object value(JsonParser parser) {
    return switch (parser.currentToken()) {
      case START_OBJECT -> object(parser);
      case START_ARRAY -> array(parser);
      case VALUE_NULL -> null;
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      case VALUE_STRING -> parser.getString();
      default -> new Numeral(parser.getString());
    };
  }

  private static List<@Nullable Object> array(JsonParser parser) {
    List<@Nullable Object> elements = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      elements.add(value(parser));
    }
    return elements;
  }

  /// A text member.
  String text(String name) {
    return member(name, String.class, "text");
  }

  /// An integer member of 32 bits.
  int integer(String name) {
    return parsed(name, member(name, Numeral.class, "number"), Integer::parseInt);
  }

  /// An integer member of 64 bits.
  long longInteger(String name) {
    return parsed(name, member(name, Numeral.class, "number"), Long::parseLong);
  }

  /// A moment, as milliseconds since 1970.
  long instant(String name) {
    String text = text(name);
    try {
      return Instant.parse(text).toEpochMilli();
    } catch (DateTimeParseException | ArithmeticException e) {
      throw unreadable("has `%s` in `%s`, not a moment".formatted(text, name));
    }
  }

  /// A number member.
  double number(String name) {
    return parsed(name, member(name, Numeral.class, "number"), Double::parseDouble);
  }

  /// An array of numbers.
  double[] numbers(String name) {
    List<?> elements = member(name, List.class, "array");
    double[] numbers = new double[elements.size()];
    for (int i = 0; i < numbers.length; i++) {
      if (!(elements.get(i) instanceof Numeral numeral)) {
        throw unreadable("has something else than a number in `%s`".formatted(name));
      }
      numbers[i] = parsed(name, numeral, Double::parseDouble);
    }
    return numbers;
  }

  /// An array of texts.
  List<String> texts(String name) {
    List<String> texts = new ArrayList<>();
    for (Object element : member(name, List.class, "array")) {
      if (!(element instanceof String text)) {
        throw unreadable("has something else than a text in `%s`".formatted(name));
      }
      texts.add(text);
    }
    return texts;
  }

  /// An object member.
  @SuppressWarnings("unchecked") // maps are made by object() alone
  JsonObject object(String name) {
    return new JsonObject(file, member(name, Map.class, "object"));
  }

  /// All members as texts: numbers and truth values as written.
  Map<String, String> texts() {
    Map<String, String> texts = new LinkedHashMap<>();
    members.forEach((name, value) ->
        texts.put(name, value instanceof Numeral(String text) ? text : String.valueOf(value)));
    return texts;
  }

  private <T> T member(String name, Class<T> type, String what) {
    Object value = members.get(name);
    if (!type.isInstance(value)) {
      throw unreadable("lacks the %s `%s`".formatted(what, name));
    }
    return type.cast(value);
  }

  private <T> T parsed(String name, Numeral numeral, Function<String, T> parser) {
    try {
      return parser.apply(numeral.text());
    } catch (NumberFormatException e) {
      throw unreadable("has `%s` in `%s`".formatted(numeral.text(), name));
    }
  }

  /// A failure that names the file.
  CromfordException unreadable(String what) {
    return unreadable(file, what);
  }

  private static CromfordException unreadable(String file, String what) {
    return new CromfordException(ErrorCode.INPUT_UNREADABLE, "%s: %s".formatted(file, what));
  }
}
