package io.cromford.features.sql;

import io.cromford.core.ColumnType;
import io.cromford.core.ColumnType.Kind;
import io.cromford.features.plan.Expression;
import io.cromford.features.plan.Expression.Call;
import io.cromford.features.plan.Expression.Operator;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Types operators, and brings operands to one type. A method returns null where it has reported a
/// problem, or where an operand is null because one was reported there.
final class OperatorChecker {
  private final Problems problems;

  OperatorChecker(Problems problems) {
    this.problems = problems;
  }

  @Nullable Expression minus(Syntax.Minus minus, @Nullable Expression operand) {
    return operand == null || !isNumber(minus.operand(), operand, "-")
        ? null
        : new Call(Operator.NEGATE, List.of(operand), operand.type());
  }

  @Nullable Expression binary(
      Syntax.Binary binary, @Nullable Expression left, @Nullable Expression right) {
    return switch (binary.operator()) {
      case "+", "-", "*", "/" -> arithmetic(binary, left, right);
      default -> compare(binary, left, right);
    };
  }

  private @Nullable Expression arithmetic(
      Syntax.Binary binary, @Nullable Expression left, @Nullable Expression right) {
    if (left == null || right == null) {
      return null;
    }
    if (!subtractsTimes(binary, left, right)
        || !isNumber(binary.left(), left, binary.operator())
        || !isNumber(binary.right(), right, binary.operator())) {
      return null;
    }
    List<Expression> operands = List.of(left, right);
    if (left.type().kind() == Kind.DOUBLE || right.type().kind() == Kind.DOUBLE) {
      return new Call(operator(binary), converted(operands, ColumnType.DOUBLE), ColumnType.DOUBLE);
    }
    return switch (binary.operator()) {
      case "*" -> product(binary, operands);
      case "/" -> quotient(binary, left, right);
      default -> sum(binary, operands);
    };
  }

  /// Reports a difference of timestamps.
  private boolean subtractsTimes(Syntax.Binary binary, Expression left, Expression right) {
    if (left.type().kind() != Kind.TIMESTAMP || right.type().kind() != Kind.TIMESTAMP) {
      return true;
    }
    problems.add(
        binary.span(),
        "a difference of timestamps is an interval, which is not in the dialect",
        "subtract seconds: EXTRACT(EPOCH FROM %s) - EXTRACT(EPOCH FROM %s)."
            .formatted(
                problems.quote(binary.left().span()), problems.quote(binary.right().span())));
    return false;
  }

  private @Nullable Expression sum(Syntax.Binary binary, List<Expression> operands) {
    ColumnType common = Conversions.commonNumber(operands);
    if (common == null) {
      return tooLong(binary.span(), binary.operator());
    }
    if (common.kind() == Kind.BIGINT) {
      return new Call(operator(binary), operands, common);
    }
    ColumnType type = Conversions.exact(common.precision() - common.scale() + 1, common.scale());
    return type == null
        ? tooLong(binary.span(), binary.operator())
        : new Call(operator(binary), converted(operands, common), type);
  }

  private @Nullable Expression product(Syntax.Binary binary, List<Expression> operands) {
    if (operands.stream().allMatch(e -> e.type().kind() == Kind.BIGINT)) {
      return new Call(Operator.MULTIPLY, operands, ColumnType.BIGINT);
    }
    int scale = operands.stream().mapToInt(e -> e.type().scale()).sum();
    int digits = operands.stream().mapToInt(Conversions::integerDigits).sum();
    ColumnType type = Conversions.exact(digits, scale);
    return type == null ? tooLong(binary.span(), "*") : new Call(Operator.MULTIPLY, operands, type);
  }

  private @Nullable Expression quotient(Syntax.Binary binary, Expression left, Expression right) {
    boolean integers = left.type().kind() == Kind.BIGINT && right.type().kind() == Kind.BIGINT;
    problems.add(
        binary.span(),
        integers
            ? "integer / integer: 7 / 2 is 3 in one engine and 3.5 in another"
            : "%s / %s: how many digits the result has differs between engines"
                .formatted(left.type(), right.type()),
        "write CAST(%s AS DOUBLE) / %s."
            .formatted(
                problems.quote(binary.left().span()), problems.quote(binary.right().span())));
    return null;
  }

  private @Nullable Expression tooLong(Span at, String operator) {
    problems.add(
        at,
        "the result of %s would need more than the 18 digits that a decimal has"
            .formatted(operator),
        "write CAST(x AS DOUBLE) for an operand, or ROUND it to fewer digits.");
    return null;
  }

  private static Operator operator(Syntax.Binary binary) {
    return switch (binary.operator()) {
      case "+" -> Operator.ADD;
      case "-" -> Operator.SUBTRACT;
      case "*" -> Operator.MULTIPLY;
      case "/" -> Operator.DIVIDE;
      case "=" -> Operator.EQUAL;
      case "<>" -> Operator.NOT_EQUAL;
      case "<" -> Operator.LESS;
      case "<=" -> Operator.LESS_OR_EQUAL;
      case ">" -> Operator.GREATER;
      case ">=" -> Operator.GREATER_OR_EQUAL;
      default -> throw new IllegalArgumentException(binary.operator());
    };
  }

  /// Whether an operand is a number; else a problem is reported.
  boolean isNumber(Syntax syntax, Expression operand, String of) {
    if (Conversions.isUntyped(operand)) {
      problems.add(syntax.span(), "NULL has no type beside " + of, "write CAST(NULL AS DOUBLE).");
      return false;
    }
    if (Conversions.isNumeric(operand.type())) {
      return true;
    }
    String text = problems.quote(syntax.span());
    problems.add(
        syntax.span(),
        "%s takes numbers, and `%s` is a %s".formatted(of, text, operand.type()),
        switch (operand.type().kind()) {
          case BOOLEAN -> "write CASE WHEN %s THEN 1 ELSE 0 END.".formatted(text);
          case TIMESTAMP -> "write EXTRACT(EPOCH FROM %s), its seconds.".formatted(text);
          case BIGINT, DECIMAL, DOUBLE, VARCHAR -> "declare the column as a number in its source.";
        });
    return false;
  }

  @Nullable Expression compare(
      Syntax.Binary binary, @Nullable Expression left, @Nullable Expression right) {
    if (left == null || right == null || !comparable(binary, left, right)) {
      return null;
    }
    return new Call(operator(binary), aligned(left, right), ColumnType.BOOLEAN);
  }

  /// Operands of one type; exact numbers keep their scales, but a literal takes the other's.
  private static List<Expression> aligned(Expression left, Expression right) {
    boolean exact = Conversions.isExact(left.type()) && Conversions.isExact(right.type());
    if (!exact) {
      boolean numbers = Conversions.isNumeric(left.type());
      return numbers ? converted(List.of(left, right), ColumnType.DOUBLE) : List.of(left, right);
    }
    return List.of(scaled(left, right), scaled(right, left));
  }

  private static Expression scaled(Expression literal, Expression other) {
    if (!(literal instanceof Expression.Literal)
        || literal.type().scale() >= other.type().scale()) {
      return literal;
    }
    int digits = Conversions.integerDigits(literal) + other.type().scale();
    return digits > ColumnType.MAX_PRECISION
        ? literal
        : Conversions.convert(literal, ColumnType.decimal(digits, other.type().scale()));
  }

  private boolean comparable(Syntax.Binary binary, Expression left, Expression right) {
    if (Conversions.isUntyped(left) || Conversions.isUntyped(right)) {
      problems.add(
          binary.span(), "a comparison with NULL is never true", "write IS NULL or IS NOT NULL.");
      return false;
    }
    boolean numbers = Conversions.isNumeric(left.type()) && Conversions.isNumeric(right.type());
    if (!numbers && !left.type().equals(right.type())) {
      problems.add(
          binary.span(),
          "`%s` is a %s and `%s` a %s: nothing converts by itself"
              .formatted(
                  problems.quote(binary.left().span()),
                  left.type(),
                  problems.quote(binary.right().span()),
                  right.type()),
          mixedAdvice(binary, left, right));
      return false;
    }
    return ordered(binary, left.type());
  }

  private String mixedAdvice(Syntax.Binary binary, Expression left, Expression right) {
    if (left.type().kind() == Kind.BOOLEAN) {
      return "write %s alone, or NOT %s."
          .formatted(problems.quote(binary.left().span()), problems.quote(binary.left().span()));
    }
    if (left.type().kind() == Kind.TIMESTAMP && right.type().kind() == Kind.VARCHAR) {
      return "write TIMESTAMP %s.".formatted(problems.quote(binary.right().span()));
    }
    return "compare with a value of the type %s.".formatted(left.type());
  }

  private boolean ordered(Syntax.Binary binary, ColumnType type) {
    boolean equality = binary.operator().equals("=") || binary.operator().equals("<>");
    if (equality || (type.kind() != Kind.VARCHAR && type.kind() != Kind.BOOLEAN)) {
      return true;
    }
    problems.add(
        binary.span(),
        "the order of %s values differs between engines".formatted(type),
        "compare with =, <> or IN.");
    return false;
  }

  /// Operands converted to the one type that all can take.
  @Nullable List<Expression> unify(List<Syntax> syntax, List<Expression> operands, String of) {
    List<Expression> typed = operands.stream().filter(e -> !Conversions.isUntyped(e)).toList();
    if (typed.isEmpty()) {
      problems.add(
          syntax.getFirst().span(),
          "%s has no type: all its values are NULL".formatted(of),
          "write CAST(NULL AS DOUBLE).");
      return null;
    }
    ColumnType first = typed.getFirst().type();
    if (typed.stream().allMatch(e -> Conversions.isNumeric(e.type()))) {
      ColumnType common = Conversions.commonNumber(typed);
      if (common == null || Conversions.cutsDigits(typed, common)) {
        tooLong(syntax.getFirst().span(), of);
        return null;
      }
      return converted(operands, common);
    }
    for (int i = 0; i < operands.size(); i++) {
      Expression operand = operands.get(i);
      if (!Conversions.isUntyped(operand) && !operand.type().equals(first)) {
        mixed(syntax.get(i), operand, of, first);
        return null;
      }
    }
    return converted(operands, first);
  }

  private void mixed(Syntax syntax, Expression operand, String of, ColumnType first) {
    problems.add(
        syntax.span(),
        "`%s` is a %s in a %s of %s values: nothing converts by itself"
            .formatted(problems.quote(syntax.span()), operand.type(), of, first),
        "give all of them one type.");
  }

  static List<Expression> converted(List<Expression> operands, ColumnType type) {
    List<Expression> converted = new ArrayList<>();
    operands.forEach(operand -> converted.add(Conversions.convert(operand, type)));
    return converted;
  }
}
