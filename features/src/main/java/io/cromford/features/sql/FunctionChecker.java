package io.cromford.features.sql;

import io.cromford.core.ColumnType;
import io.cromford.core.ColumnType.Kind;
import io.cromford.features.plan.Expression;
import io.cromford.features.plan.Expression.Call;
import io.cromford.features.plan.Expression.Literal;
import io.cromford.features.plan.Expression.Operator;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Types the scalar functions. A method returns null where a problem was reported.
final class FunctionChecker {
  private static final int MANY = 1_000;

  private final ExpressionChecker expressions;
  private final OperatorChecker operators;
  private final Problems problems;

  FunctionChecker(ExpressionChecker expressions, Problems problems) {
    this.expressions = expressions;
    this.operators = new OperatorChecker(problems);
    this.problems = problems;
  }

  @Nullable Expression check(Syntax.Function function) {
    if (!Functions.SCALARS.contains(function.name())) {
      problems.add(
          function.span(),
          "the function %s is not in the dialect".formatted(function.name()),
          Functions.advice(function.name()));
      return null;
    }
    if (function.star()
        || function.distinct()
        || function.filter() != null
        || function.over() != null) {
      problems.add(
          function.span(),
          "%s is no aggregate: it takes no *, DISTINCT, FILTER or OVER".formatted(function.name()),
          "write %s(x).".formatted(function.name()));
      return null;
    }
    return switch (function.name()) {
      case "COALESCE" -> ofOneType(function, 1);
      case "LEAST", "GREATEST" -> extreme(function);
      case "NULLIF" -> nullIf(function);
      case "ABS" -> abs(function);
      case "LN", "EXP", "SQRT" -> ofDouble(function);
      case "POWER" -> power(function);
      case "ROUND", "FLOOR" -> rounded(function);
      default -> text(function);
    };
  }

  private boolean takes(Syntax.Function function, int least, int most) {
    int given = function.arguments().size();
    if (given >= least && given <= most) {
      return true;
    }
    String count = least == most ? "%d".formatted(least) : "%d to %d".formatted(least, most);
    problems.add(
        function.span(),
        "%s takes %s arguments, not %d".formatted(function.name(), count, given),
        "look for a missing or surplus comma.");
    return false;
  }

  private @Nullable Expression ofOneType(Syntax.Function function, int least) {
    if (!takes(function, least, MANY)) {
      return null;
    }
    List<Expression> values = expressions.unified(function.arguments(), function.name());
    return values == null
        ? null
        : new Call(Operator.valueOf(function.name()), values, values.getFirst().type());
  }

  private @Nullable Expression extreme(Syntax.Function function) {
    Expression call = ofOneType(function, 2);
    if (call == null || isOrdered(call.type())) {
      return call;
    }
    problems.add(
        function.span(),
        "the order of %s values differs between engines".formatted(call.type()),
        "take %s of numbers or timestamps.".formatted(function.name()));
    return null;
  }

  static boolean isOrdered(ColumnType type) {
    return type.kind() != Kind.VARCHAR && type.kind() != Kind.BOOLEAN;
  }

  private @Nullable Expression nullIf(Syntax.Function function) {
    if (!takes(function, 2, 2)) {
      return null;
    }
    Expression value = expressions.check(function.arguments().getFirst());
    Expression other = expressions.check(function.arguments().get(1));
    Expression equal =
        operators.compare(
            new Syntax.Binary(
                "=", function.arguments().getFirst(), function.arguments().get(1), function.span()),
            value,
            other);
    if (value == null || !(equal instanceof Call(_, List<Expression> sides, _))) {
      return null;
    }
    return sides.getFirst().type().equals(value.type())
        ? new Call(Operator.NULLIF, List.of(value, sides.get(1)), value.type())
        : new Expression.Case(
            List.of(equal),
            List.of(Conversions.convert(nullLiteral(), value.type())),
            value,
            value.type());
  }

  private static Expression nullLiteral() {
    return new Literal(ColumnType.BIGINT, 0, null, true);
  }

  private @Nullable Expression number(Syntax.Function function) {
    Syntax first = function.arguments().getFirst();
    Expression argument = expressions.check(first);
    return argument != null && operators.isNumber(first, argument, function.name())
        ? argument
        : null;
  }

  private @Nullable Expression abs(Syntax.Function function) {
    Expression argument = takes(function, 1, 1) ? number(function) : null;
    return argument == null ? null : new Call(Operator.ABS, List.of(argument), argument.type());
  }

  private @Nullable Expression ofDouble(Syntax.Function function) {
    Expression argument = takes(function, 1, 1) ? number(function) : null;
    if (argument == null || !isDouble(function, function.arguments().getFirst(), argument)) {
      return null;
    }
    return new Call(Operator.valueOf(function.name()), List.of(argument), ColumnType.DOUBLE);
  }

  private boolean isDouble(Syntax.Function function, Syntax syntax, Expression argument) {
    if (argument.type().kind() == Kind.DOUBLE) {
      return true;
    }
    problems.add(
        syntax.span(),
        "%s takes a double, and `%s` is a %s"
            .formatted(function.name(), problems.quote(syntax.span()), argument.type()),
        "write %s(CAST(%s AS DOUBLE)%s)."
            .formatted(
                function.name(),
                problems.quote(syntax.span()),
                function.name().equals("POWER") ? ", …" : ""));
    return false;
  }

  /// The base is a double; a bigint or decimal exponent becomes one beside it.
  private @Nullable Expression power(Syntax.Function function) {
    if (!takes(function, 2, 2)) {
      return null;
    }
    Expression base = number(function);
    Syntax second = function.arguments().get(1);
    Expression exponent = expressions.check(second);
    if (base == null
        || exponent == null
        || !operators.isNumber(second, exponent, "POWER")
        || !isDouble(function, function.arguments().getFirst(), base)) {
      return null;
    }
    return new Call(
        Operator.POWER,
        List.of(base, Conversions.convert(exponent, ColumnType.DOUBLE)),
        ColumnType.DOUBLE);
  }

  private @Nullable Expression rounded(Syntax.Function function) {
    boolean floor = function.name().equals("FLOOR");
    Expression argument = takes(function, 1, floor ? 1 : 2) ? number(function) : null;
    if (argument == null) {
      return null;
    }
    if (argument.type().kind() == Kind.BIGINT) {
      problems.add(
          function.span(),
          "%s of a bigint changes nothing, and its type differs between engines"
              .formatted(function.name()),
          "write %s.".formatted(problems.quote(function.arguments().getFirst().span())));
      return null;
    }
    return floor ? floor(argument) : round(function, argument);
  }

  private static Expression floor(Expression argument) {
    return new Call(Operator.FLOOR, List.of(argument), whole(argument.type(), 0));
  }

  private @Nullable Expression round(Syntax.Function function, Expression argument) {
    Integer digits = digits(function);
    if (digits == null) {
      return null;
    }
    ColumnType type = argument.type();
    if (type.kind() == Kind.DECIMAL && digits >= type.scale()) {
      return argument;
    }
    return digits == 0
        ? new Call(Operator.ROUND, List.of(argument), whole(type, 0))
        : new Call(
            Operator.ROUND,
            List.of(argument, Conversions.literal(ColumnType.BIGINT, digits)),
            whole(type, digits));
  }

  /// A type with fewer digits after the point; what they leave is room for what is carried.
  private static ColumnType whole(ColumnType type, int scale) {
    return type.kind() == Kind.DOUBLE ? type : ColumnType.decimal(type.precision(), scale);
  }

  private @Nullable Integer digits(Syntax.Function function) {
    if (function.arguments().size() == 1) {
      return 0;
    }
    Syntax second = function.arguments().get(1);
    if (second instanceof Syntax.Numeral(String text, _) && text.matches("\\d|1[0-5]")) {
      return Integer.valueOf(text);
    }
    problems.add(
        second.span(),
        "ROUND takes a constant number of digits from 0 to 15, not `%s`"
            .formatted(problems.quote(second.span())),
        "write ROUND(x, 2).");
    return null;
  }

  private @Nullable Expression text(Syntax.Function function) {
    boolean part = function.name().equals("SUBSTRING");
    if (!takes(function, part ? 2 : 1, part ? 3 : 1)) {
      return null;
    }
    Syntax first = function.arguments().getFirst();
    Expression argument = expressions.check(first);
    if (argument == null) {
      return null;
    }
    if (argument.type().kind() != Kind.VARCHAR) {
      problems.add(
          first.span(),
          "%s takes a text, and `%s` is a %s"
              .formatted(function.name(), problems.quote(first.span()), argument.type()),
          "take a varchar column.");
      return null;
    }
    return switch (function.name()) {
      case "LENGTH" -> new Call(Operator.LENGTH, List.of(argument), ColumnType.BIGINT);
      case "SUBSTRING" -> substring(function, argument);
      default -> new Call(Operator.valueOf(function.name()), List.of(argument), ColumnType.VARCHAR);
    };
  }

  private @Nullable Expression substring(Syntax.Function function, Expression argument) {
    List<Expression> arguments = new ArrayList<>(List.of(argument));
    for (int i = 1; i < function.arguments().size(); i++) {
      Syntax position = function.arguments().get(i);
      if (!(position instanceof Syntax.Numeral(String text, _))
          || !text.matches(i == 1 ? "[1-9]\\d{0,8}" : "\\d{1,9}")) {
        problems.add(
            position.span(),
            "SUBSTRING takes a constant start from 1 and a constant length, not `%s`"
                .formatted(problems.quote(position.span())),
            "write SUBSTRING(x, 1, 3).");
        return null;
      }
      arguments.add(Conversions.literal(ColumnType.BIGINT, Long.parseLong(text)));
    }
    if (arguments.size() == 2) {
      arguments.add(Conversions.literal(ColumnType.BIGINT, Integer.MAX_VALUE));
    }
    return new Call(Operator.SUBSTRING, arguments, ColumnType.VARCHAR);
  }

  @Nullable Expression extract(Syntax.Extract extract) {
    Expression argument = expressions.check(extract.operand());
    Operator operator = part(extract);
    if (argument == null || operator == null) {
      return null;
    }
    if (argument.type().kind() != Kind.TIMESTAMP) {
      problems.add(
          extract.operand().span(),
          "EXTRACT takes a timestamp, and `%s` is a %s"
              .formatted(problems.quote(extract.operand().span()), argument.type()),
          "take the event time.");
      return null;
    }
    boolean epoch = operator == Operator.EXTRACT_EPOCH;
    return new Call(operator, List.of(argument), epoch ? ColumnType.DOUBLE : ColumnType.BIGINT);
  }

  private @Nullable Operator part(Syntax.Extract extract) {
    return switch (extract.field()) {
      case "YEAR" -> Operator.EXTRACT_YEAR;
      case "MONTH" -> Operator.EXTRACT_MONTH;
      case "DAY" -> Operator.EXTRACT_DAY;
      case "HOUR" -> Operator.EXTRACT_HOUR;
      case "MINUTE" -> Operator.EXTRACT_MINUTE;
      case "ISODOW" -> Operator.EXTRACT_ISODOW;
      case "DOY" -> Operator.EXTRACT_DOY;
      case "EPOCH" -> Operator.EXTRACT_EPOCH;
      default -> noPart(extract);
    };
  }

  private @Nullable Operator noPart(Syntax.Extract extract) {
    problems.add(
        extract.span(),
        "EXTRACT of %s is not in the dialect".formatted(extract.field()),
        switch (extract.field()) {
          case "DOW" -> "write ISODOW, Monday 1 to Sunday 7; DOW starts on another day elsewhere.";
          case "SECOND" -> "write EPOCH; whether SECOND has a fraction differs between engines.";
          default -> "take YEAR, MONTH, DAY, HOUR, MINUTE, ISODOW, DOY or EPOCH.";
        });
    return null;
  }
}
