package io.cromford.model;

/// A fitted binary classifier: a row of features in, the probability of the positive class out.
///
/// A row is `features()` floats in the order of the model's schema; NaN stands for a missing value.
/// Models are immutable and may be used by many threads at once.
public sealed interface Model permits TreeEnsemble, LogisticModel, ConstantModel, RuleModel {
  /// The number of features in a row, at least 1.
  int features();

  /// The probability of the positive class.
  ///
  /// @param row holds the row at `offset`
  /// @return in `[0, 1]`
  double score(float[] row, int offset);

  /// The log-odds of the positive class, before they become a probability.
  ///
  /// @param row holds the row at `offset`
  float margin(float[] row, int offset);

  /// Scores many rows at once, with the same bits as one by one.
  ///
  /// @param rows shape `[count, features]`, row after row
  /// @param count the number of rows
  /// @param out receives the probabilities in its first `count` places
  void scoreAll(float[] rows, int count, double[] out);

  /// What each feature added to the log-odds of one row.
  ///
  /// @param row the row, from its first element on
  /// @return shape `[features + 1]`, in log-odds: one value per feature and the bias last; their
  ///   sum is the margin, but for rounding
  double[] contributions(float[] row);

  /// The work of a score, whatever the machine: the most comparisons or multiplications that one
  /// takes.
  ///
  /// @return at least 1
  long steps();

  /// What kind of model it is: `trees`, `logistic`, `constant` or `rules`.
  String kind();
}
