package io.cromford.features.sql;

import io.cromford.features.plan.Expression;
import io.cromford.features.plan.Expression.AggregateValue;
import io.cromford.features.plan.Expression.Call;
import io.cromford.features.plan.Expression.Case;
import io.cromford.features.plan.Expression.Cast;
import io.cromford.features.plan.Expression.ColumnValue;
import io.cromford.features.plan.Expression.Literal;
import io.cromford.features.plan.Expression.Operator;
import java.util.IdentityHashMap;
import java.util.List;

/// Counts the nodes of expressions as they are spelled out, shared parts as often as they are read.
final class Nodes {
  private final IdentityHashMap<Expression, Long> counts = new IdentityHashMap<>();

  /// The number of nodes. Cheap if the parts were counted before.
  long count(Expression expression) {
    Long known = counts.get(expression);
    if (known != null) {
      return known;
    }
    long count =
        switch (expression) {
          case ColumnValue _, AggregateValue _, Literal _ -> 1;
          case Cast cast -> 1 + count(cast.argument());
          case Case choice ->
              1 + count(choice.conditions()) + count(choice.results()) + count(choice.otherwise());
          case Call call -> 1 + count(call.arguments()) + again(call);
        };
    counts.put(expression, count);
    return count;
  }

  /// IN and NULLIF read their first argument once for each of the rest.
  private long again(Call call) {
    boolean rereads = call.operator() == Operator.IN || call.operator() == Operator.NULLIF;
    return rereads ? count(call.arguments().getFirst()) * (call.arguments().size() - 1L) : 0;
  }

  private long count(List<Expression> expressions) {
    return expressions.stream().mapToLong(this::count).sum();
  }
}
