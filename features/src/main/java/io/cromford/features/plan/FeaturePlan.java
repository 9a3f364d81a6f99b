package io.cromford.features.plan;

import io.cromford.core.Schema;
import java.util.List;

/// A checked feature query, ready to run over history or live.
///
/// @param input the columns an expression can read: first the observation's, then the outcome's
/// @param outcomeStart index in `input` of the first outcome column; equals its size if there is
///   none
/// @param eventTime index in `input` of the observation's event time
/// @param windows the distinct frames
/// @param aggregates the distinct window aggregates; [Expression.AggregateValue] refers to them by
///   index
/// @param outputs the columns of the result, the observation's id first
/// @param sql the text it was compiled from
public record FeaturePlan(
    Schema input,
    int outcomeStart,
    int eventTime,
    List<Window> windows,
    List<Aggregate> aggregates,
    List<Output> outputs,
    String sql) {
  /// Copies the lists.
  public FeaturePlan {
    windows = List.copyOf(windows);
    aggregates = List.copyOf(aggregates);
    outputs = List.copyOf(outputs);
  }

  /// The outputs that are features: all but the id.
  public List<Output> features() {
    return outputs.subList(1, outputs.size());
  }
}
