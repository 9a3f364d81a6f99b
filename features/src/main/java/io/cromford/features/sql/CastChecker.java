package io.cromford.features.sql;

import io.cromford.core.ColumnType;
import io.cromford.core.ColumnType.Kind;
import io.cromford.features.plan.Expression;
import io.cromford.features.plan.Expression.Call;
import io.cromford.features.plan.Expression.Cast;
import io.cromford.features.plan.Expression.Operator;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Types CAST: the conversions that mean the same everywhere.
final class CastChecker {
  private final Problems problems;

  CastChecker(Problems problems) {
    this.problems = problems;
  }

  @Nullable Expression check(Syntax.CastTo cast, @Nullable Expression operand) {
    ColumnType type = type(cast.type());
    if (operand == null || type == null) {
      return null;
    }
    if (Conversions.isUntyped(operand)) {
      return new Cast(operand, type);
    }
    if (operand.type().equals(type)) {
      return operand;
    }
    String advice = refusal(cast, operand, type);
    if (advice != null) {
      problems.add(
          cast.span(),
          "CAST of a %s AS %s differs between engines"
              .formatted(operand.type(), type.toString().toUpperCase(Locale.ROOT)),
          advice);
      return null;
    }
    return Conversions.convert(operand, type);
  }

  /// What to write instead of a conversion; null if it is allowed.
  private @Nullable String refusal(Syntax.CastTo cast, Expression operand, ColumnType type) {
    String text = problems.quote(cast.operand().span());
    ColumnType from = operand.type();
    if (from.kind() == Kind.VARCHAR) {
      return "declare the column with its type in the source's contract.";
    }
    if (from.kind() == Kind.TIMESTAMP) {
      return "write EXTRACT(EPOCH FROM %s).".formatted(text);
    }
    return switch (type.kind()) {
      case DOUBLE -> null;
      case BIGINT ->
          isWhole(operand)
              ? null
              : "write CAST(FLOOR(%s) AS BIGINT) or CAST(ROUND(%s) AS BIGINT)."
                  .formatted(text, text);
      case DECIMAL ->
          from.scale() <= type.scale()
              ? null
              : "write ROUND(%s, %d).".formatted(text, type.scale());
      case BOOLEAN -> "write %s <> 0.".formatted(text);
      case TIMESTAMP, VARCHAR -> "leave it as it is.";
    };
  }

  private static boolean isWhole(Expression operand) {
    if (operand.type().kind() != Kind.DOUBLE) {
      return operand.type().scale() == 0;
    }
    return operand instanceof Call call
        && (call.operator() == Operator.FLOOR
            || (call.operator() == Operator.ROUND && call.arguments().size() == 1));
  }

  private @Nullable ColumnType type(Syntax.TypeName name) {
    ColumnType simple =
        switch (name.name()) {
          case "BIGINT" -> ColumnType.BIGINT;
          case "DOUBLE" -> ColumnType.DOUBLE;
          case "BOOLEAN" -> ColumnType.BOOLEAN;
          default -> null;
        };
    if (simple != null && name.parameters().isEmpty()) {
      return simple;
    }
    return name.name().equals("DECIMAL") || name.name().equals("NUMERIC")
        ? decimal(name)
        : wrong(name, "CAST AS %s is not in the dialect".formatted(problems.quote(name.span())));
  }

  private @Nullable ColumnType decimal(Syntax.TypeName name) {
    return ColumnType.parse("decimal(%s)".formatted(String.join(",", name.parameters())))
        .orElseGet(() -> wrong(name, problems.quote(name.span()) + " is no type"));
  }

  private @Nullable ColumnType wrong(Syntax.TypeName name, String message) {
    problems.add(
        name.span(),
        message,
        "take BIGINT, DOUBLE, BOOLEAN or DECIMAL(p,s) with p at most 18 and s at most p.");
    return null;
  }
}
