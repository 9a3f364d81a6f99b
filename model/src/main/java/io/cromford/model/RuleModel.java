package io.cromford.model;

import io.cromford.core.CromfordException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Rules in place of a fitted model: a row on which any condition holds has one score, all others
/// another. Without conditions every row has the low score.
///
/// It says yes or no, so it needs no threshold that is learnt: [#THRESHOLD] lies between.
public final class RuleModel implements Model {
  /// From this score on the rules say yes.
  public static final double THRESHOLD = 0.5;

  private static final double BIAS = -4;
  private static final double RISE = 8;

  private final int features;
  private final List<Condition> conditions;

  /// A comparison of one feature with a number. It does not hold where the feature is missing.
  ///
  /// @param feature the feature's number
  /// @param comparison how they are compared
  /// @param value the number
  public record Condition(int feature, Comparison comparison, float value) {
    private static final Pattern FORM =
        Pattern.compile("\\s*([a-z_][a-z0-9_]*)\\s*(>=|<=|>|<)\\s*(-?\\d+(\\.\\d+)?)\\s*");

    /// Reads a condition such as `amount >= 200`.
    ///
    /// @param names the features' names, in order
    /// @return empty if it is none, or names no feature
    public static Optional<Condition> parse(String text, List<String> names) {
      Matcher form = FORM.matcher(text);
      int feature = form.matches() ? names.indexOf(form.group(1)) : -1;
      return feature < 0
          ? Optional.empty()
          : Optional.of(
              new Condition(
                  feature, Comparison.of(form.group(2)), Float.parseFloat(form.group(3))));
    }

    boolean holds(float[] row, int offset) {
      float x = row[offset + feature];
      return switch (comparison) {
        case AT_LEAST -> x >= value;
        case ABOVE -> x > value;
        case AT_MOST -> x <= value;
        case BELOW -> x < value;
      };
    }

    private String text() {
      return feature + " " + comparison.sign + " " + value;
    }
  }

  /// How two numbers are compared.
  public enum Comparison {
    /// At least.
    AT_LEAST(">="),
    /// Above.
    ABOVE(">"),
    /// At most.
    AT_MOST("<="),
    /// Below.
    BELOW("<");

    private final String sign;

    Comparison(String sign) {
      this.sign = sign;
    }

    private static Comparison of(String sign) {
      for (Comparison comparison : values()) {
        if (comparison.sign.equals(sign)) {
          return comparison;
        }
      }
      throw new IllegalArgumentException(sign);
    }
  }

  /// Rules.
  ///
  /// @param features the number of features in a row, at least 1
  /// @param conditions any of which is enough
  public RuleModel(int features, List<Condition> conditions) {
    this.features = features;
    this.conditions = List.copyOf(conditions);
    if (features < 1) {
      throw new IllegalArgumentException(features + " features");
    }
    for (Condition condition : conditions) {
      Objects.checkIndex(condition.feature, features);
    }
  }

  /// Reads the form that [#toJson] writes.
  ///
  /// @param name the file's name, for messages
  /// @throws CromfordException INPUT_UNREADABLE if it is not such a model
  public static RuleModel read(byte[] json, String name) {
    JsonObject object = JsonObject.parse(json, name);
    try {
      List<Condition> conditions = new ArrayList<>();
      for (String text : object.texts("any")) {
        String[] parts = text.split(" ", -1);
        conditions.add(
            new Condition(
                Integer.parseInt(parts[0]), Comparison.of(parts[1]), Float.parseFloat(parts[2])));
      }
      return new RuleModel(object.integer("features"), conditions);
    } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
      throw object.unreadable("is not a model: " + e.getMessage());
    }
  }

  /// The model as JSON, features by number: `{"features": 26, "any": ["0 >= 200.0"]}`.
  public byte[] toJson() {
    return new JsonText()
        .with("features", features)
        .with("any", conditions.stream().map(Condition::text).toList())
        .bytes();
  }

  @Override
  public int features() {
    return features;
  }

  @Override
  public double score(float[] row, int offset) {
    return FloatMath.sigmoid(margin(row, offset));
  }

  @Override
  public float margin(float[] row, int offset) {
    Objects.checkFromIndexSize(offset, features, row.length);
    for (Condition condition : conditions) {
      if (condition.holds(row, offset)) {
        return (float) (BIAS + RISE);
      }
    }
    return (float) BIAS;
  }

  @Override
  public void scoreAll(float[] rows, int count, double[] out) {
    Objects.checkFromIndexSize(0, Math.multiplyExact(count, features), rows.length);
    for (int row = 0; row < count; row++) {
      out[row] = score(rows, row * features);
    }
  }

  /// The rise is shared by the conditions that hold.
  @Override
  public double[] contributions(float[] row) {
    Objects.checkFromIndexSize(0, features, row.length);
    List<Condition> held = conditions.stream().filter(c -> c.holds(row, 0)).toList();
    double[] contributions = new double[features + 1];
    contributions[features] = BIAS;
    held.forEach(condition -> contributions[condition.feature] += RISE / held.size());
    return contributions;
  }

  @Override
  public long steps() {
    return Math.max(1, conditions.size());
  }

  @Override
  public String kind() {
    return "rules";
  }
}
