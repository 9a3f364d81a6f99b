package io.cromford.features.sql;

import io.cromford.core.Column;
import io.cromford.core.ColumnType;
import io.cromford.core.ColumnType.Kind;
import io.cromford.features.plan.Expression;
import io.cromford.features.plan.Expression.Call;
import io.cromford.features.plan.Expression.Case;
import io.cromford.features.plan.Expression.ColumnValue;
import io.cromford.features.plan.Expression.Literal;
import io.cromford.features.plan.Expression.Operator;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Types expressions. A method returns null where it has reported a problem.
final class ExpressionChecker {
  private final Inputs inputs;
  private final Problems problems;
  private final Nodes nodes;
  private final @Nullable AggregateChecker aggregates;
  private final List<Syntax.Name> outcomesRead = new ArrayList<>();
  private final OperatorChecker operators;
  private final FunctionChecker functions;

  private ExpressionChecker(
      Inputs inputs, Problems problems, Nodes nodes, @Nullable AggregateChecker aggregates) {
    this.inputs = inputs;
    this.problems = problems;
    this.nodes = nodes;
    this.aggregates = aggregates;
    this.operators = new OperatorChecker(problems);
    this.functions = new FunctionChecker(this, problems);
  }

  /// For outputs: aggregates may stand in them, outcomes may not.
  static ExpressionChecker ofOutputs(
      Inputs inputs, Problems problems, Nodes nodes, AggregateChecker aggregates) {
    return new ExpressionChecker(inputs, problems, nodes, aggregates);
  }

  /// For the argument and the filter of an aggregate: outcomes may stand in them, aggregates not.
  static ExpressionChecker ofArguments(Inputs inputs, Problems problems, Nodes nodes) {
    return new ExpressionChecker(inputs, problems, nodes, null);
  }

  /// The outcome columns that were read.
  List<Syntax.Name> outcomesRead() {
    return outcomesRead;
  }

  @Nullable Expression check(Syntax syntax) {
    Expression checked = dispatch(syntax);
    if (checked != null && nodes.count(checked) > Limits.EXPRESSION_NODES) {
      problems.add(
          syntax.span(),
          "an expression of more than %d parts is over the limit"
              .formatted(Limits.EXPRESSION_NODES),
          "split it; BETWEEN, IN and CASE x WHEN read x again for each comparison.");
      return null;
    }
    return checked;
  }

  private @Nullable Expression dispatch(Syntax syntax) {
    return switch (syntax) {
      case Syntax.Name name -> column(name);
      case Syntax.Numeral number -> Literals.number(number, problems);
      case Syntax.Text(String value, _) -> new Literal(ColumnType.VARCHAR, 0, value, false);
      case Syntax.Instant instant -> Literals.instant(instant, problems);
      case Syntax.Truth(boolean value, _) -> Conversions.literal(ColumnType.BOOLEAN, value ? 1 : 0);
      case Syntax.Null _ -> new Literal(ColumnType.BIGINT, 0, null, true);
      case Syntax.Minus minus -> operators.minus(minus, check(minus.operand()));
      case Syntax.Not not -> logic(Operator.NOT, List.of(not.operand()));
      case Syntax.Junction junction ->
          logic(Operator.valueOf(junction.operator()), junction.operands());
      case Syntax.Binary binary ->
          operators.binary(binary, check(binary.left()), check(binary.right()));
      case Syntax.In in -> in(in);
      case Syntax.Between between -> between(between);
      case Syntax.IsNull isNull -> isNull(isNull);
      case Syntax.Choice choice -> choice(choice);
      case Syntax.CastTo cast -> new CastChecker(problems).check(cast, check(cast.operand()));
      case Syntax.Extract extract -> functions.extract(extract);
      case Syntax.Function function -> function(function);
    };
  }

  private @Nullable Expression column(Syntax.Name name) {
    int index = inputs.resolve(name);
    if (index < 0) {
      return null;
    }
    Column column = inputs.schema().column(index);
    if (inputs.isOutcome(index)) {
      outcomesRead.add(name);
      if (aggregates != null) {
        problems.add(
            name.span(),
            "`%s` of the row itself is an outcome: it is not known when the row is decided"
                .formatted(column.name()),
            "aggregate it over earlier rows, in a frame that ends at the label's maturity.");
        return null;
      }
    }
    return new ColumnValue(index, column.type());
  }

  private @Nullable Expression logic(Operator operator, List<Syntax> operands) {
    List<Expression> checked = new ArrayList<>();
    for (Syntax operand : operands) {
      Expression condition = condition(operand, operator.name());
      if (condition != null) {
        checked.add(condition);
      }
    }
    return checked.size() == operands.size()
        ? new Call(operator, checked, ColumnType.BOOLEAN)
        : null;
  }

  /// A boolean expression.
  ///
  /// @param of what takes it, as the message names it
  @Nullable Expression condition(Syntax syntax, String of) {
    Expression checked = check(syntax);
    if (checked == null) {
      return null;
    }
    boolean untyped = Conversions.isUntyped(checked);
    if (checked.type().kind() != Kind.BOOLEAN || untyped) {
      String text = problems.quote(syntax.span());
      problems.add(
          syntax.span(),
          "%s takes a boolean, and `%s` is %s"
              .formatted(of, text, untyped ? "NULL" : "a " + checked.type()),
          Conversions.isNumeric(checked.type()) && !untyped
              ? "write %s <> 0.".formatted(text)
              : "write a comparison.");
      return null;
    }
    return checked;
  }

  private @Nullable Expression isNull(Syntax.IsNull isNull) {
    Expression operand = check(isNull.operand());
    return operand == null
        ? null
        : new Call(Operator.IS_NULL, List.of(operand), ColumnType.BOOLEAN);
  }

  private @Nullable Expression in(Syntax.In in) {
    Expression operand = check(in.operand());
    List<Expression> equals = new ArrayList<>();
    for (Syntax value : in.values()) {
      Expression checked = check(value);
      Expression equal =
          operators.compare(
              new Syntax.Binary("=", in.operand(), value, value.span()), operand, checked);
      if (equal != null) {
        equals.add(equal);
      }
    }
    return operand == null || equals.size() < in.values().size() ? null : in(operand, equals);
  }

  /// One IN if the operand was converted nowhere, else an OR of the comparisons.
  private static Expression in(Expression operand, List<Expression> equals) {
    List<Expression> values = new ArrayList<>(List.of(operand));
    for (Expression equal : equals) {
      List<Expression> sides = ((Call) equal).arguments();
      if (!sides.getFirst().type().equals(operand.type())) {
        return equals.size() == 1 ? equal : new Call(Operator.OR, equals, ColumnType.BOOLEAN);
      }
      values.add(sides.get(1));
    }
    return new Call(Operator.IN, values, ColumnType.BOOLEAN);
  }

  private @Nullable Expression between(Syntax.Between between) {
    Expression operand = check(between.operand());
    Expression low = check(between.low());
    Expression high = check(between.high());
    Expression above =
        operators.compare(
            new Syntax.Binary(">=", between.operand(), between.low(), between.low().span()),
            operand,
            low);
    Expression below =
        operators.compare(
            new Syntax.Binary("<=", between.operand(), between.high(), between.high().span()),
            operand,
            high);
    return above == null || below == null
        ? null
        : new Call(Operator.AND, List.of(above, below), ColumnType.BOOLEAN);
  }

  private @Nullable Expression choice(Syntax.Choice choice) {
    Expression operand = choice.operand() == null ? null : check(choice.operand());
    boolean broken = choice.operand() != null && operand == null;
    List<Expression> conditions = new ArrayList<>();
    List<Syntax> results = new ArrayList<>();
    for (Syntax.Branch branch : choice.branches()) {
      Expression condition = branchCondition(choice.operand(), operand, branch.condition());
      broken |= condition == null;
      if (condition != null) {
        conditions.add(condition);
      }
      results.add(branch.result());
    }
    results.add(choice.otherwise() == null ? new Syntax.Null(choice.span()) : choice.otherwise());
    List<Expression> values = unified(results, "CASE");
    if (values == null || broken) {
      return null;
    }
    return new Case(
        conditions,
        values.subList(0, values.size() - 1),
        values.getLast(),
        values.getFirst().type());
  }

  private @Nullable Expression branchCondition(
      @Nullable Syntax operand, @Nullable Expression checked, Syntax condition) {
    if (operand == null) {
      return condition(condition, "WHEN");
    }
    return operators.compare(
        new Syntax.Binary("=", operand, condition, condition.span()), checked, check(condition));
  }

  /// Expressions converted to the one type that all can take.
  ///
  /// @param of what takes them, as the message names it
  @Nullable List<Expression> unified(List<Syntax> operands, String of) {
    List<Expression> checked = new ArrayList<>();
    for (Syntax operand : operands) {
      Expression expression = check(operand);
      if (expression != null) {
        checked.add(expression);
      }
    }
    return checked.size() < operands.size() ? null : operators.unify(operands, checked, of);
  }

  private @Nullable Expression function(Syntax.Function function) {
    if (!Functions.AGGREGATES.contains(function.name())) {
      return functions.check(function);
    }
    if (aggregates == null) {
      problems.add(
          function.span(),
          "%s stands within another aggregate's argument, filter or partition"
              .formatted(function.name()),
          "aggregate columns only, and combine aggregates outside of them.");
      return null;
    }
    return aggregates.check(function);
  }
}
