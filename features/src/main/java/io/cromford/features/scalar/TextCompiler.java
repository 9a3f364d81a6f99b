package io.cromford.features.scalar;

import io.cromford.core.ColumnType;
import io.cromford.features.plan.Expression;
import io.cromford.features.plan.Expression.AggregateValue;
import io.cromford.features.plan.Expression.Call;
import io.cromford.features.plan.Expression.Case;
import io.cromford.features.plan.Expression.Cast;
import io.cromford.features.plan.Expression.ColumnValue;
import io.cromford.features.plan.Expression.Literal;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// Compiles expressions of type `VARCHAR`.
final class TextCompiler {
  private TextCompiler() {}

  static TextFunction compile(Expression expression) {
    return switch (expression) {
      case ColumnValue(int index, _) -> cells -> cells.text(index);
      case AggregateValue(int index, _) -> cells -> cells.aggregateText(index);
      case Literal literal -> constant(literal.text());
      case Cast cast -> compile(cast.argument());
      case Case choice -> choice(choice);
      case Call call -> call(call);
    };
  }

  private static TextFunction constant(@Nullable String text) {
    return _ -> text;
  }

  private static TextFunction choice(Case choice) {
    SlotFunction[] conditions = SlotCompiler.compileAll(choice.conditions());
    TextFunction[] results = compileAll(choice.results());
    TextFunction otherwise = compile(choice.otherwise());
    return cells -> {
      for (int i = 0; i < conditions.length; i++) {
        if (conditions[i].at(cells) != 0 && !cells.wasNull) {
          return results[i].at(cells);
        }
      }
      return otherwise.at(cells);
    };
  }

  private static TextFunction call(Call call) {
    TextFunction first = compile(call.arguments().getFirst());
    return switch (call.operator()) {
      case COALESCE -> coalesce(compileAll(call.arguments()));
      case NULLIF -> nullIf(first, compile(call.arguments().get(1)));
      case UPPER -> mapped(first, Texts::upper);
      case LOWER -> mapped(first, Texts::lower);
      case SUBSTRING -> substring(first, call.arguments());
      default -> throw new IllegalArgumentException(call.operator() + " yields no text");
    };
  }

  private static TextFunction coalesce(TextFunction[] arguments) {
    return cells -> {
      for (TextFunction argument : arguments) {
        String text = argument.at(cells);
        if (text != null) {
          return text;
        }
      }
      return null;
    };
  }

  private static TextFunction nullIf(TextFunction first, TextFunction second) {
    return cells -> {
      String text = first.at(cells);
      return text == null || text.equals(second.at(cells)) ? null : text;
    };
  }

  private static TextFunction mapped(TextFunction argument, UnaryOperator<String> mapping) {
    return cells -> {
      String text = argument.at(cells);
      return text == null ? null : mapping.apply(text);
    };
  }

  private static TextFunction substring(TextFunction text, List<Expression> arguments) {
    long start = constant(arguments.get(1));
    long length = constant(arguments.get(2));
    return mapped(text, t -> Texts.substring(t, start, length));
  }

  private static long constant(Expression expression) {
    if (expression instanceof Literal(ColumnType type, long slot, _, boolean isNull)
        && type.equals(ColumnType.BIGINT)
        && !isNull) {
      return slot;
    }
    throw new IllegalArgumentException("SUBSTRING takes constant positions");
  }

  static TextFunction[] compileAll(List<Expression> expressions) {
    return expressions.stream().map(TextCompiler::compile).toArray(TextFunction[]::new);
  }
}
