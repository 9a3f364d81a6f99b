package io.cromford.serving;

import io.cromford.features.plan.Expression;
import io.cromford.features.plan.FeaturePlan;
import io.cromford.features.plan.Output;
import java.util.List;

/// How far back in time a feature looks: the start of the longest frame that it is computed from,
/// the frame's own distance from the row (for a label's maturity, say) included.
final class WindowReach {
  private WindowReach() {}

  /// In milliseconds; 0 for a feature of the row alone.
  static long of(FeaturePlan plan, Output feature) {
    return reach(plan, feature.expression());
  }

  private static long reach(FeaturePlan plan, Expression expression) {
    return switch (expression) {
      case Expression.AggregateValue(int index, var _) ->
          plan.windows().get(plan.aggregates().get(index).window()).startMillis();
      case Expression.Call(var _, List<Expression> arguments, var _) -> longest(plan, arguments);
      case Expression.Case c ->
          Math.max(
              reach(plan, c.otherwise()),
              Math.max(longest(plan, c.conditions()), longest(plan, c.results())));
      case Expression.Cast(Expression argument, var _) -> reach(plan, argument);
      case Expression.ColumnValue _, Expression.Literal _ -> 0;
    };
  }

  private static long longest(FeaturePlan plan, List<Expression> expressions) {
    return expressions.stream().mapToLong(one -> reach(plan, one)).max().orElse(0);
  }
}
