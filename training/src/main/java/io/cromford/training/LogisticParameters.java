package io.cromford.training;

import java.util.LinkedHashMap;
import java.util.SequencedMap;

/// The parameters of [LogisticLearner].
///
/// @param cost the weight of the data against the L2 penalty, above 0 (C in the literature)
/// @param negatives the share of negative rows kept for the fit, in (0, 1]; each then counts
///   1/share
/// @param positiveWeight the weight of a positive row, above 0; 1 for none
public record LogisticParameters(double cost, double negatives, double positiveWeight)
    implements Parameters {
  static final String LEARNER = "logistic";

  /// Checks the ranges.
  public LogisticParameters {
    require(cost > 0, "cost", cost, "above 0");
    require(negatives > 0 && negatives <= 1, "negatives", negatives, "above 0 and at most 1");
    require(positiveWeight > 0, "positive-weight", positiveWeight, "above 0");
  }

  /// Cost 1 and a fifth of the negatives.
  public static LogisticParameters defaults() {
    return new LogisticParameters(1, 0.2, 1);
  }

  /// The same with another share of negatives.
  public LogisticParameters withNegatives(double share) {
    return new LogisticParameters(cost, share, positiveWeight);
  }

  @Override
  public String learner() {
    return LEARNER;
  }

  @Override
  public SequencedMap<String, Object> toMap() {
    SequencedMap<String, Object> map = new LinkedHashMap<>();
    map.put("cost", cost);
    map.put("negatives", negatives);
    map.put("positive-weight", positiveWeight);
    return map;
  }

  static LogisticParameters of(ParameterReader reader) {
    LogisticParameters normal = defaults();
    return new LogisticParameters(
        reader.number("cost", normal.cost),
        reader.number("negatives", normal.negatives),
        reader.number("positive-weight", normal.positiveWeight));
  }

  private static void require(boolean holds, String name, double value, String expected) {
    if (!holds) {
      throw new IllegalArgumentException(
          "the parameter `" + name + "` is " + value + ", not " + expected);
    }
  }
}
