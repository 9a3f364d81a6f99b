package io.cromford.features.scalar;

import io.cromford.core.ColumnType;
import io.cromford.core.ColumnType.Kind;
import io.cromford.features.plan.Expression;
import io.cromford.features.plan.Expression.AggregateValue;
import io.cromford.features.plan.Expression.Call;
import io.cromford.features.plan.Expression.Case;
import io.cromford.features.plan.Expression.Cast;
import io.cromford.features.plan.Expression.ColumnValue;
import io.cromford.features.plan.Expression.Literal;
import java.util.List;

/// Compiles expressions of every type but `VARCHAR`.
///
/// Every node leaves in [Cells#wasNull] whether it is NULL. A node that is NULL where an argument
/// is returns as soon as one was, with the flag as that argument left it.
final class SlotCompiler {
  private SlotCompiler() {}

  static SlotFunction compile(Expression expression) {
    return switch (expression) {
      case ColumnValue(int index, _) -> column(index);
      case AggregateValue(int index, _) -> aggregate(index);
      case Literal literal -> literal.isNull() ? Nulls::none : constant(literal.slot());
      case Cast cast -> Casts.compile(cast);
      case Case choice -> choice(choice);
      case Call call -> call(call);
    };
  }

  static SlotFunction[] compileAll(List<Expression> expressions) {
    return expressions.stream().map(SlotCompiler::compile).toArray(SlotFunction[]::new);
  }

  private static SlotFunction column(int index) {
    return cells -> {
      cells.wasNull = cells.isNull(index);
      return cells.wasNull ? 0 : cells.slot(index);
    };
  }

  private static SlotFunction aggregate(int index) {
    return cells -> {
      cells.wasNull = cells.aggregateIsNull(index);
      return cells.wasNull ? 0 : cells.aggregateSlot(index);
    };
  }

  private static SlotFunction constant(long slot) {
    return cells -> {
      cells.wasNull = false;
      return slot;
    };
  }

  private static SlotFunction choice(Case choice) {
    SlotFunction[] conditions = compileAll(choice.conditions());
    SlotFunction[] results = compileAll(choice.results());
    SlotFunction otherwise = compile(choice.otherwise());
    return cells -> {
      for (int i = 0; i < conditions.length; i++) {
        if (conditions[i].at(cells) != 0 && !cells.wasNull) {
          return results[i].at(cells);
        }
      }
      return otherwise.at(cells);
    };
  }

  private static SlotFunction call(Call call) {
    List<Expression> arguments = call.arguments();
    return switch (call.operator()) {
      case ADD, SUBTRACT, MULTIPLY, DIVIDE, NEGATE, ABS, LN, EXP, SQRT, POWER, ROUND, FLOOR ->
          Arithmetic.compile(call);
      case EQUAL, NOT_EQUAL, LESS, LESS_OR_EQUAL, GREATER, GREATER_OR_EQUAL, IN ->
          Comparisons.compile(call);
      case LEAST, GREATEST -> Comparisons.extreme(call);
      case AND -> Logic.and(compileAll(arguments));
      case OR -> Logic.or(compileAll(arguments));
      case NOT -> Logic.not(compile(arguments.getFirst()));
      case IS_NULL -> Nulls.isNull(arguments.getFirst());
      case IS_NOT_NULL -> Logic.not(Nulls.isNull(arguments.getFirst()));
      case COALESCE -> Nulls.coalesce(compileAll(arguments));
      case NULLIF -> Nulls.nullIf(arguments.getFirst(), arguments.get(1));
      case LENGTH -> length(TextCompiler.compile(arguments.getFirst()));
      case UPPER, LOWER, SUBSTRING ->
          throw new IllegalArgumentException(call.operator() + " yields a text");
      case EXTRACT_YEAR,
          EXTRACT_MONTH,
          EXTRACT_DAY,
          EXTRACT_HOUR,
          EXTRACT_MINUTE,
          EXTRACT_SECOND,
          EXTRACT_ISODOW,
          EXTRACT_DOY,
          EXTRACT_EPOCH ->
          Extracts.compile(call.operator(), compile(arguments.getFirst()));
    };
  }

  private static SlotFunction length(TextFunction argument) {
    return cells -> {
      String text = argument.at(cells);
      cells.wasNull = text == null;
      return text == null ? 0 : text.codePointCount(0, text.length());
    };
  }

  static boolean isDouble(ColumnType type) {
    return type.kind() == Kind.DOUBLE;
  }

  static boolean isText(Expression expression) {
    return expression.type().kind() == Kind.VARCHAR;
  }
}
