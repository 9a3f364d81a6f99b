package io.cromford.training;

import java.util.LinkedHashMap;
import java.util.SequencedMap;

/// The parameters of [XGBoostLearner].
///
/// @param shape how many trees, how deep, how fast
/// @param restraint what holds a split back
/// @param shares which rows and columns are used
/// @param positiveWeight the weight of a positive row, above 0; 1 for none
/// @param method how splits are found
/// @param seed for the rows and columns drawn
public record XGBoostParameters(
    Shape shape,
    Restraint restraint,
    Shares shares,
    double positiveWeight,
    SplitMethod method,
    long seed)
    implements Parameters {
  static final String LEARNER = "xgboost";

  /// The ensemble.
  ///
  /// @param trees how many, at least 1
  /// @param depth of each at most, 1 to 12
  /// @param rate by which each tree's values are shrunk, in (0, 1]
  public record Shape(int trees, int depth, double rate) {
    /// Checks the ranges.
    public Shape {
      require(trees >= 1, "trees", trees, "at least 1");
      require(depth >= 1 && depth <= 12, "depth", depth, "from 1 to 12");
      require(rate > 0 && rate <= 1, "rate", rate, "above 0 and at most 1");
    }
  }

  /// What holds a split back.
  ///
  /// @param leastChildWeight the least sum of second derivatives in a leaf, ≥ 0
  /// @param l2 the penalty on a leaf's value, ≥ 0
  /// @param leastGain the gain a split must bring, ≥ 0
  public record Restraint(double leastChildWeight, double l2, double leastGain) {
    /// Checks the ranges.
    public Restraint {
      require(leastChildWeight >= 0, "least-child-weight", leastChildWeight, "0 or more");
      require(l2 >= 0, "l2", l2, "0 or more");
      require(leastGain >= 0, "least-gain", leastGain, "0 or more");
    }
  }

  /// Which rows and columns are used.
  ///
  /// @param negatives the share of negative rows kept for the fit, in (0, 1]; each then counts
  ///   1/share
  /// @param rows the share of rows drawn for each tree, in (0, 1]
  /// @param columns the share of features drawn for each tree, in (0, 1]
  public record Shares(double negatives, double rows, double columns) {
    /// Checks the ranges.
    public Shares {
      requireShare("negatives", negatives);
      requireShare("rows", rows);
      requireShare("columns", columns);
    }
  }

  /// How splits are found.
  public sealed interface SplitMethod {
    /// Every value of every feature is tried.
    record Exact() implements SplitMethod {}

    /// Values are binned first.
    ///
    /// @param bins at most so many a feature, at least 2; 256 hide a rare tail, 4,096 show it
    record Histogram(int bins) implements SplitMethod {
      /// Checks the range.
      public Histogram {
        require(bins >= 2, "bins", bins, "at least 2");
      }
    }
  }

  /// Checks the weight.
  public XGBoostParameters {
    require(positiveWeight > 0, "positive-weight", positiveWeight, "above 0");
  }

  /// What fits a factory without tuning: 200 trees of depth 4, a fifth of the negatives.
  public static XGBoostParameters defaults(long seed) {
    return new XGBoostParameters(
        new Shape(200, 4, 0.1),
        new Restraint(1, 1, 0),
        new Shares(0.2, 1, 1),
        1,
        new SplitMethod.Histogram(4096),
        seed);
  }

  /// The library's own defaults in its long-standing form: 100 trees of depth 6, rate 0.3, exact
  /// splits, all rows.
  public static XGBoostParameters libraryDefaults(long seed) {
    return new XGBoostParameters(
        new Shape(100, 6, 0.3),
        new Restraint(1, 1, 0),
        new Shares(1, 1, 1),
        1,
        new SplitMethod.Exact(),
        seed);
  }

  /// The same with another shape.
  public XGBoostParameters withShape(int trees, int depth, double rate) {
    Shape other = new Shape(trees, depth, rate);
    return new XGBoostParameters(other, restraint, shares, positiveWeight, method, seed);
  }

  /// The same with another share of negatives.
  public XGBoostParameters withNegatives(double share) {
    Shares other = new Shares(share, shares.rows(), shares.columns());
    return new XGBoostParameters(shape, restraint, other, positiveWeight, method, seed);
  }

  @Override
  public String learner() {
    return LEARNER;
  }

  @Override
  public SequencedMap<String, Object> toMap() {
    SequencedMap<String, Object> map = new LinkedHashMap<>();
    map.put("trees", shape.trees());
    map.put("depth", shape.depth());
    map.put("rate", shape.rate());
    map.put("least-child-weight", restraint.leastChildWeight());
    map.put("l2", restraint.l2());
    map.put("least-gain", restraint.leastGain());
    map.put("negatives", shares.negatives());
    map.put("rows", shares.rows());
    map.put("columns", shares.columns());
    map.put("positive-weight", positiveWeight);
    map.put("bins", bins());
    map.put("seed", seed);
    return map;
  }

  static XGBoostParameters of(ParameterReader reader) {
    long seed = reader.whole("seed", 0);
    XGBoostParameters normal = defaults(seed);
    return new XGBoostParameters(
        new Shape(
            reader.integer("trees", normal.shape.trees()),
            reader.integer("depth", normal.shape.depth()),
            reader.number("rate", normal.shape.rate())),
        new Restraint(
            reader.number("least-child-weight", normal.restraint.leastChildWeight()),
            reader.number("l2", normal.restraint.l2()),
            reader.number("least-gain", normal.restraint.leastGain())),
        new Shares(
            reader.number("negatives", normal.shares.negatives()),
            reader.number("rows", normal.shares.rows()),
            reader.number("columns", normal.shares.columns())),
        reader.number("positive-weight", normal.positiveWeight),
        method(reader.text("bins", "4096")),
        seed);
  }

  private Object bins() {
    return switch (method) {
      case SplitMethod.Exact() -> "exact";
      case SplitMethod.Histogram(int bins) -> bins;
    };
  }

  private static SplitMethod method(String bins) {
    return bins.equals("exact")
        ? new SplitMethod.Exact()
        : new SplitMethod.Histogram(Integer.parseInt(bins));
  }

  private static void requireShare(String name, double share) {
    require(share > 0 && share <= 1, name, share, "above 0 and at most 1");
  }

  private static void require(boolean holds, String name, Object value, String expected) {
    if (!holds) {
      throw new IllegalArgumentException(
          "the parameter `" + name + "` is " + value + ", not " + expected);
    }
  }
}
