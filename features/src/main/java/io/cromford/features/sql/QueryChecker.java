package io.cromford.features.sql;

import io.cromford.core.ColumnType;
import io.cromford.core.ColumnType.Kind;
import io.cromford.features.plan.Expression;
import io.cromford.features.plan.FeaturePlan;
import io.cromford.features.plan.Output;
import io.cromford.features.sql.Syntax.Item;
import io.cromford.features.sql.Syntax.Query;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Checks a whole query and makes its plan.
final class QueryChecker {
  private final Catalog catalog;
  private final Problems problems;
  private final Nodes nodes = new Nodes();
  private final Definitions names = new Definitions();
  private final Inputs inputs;
  private final FrameChecker frames;
  private final AggregateChecker aggregates;
  private final ExpressionChecker expressions;

  QueryChecker(Catalog catalog, Problems problems) {
    this.catalog = catalog;
    this.problems = problems;
    this.inputs = new Inputs(catalog, problems, names);
    this.frames = new FrameChecker(inputs, problems);
    this.aggregates = new AggregateChecker(inputs, problems, nodes, frames);
    this.expressions = ExpressionChecker.ofOutputs(inputs, problems, nodes, aggregates);
  }

  /// The plan; null if there is a problem.
  @Nullable FeaturePlan check(Query query, String sql) {
    inputs.from(query.source(), query.alias());
    query.items().forEach(this::define);
    frames.check(query.windows());
    List<Output> outputs = outputs(query.items());
    names.report(
        problems,
        "`%s` is an output of this query, and an output cannot read another",
        "repeat its expression here.");
    frames.reportExtended();
    refuseMany(query, outputs);
    refuseNone(query);
    return problems.none()
        ? new FeaturePlan(
            inputs.schema(),
            catalog.observation().size(),
            catalog.observation().indexOf(catalog.eventTime()),
            aggregates.windows(),
            aggregates.aggregates(),
            outputs,
            sql)
        : null;
  }

  private void define(Item item) {
    Token alias = item.alias();
    if (alias != null && inputs.find(alias.text()).isEmpty()) {
      names.define(alias.text(), alias.span());
    }
  }

  private void refuseNone(Query query) {
    if (problems.none() && query.items().size() == 1) {
      problems.add(
          query.items().getFirst().expression().span(),
          "there is no feature behind the id",
          "add one: SELECT %s, EXTRACT(HOUR FROM %s) AS hour."
              .formatted(catalog.id(), catalog.eventTime()));
    }
  }

  private void refuseMany(Query query, List<Output> outputs) {
    if (query.items().size() > Limits.OUTPUTS) {
      problems.add(
          query.items().get(Limits.OUTPUTS).expression().span(),
          "%d outputs are over the limit of %d".formatted(query.items().size(), Limits.OUTPUTS),
          "split them over two feature views.");
    }
    long parts = outputs.stream().mapToLong(o -> nodes.count(o.expression())).sum();
    if (parts > Limits.QUERY_NODES) {
      problems.add(
          query.items().getFirst().expression().span(),
          "%d parts of expressions are over the limit of %d".formatted(parts, Limits.QUERY_NODES),
          "split them over two feature views.");
    }
  }

  private List<Output> outputs(List<Item> items) {
    List<Output> outputs = new ArrayList<>();
    Definitions taken = new Definitions();
    for (int i = 0; i < items.size(); i++) {
      Item item = items.get(i);
      String name = name(item);
      names.within(name == null ? "" : name);
      Expression expression = expressions.check(item.expression());
      if (name != null && !taken.define(name, item.expression().span())) {
        problems.add(
            item.alias() == null ? item.expression().span() : item.alias().span(),
            "two outputs are named `%s`".formatted(name),
            "give each output its own name.");
      }
      boolean holds = i == 0 ? isId(item, expression) : isFeature(item, expression);
      if (holds && expression != null) {
        outputs.add(new Output(String.valueOf(name), expression));
      }
    }
    return outputs;
  }

  private @Nullable String name(Item item) {
    Token alias = item.alias();
    if (alias != null) {
      boolean quoted = alias.kind() == Token.Kind.QUOTED;
      return quoted ? alias.text() : alias.text().toLowerCase(Locale.ROOT);
    }
    if (item.expression() instanceof Syntax.Name column) {
      return column.name().toLowerCase(Locale.ROOT);
    }
    problems.add(
        item.expression().span(),
        "`%s` has no name".formatted(problems.quote(item.expression().span())),
        "add AS and a name.");
    return null;
  }

  private boolean isId(Item item, @Nullable Expression expression) {
    int id = catalog.observation().indexOf(catalog.id());
    boolean isId = expression instanceof Expression.ColumnValue(int index, _) && index == id;
    if (!isId) {
      problems.add(
          item.expression().span(),
          "the first output is the observation's id, `%s`".formatted(catalog.id()),
          "start with SELECT %s, ….".formatted(catalog.id()));
    }
    return isId;
  }

  private boolean isFeature(Item item, @Nullable Expression expression) {
    if (expression == null) {
      return false;
    }
    ColumnType type = expression.type();
    if (Conversions.isUntyped(expression)
        || type.kind() == Kind.VARCHAR
        || type.kind() == Kind.TIMESTAMP) {
      String text = problems.quote(item.expression().span());
      problems.add(
          item.expression().span(),
          "a feature is a number or a boolean, and `%s` is %s"
              .formatted(text, Conversions.isUntyped(expression) ? "NULL" : "a " + type),
          switch (type.kind()) {
            case VARCHAR -> "compare it: %s = 'value', or %s IN (…).".formatted(text, text);
            case TIMESTAMP -> "take a part of it: EXTRACT(HOUR FROM %s).".formatted(text);
            case BIGINT, DECIMAL, DOUBLE, BOOLEAN -> "leave it out.";
          });
      return false;
    }
    return true;
  }
}
