package io.cromford.serving.definition;

import java.time.Duration;
import java.util.List;

/// The truth to be learnt, and the kinds of outcome that speak before it.
///
/// @param source the outcome source that tells it
/// @param column its boolean column
/// @param maturity the delay after which an observation without an outcome counts as `whenUnknown`
/// @param whenUnknown what an observation without an outcome counts as in training, once mature
/// @param provisional what counts until the label is known, the most trusted first; at most
///   [#MOST_PROVISIONAL]
public record LabelDefinition(
    String source,
    String column,
    Duration maturity,
    boolean whenUnknown,
    List<Provisional> provisional) {
  /// The most kinds of outcome beside the label.
  public static final int MOST_PROVISIONAL = 3;

  /// Copies the list.
  public LabelDefinition {
    provisional = List.copyOf(provisional);
  }

  /// A kind of outcome that the label overrules: an analyst's verdict.
  ///
  /// @param source the outcome source that tells it
  /// @param column its boolean column
  /// @param maturity how long after an observation it should have come, where it comes at all
  public record Provisional(String source, String column, Duration maturity) {}
}
