package io.cromford.server;

import io.cromford.core.CromfordException;
import io.cromford.core.ErrorCode;
import io.cromford.core.Suggestions;
import io.cromford.serving.Action;
import io.cromford.serving.DecisionSearch;
import io.cromford.serving.DecisionSearch.Page;
import io.cromford.serving.DecisionSearch.Scores;
import io.cromford.serving.DecisionSearch.Times;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/// Reads the body of `POST /v1/decisions/search`: an object in which each key may be left out.
final class SearchJson {
  private static final List<String> KEYS =
      List.of("where", "actions", "score", "from", "until", "limit", "cursor");

  private static final int USUAL_LIMIT = 50;

  private final JsonParser parser;
  private final Map<String, String> where = new LinkedHashMap<>();
  private final Set<Action> actions = EnumSet.noneOf(Action.class);
  private Scores scores = Scores.ALL;
  private Optional<Instant> from = Optional.empty();
  private Optional<Instant> until = Optional.empty();
  private int limit = USUAL_LIMIT;
  private OptionalInt cursor = OptionalInt.empty();

  private SearchJson(JsonParser parser) {
    this.parser = parser;
  }

  /// Reads a body.
  ///
  /// @throws CromfordException INPUT_UNREADABLE if it is no such object, USAGE if it asks for what
  ///   cannot be
  static DecisionSearch read(byte[] body) {
    try (JsonParser parser = BatchReader.parser(body, 0, body.length)) {
      return new SearchJson(parser).read();
    } catch (JacksonException _) {
      throw unreadable("the body is not JSON");
    }
  }

  private DecisionSearch read() {
    if (parser.nextToken() != JsonToken.START_OBJECT) {
      throw unreadable("the body is no JSON object");
    }
    for (String key = parser.nextName(); key != null; key = parser.nextName()) {
      parser.nextToken();
      read(key);
    }
    return new DecisionSearch(
        where, actions, scores, new Times(from, until), new Page(limit, cursor));
  }

  private void read(String key) {
    switch (key) {
      case "where" -> readWhere();
      case "actions" -> readActions();
      case "score" -> readScore();
      case "from" -> from = Optional.of(instant(key));
      case "until" -> until = Optional.of(instant(key));
      case "limit" -> limit = number(key);
      case "cursor" -> cursor = OptionalInt.of(number(key));
      default ->
          throw new CromfordException(
              ErrorCode.USAGE,
              Suggestions.nearest(key, KEYS)
                  .map(near ->
                      "`%.64s` is nothing that is asked for.\nMaybe you meant `%s`."
                          .formatted(key, near))
                  .orElse(
                      "`%.64s` is nothing that is asked for.\nMaybe one of %s."
                          .formatted(key, String.join(", ", KEYS))));
    }
  }

  private void readWhere() {
    require(parser.currentToken() == JsonToken.START_OBJECT, "`where` is no object of columns");
    for (String column = parser.nextName(); column != null; column = parser.nextName()) {
      JsonToken value = parser.nextToken();
      require(
          value == JsonToken.VALUE_STRING || value == JsonToken.VALUE_NUMBER_INT,
          "a column that is looked for has a text or a whole number");
      where.put(column, parser.getString());
    }
  }

  private void readActions() {
    require(parser.currentToken() == JsonToken.START_ARRAY, "`actions` is no list");
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      require(parser.currentToken() == JsonToken.VALUE_STRING, "an action is a text");
      actions.add(action(parser.getString()));
    }
  }

  private static Action action(String text) {
    return Arrays.stream(Action.values())
        .filter(action -> action.text().equals(text))
        .findFirst()
        .orElseThrow(() -> {
          String names =
              Arrays.stream(Action.values()).map(Action::text).collect(Collectors.joining(", "));
          return new CromfordException(
              ErrorCode.USAGE, "`%.64s` is no action.\nMaybe one of %s.".formatted(text, names));
        });
  }

  private void readScore() {
    require(
        parser.currentToken() == JsonToken.START_OBJECT, "`score` is no object of least and most");
    double least = 0;
    double most = 1;
    for (String end = parser.nextName(); end != null; end = parser.nextName()) {
      JsonToken value = parser.nextToken();
      require(value.isNumeric(), "an end of `score` is a number");
      require(end.equals("least") || end.equals("most"), "`score` has `least` and `most`");
      least = end.equals("least") ? parser.getDoubleValue() : least;
      most = end.equals("most") ? parser.getDoubleValue() : most;
    }
    scores = new Scores(least, most);
  }

  private Instant instant(String key) {
    require(parser.currentToken() == JsonToken.VALUE_STRING, "`" + key + "` is no moment");
    try {
      return Instant.parse(parser.getString());
    } catch (DateTimeParseException e) {
      throw new CromfordException(
          ErrorCode.INPUT_UNREADABLE,
          "`%s` is no moment.\nMaybe write it like 2018-07-01T00:00:00Z.".formatted(key),
          e);
    }
  }

  private int number(String key) {
    require(
        parser.currentToken() == JsonToken.VALUE_NUMBER_INT, "`" + key + "` is no whole number");
    long value = parser.getLongValue();
    require(value >= 0 && value <= Integer.MAX_VALUE, "`" + key + "` is out of range");
    return (int) value;
  }

  private static void require(boolean holds, String message) {
    if (!holds) {
      throw unreadable(message);
    }
  }

  private static CromfordException unreadable(String message) {
    return new CromfordException(
        ErrorCode.INPUT_UNREADABLE,
        message
            + ".\nMaybe write it like {\"where\": {\"entity\": \"12\"}, \"actions\": [\"alert\"]}.");
  }
}
