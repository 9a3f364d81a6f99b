package io.cromford.model;

import io.cromford.core.CromfordException;
import io.cromford.core.ErrorCode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.json.JsonFactory;

/// Reads XGBoost's JSON model format, one token after the other.
///
/// What it does not know it skips, so that a newer version's additions do no harm; what would
/// change a score (another booster or objective, categorical splits, several targets) it refuses.
///
/// @see <a href="https://xgboost.readthedocs.io/en/stable/tutorials/saving_model.html">Model IO</a>
final class TreeReader {
  /// The largest file.
  static final int MAX_BYTES = 1 << 29;

  /// The most trees.
  static final int MAX_TREES = 100_000;

  /// The most nodes in all trees together.
  static final int MAX_NODES = 1 << 24;

  /// The most features.
  static final int MAX_FEATURES = 1 << 16;

  private static final Pattern BASE_SCORE = Pattern.compile("\\[?([^\\[\\],]+)]?");

  private static final JsonFactory JSON =
      JsonFactory.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(64)
                  .maxNumberLength(100)
                  .maxStringLength(1 << 20)
                  .build())
          .build();

  private final String name;
  private final JsonParser parser;
  private final List<TreeNodes> trees = new ArrayList<>();
  private String baseScore = "";
  private String objective = "";
  private String booster = "";
  private int features;
  private int nodes;

  private TreeReader(String name, JsonParser parser) {
    this.name = name;
    this.parser = parser;
  }

  /// Reads an ensemble, which keeps the bytes.
  static TreeEnsemble read(byte[] json, String name) {
    if (json.length > MAX_BYTES) {
      throw unreadable(name, "has %d bytes; the limit is %d".formatted(json.length, MAX_BYTES));
    }
    try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), json)) {
      TreeReader reader = new TreeReader(name, parser);
      reader.readDocument();
      Trees trees = new TreeAssembly(name, reader.features, reader.trees).assemble();
      return new TreeEnsemble(trees, reader.probability(), json);
    } catch (JacksonException e) {
      throw new CromfordException(ErrorCode.INPUT_UNREADABLE, place(name, e), e);
    }
  }

  private void readDocument() {
    parser.nextToken();
    members(member -> {
      if (member.equals("learner")) {
        members(this::readLearner);
      } else {
        parser.skipChildren();
      }
    });
    if (parser.nextToken() != null) {
      throw unreadable("goes on after its end");
    }
    check();
  }

  private void readLearner(String member) {
    switch (member) {
      case "gradient_booster" -> members(this::readBooster);
      case "learner_model_param" -> members(this::readParameter);
      case "objective" -> members(this::readObjective);
      default -> parser.skipChildren();
    }
  }

  private void readBooster(String member) {
    switch (member) {
      case "name" -> booster = text();
      case "model" -> members(this::readModel);
      default -> parser.skipChildren();
    }
  }

  private void readObjective(String member) {
    if (member.equals("name")) {
      objective = text();
    } else {
      parser.skipChildren();
    }
  }

  private void readParameter(String member) {
    switch (member) {
      case "base_score" -> baseScore = text();
      case "num_feature" -> features = number(text());
      case "num_class" -> refuse(number(text()) > 1, "several classes");
      case "num_target" -> refuse(number(text()) > 1, "several targets");
      default -> parser.skipChildren();
    }
  }

  private void readModel(String member) {
    if (!member.equals("trees")) {
      parser.skipChildren();
      return;
    }
    expect(JsonToken.START_ARRAY);
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      if (trees.size() == MAX_TREES) {
        throw unreadable("has more than %d trees".formatted(MAX_TREES));
      }
      TreeNodes tree = new TreeNodes();
      members(each -> readTree(tree, each));
      trees.add(tree);
    }
  }

  private void readTree(TreeNodes tree, String member) {
    switch (member) {
      case "left_children" -> tree.left = integers();
      case "right_children" -> tree.right = integers();
      case "split_indices" -> tree.feature = integers();
      case "split_conditions" -> tree.value = floats();
      case "default_left" -> tree.missingLeft = integers();
      case "sum_hessian" -> tree.cover = floats();
      case "split_type" ->
          refuse(Arrays.stream(integers()).anyMatch(type -> type != 0), "categorical splits");
      case "tree_param" -> members(this::readTreeParameter);
      default -> parser.skipChildren();
    }
  }

  private void readTreeParameter(String member) {
    if (member.equals("size_leaf_vector")) {
      refuse(number(text()) > 1, "leaves with several values");
    } else {
      parser.skipChildren();
    }
  }

  private void check() {
    refuse(!booster.equals("gbtree"), "the booster `%s`".formatted(booster));
    refuse(!objective.equals("binary:logistic"), "the objective `%s`".formatted(objective));
    if (features < 1 || features > MAX_FEATURES) {
      throw unreadable("has %d features; 1 to %d are allowed".formatted(features, MAX_FEATURES));
    }
  }

  private float probability() {
    var matcher = BASE_SCORE.matcher(baseScore.strip());
    try {
      float probability = matcher.matches() ? Float.parseFloat(matcher.group(1)) : Float.NaN;
      if (probability > 0 && probability < 1) {
        return probability;
      }
    } catch (NumberFormatException e) {
      // falls through to the one message
    }
    throw unreadable("has the base score `%s`, not a probability".formatted(baseScore));
  }

  private void members(Consumer<String> reader) {
    expect(JsonToken.START_OBJECT);
    while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
      String member = parser.currentName();
      parser.nextToken();
      reader.accept(member);
    }
  }

  private int[] integers() {
    expect(JsonToken.START_ARRAY);
    int[] values = new int[16];
    int count = 0;
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      values = count == values.length ? Arrays.copyOf(values, 2 * count) : values;
      values[count++] =
          switch (parser.currentToken()) {
            case VALUE_TRUE -> 1;
            case VALUE_FALSE -> 0;
            case VALUE_NUMBER_INT -> number(parser.getString());
            default -> throw unexpected();
          };
      checkCount();
    }
    return Arrays.copyOf(values, count);
  }

  private float[] floats() {
    expect(JsonToken.START_ARRAY);
    float[] values = new float[16];
    int count = 0;
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      if (!parser.currentToken().isNumeric()) {
        throw unexpected();
      }
      values = count == values.length ? Arrays.copyOf(values, 2 * count) : values;
      values[count++] = Float.parseFloat(parser.getString());
      checkCount();
    }
    return Arrays.copyOf(values, count);
  }

  /// Bounds the memory a file can ask for: six arrays a tree.
  private void checkCount() {
    if (++nodes > 8 * MAX_NODES) {
      throw unreadable("has more than %d nodes".formatted(MAX_NODES));
    }
  }

  private String text() {
    expect(JsonToken.VALUE_STRING);
    return parser.getString();
  }

  private int number(String text) {
    try {
      return Integer.parseInt(text);
    } catch (NumberFormatException e) {
      throw unreadable("has `%s` where a 32-bit integer belongs%s".formatted(text, here()));
    }
  }

  private void expect(JsonToken wanted) {
    if (parser.currentToken() != wanted) {
      throw unexpected();
    }
  }

  private void refuse(boolean holds, String what) {
    if (holds) {
      throw unreadable(
          "has %s, which cannot be scored.\nMaybe train with booster=gbtree, objective=binary:logistic and numeric features."
              .formatted(what));
    }
  }

  private CromfordException unexpected() {
    String found = String.valueOf(parser.currentToken()).toLowerCase(java.util.Locale.ROOT);
    return unreadable("has an unexpected %s%s".formatted(found, here()));
  }

  private String here() {
    TokenStreamLocation location = parser.currentTokenLocation();
    return " in line %d, column %d".formatted(location.getLineNr(), location.getColumnNr());
  }

  private CromfordException unreadable(String what) {
    return unreadable(name, what);
  }

  /// A failure that names the file.
  static CromfordException unreadable(String name, String what) {
    return new CromfordException(
        ErrorCode.INPUT_UNREADABLE, "%s: the model %s".formatted(name, what));
  }

  private static String place(String name, JacksonException e) {
    TokenStreamLocation location = e.getLocation();
    return location == null
        ? "%s: the model is not JSON: %s".formatted(name, e.getOriginalMessage())
        : "%s:%d:%d: the model is not JSON: %s"
            .formatted(name, location.getLineNr(), location.getColumnNr(), e.getOriginalMessage());
  }
}
