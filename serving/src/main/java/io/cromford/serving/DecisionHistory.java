package io.cromford.serving;

import java.util.List;

/// A decision among others on the same entity.
///
/// @param id of the observation that it is about
/// @param lines the observations of its entity around it and itself, the newest first
/// @param usual for each feature of the decision what is usual for the entity
/// @param isWhole whether the search reached as far as there are observations, or as many as are
///   shown
public record DecisionHistory(
    String id, List<DecisionLine> lines, List<Usual> usual, boolean isWhole) {
  /// The most observations up to the decision, itself included.
  public static final int MOST_BEFORE = 40;

  /// The most observations after it.
  public static final int MOST_AFTER = 10;

  /// Copies the lists.
  public DecisionHistory {
    lines = List.copyOf(lines);
    usual = List.copyOf(usual);
  }

  /// A feature's value held against what it was at earlier observations of the entity, as served.
  ///
  /// @param feature its name
  /// @param value at the decision; NaN for none
  /// @param contribution what it added to the log-odds of the score, by the model that answered;
  ///   NaN where that model is not at hand
  /// @param count earlier values that were not missing
  /// @param low the least of them; NaN if there is none, as the others
  /// @param median the one in the middle
  /// @param high the greatest of them
  public record Usual(
      String feature,
      double value,
      double contribution,
      int count,
      double low,
      double median,
      double high) {
    Usual withContribution(double of) {
      return new Usual(feature, value, of, count, low, median, high);
    }
  }
}
