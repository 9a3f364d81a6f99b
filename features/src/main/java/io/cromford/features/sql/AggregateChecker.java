package io.cromford.features.sql;

import io.cromford.core.ColumnType;
import io.cromford.core.ColumnType.Kind;
import io.cromford.features.plan.Aggregate;
import io.cromford.features.plan.Expression;
import io.cromford.features.plan.Window;
import io.cromford.features.sql.FrameChecker.Checked;
import io.cromford.features.sql.Syntax.Function;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Types window aggregates and holds their frames against the label's maturity.
final class AggregateChecker {
  private final Inputs inputs;
  private final Problems problems;
  private final Nodes nodes;
  private final FrameChecker frames;
  private final Map<Aggregate, Integer> aggregates = new LinkedHashMap<>();
  private final Map<Window, Integer> windows = new LinkedHashMap<>();

  AggregateChecker(Inputs inputs, Problems problems, Nodes nodes, FrameChecker frames) {
    this.inputs = inputs;
    this.problems = problems;
    this.nodes = nodes;
    this.frames = frames;
  }

  /// The distinct aggregates so far, in the order of their first use.
  List<Aggregate> aggregates() {
    return new ArrayList<>(aggregates.keySet());
  }

  /// The distinct windows so far, in the order of their first use.
  List<Window> windows() {
    return new ArrayList<>(windows.keySet());
  }

  /// The value of an aggregate; null if a problem was reported.
  @Nullable Expression check(Function function) {
    ExpressionChecker arguments = ExpressionChecker.ofArguments(inputs, problems, nodes);
    Argument argument = argument(function, arguments);
    Syntax where = function.filter();
    Expression filter = where == null ? null : arguments.condition(where, "FILTER");
    Checked frame = frame(function);
    if (frame != null) {
      refuseLeak(function, frame, arguments.outcomesRead());
      refuseOwnValue(function, frame);
    }
    if (argument == null
        || frame == null
        || frame.window() == null
        || (where != null && filter == null)) {
      return null;
    }
    return value(argument, filter, frame.window());
  }

  private Expression value(Argument argument, @Nullable Expression filter, Window window) {
    Integer known = windows.putIfAbsent(window, windows.size());
    int windowIndex = known == null ? windows.size() - 1 : known;
    Aggregate aggregate =
        new Aggregate(
            argument.function(), argument.expression(), filter, windowIndex, argument.type());
    Integer used = aggregates.putIfAbsent(aggregate, aggregates.size());
    return new Expression.AggregateValue(
        used == null ? aggregates.size() - 1 : used, argument.type());
  }

  private @Nullable Checked frame(Function function) {
    if (function.over() != null) {
      return frames.resolve(function.over());
    }
    problems.add(
        function.span(),
        "%s has no window".formatted(function.name()),
        "add OVER (PARTITION BY … ORDER BY %s RANGE BETWEEN INTERVAL '7' DAY PRECEDING AND CURRENT"
                .formatted(inputs.catalog().eventTime())
            + " ROW EXCLUDE TIES).");
    return null;
  }

  private void refuseLeak(Function function, Checked frame, List<Syntax.Name> outcomes) {
    Window window = frame.window();
    long maturity = inputs.catalog().maturityMillis();
    if (window == null || outcomes.isEmpty() || window.endMillis() >= maturity) {
      return;
    }
    Syntax.Name outcome = outcomes.getFirst();
    String end =
        window.includesCurrent()
            ? "at the current row"
            : Intervals.words(window.endMillis()) + " before the row";
    problems.add(
        outcome.span(),
        "%s reads the outcome `%s` in %s, which ends %s; an outcome is mature only after %s"
            .formatted(
                function.name(), outcome.name(), frame.name(), end, Intervals.words(maturity)),
        "end the frame at the maturity: RANGE BETWEEN %s PRECEDING AND %s PRECEDING."
            .formatted(
                Intervals.of(window.startMillis() + maturity - window.endMillis()),
                Intervals.of(maturity)));
  }

  private void refuseOwnValue(Function function, Checked frame) {
    Window window = frame.window();
    if (function.name().equals("LAST_VALUE") && window != null && window.includesCurrent()) {
      problems.add(
          function.span(),
          "LAST_VALUE in %s, which includes the current row, is the row's own value"
              .formatted(frame.name()),
          "end the frame before the row: RANGE BETWEEN %s PRECEDING AND INTERVAL '1' MILLISECOND"
                  .formatted(Intervals.of(window.startMillis()))
              + " PRECEDING.");
    }
  }

  /// What an aggregate computes, and of what.
  ///
  /// @param type of the result
  private record Argument(
      Aggregate.Function function, @Nullable Expression expression, ColumnType type) {}

  private @Nullable Argument argument(Function function, ExpressionChecker checker) {
    if (function.distinct() && !function.name().equals("COUNT")) {
      problems.add(
          function.span(),
          "DISTINCT in %s is not in the dialect".formatted(function.name()),
          "take COUNT(DISTINCT x), or leave DISTINCT out.");
      return null;
    }
    if (function.star()) {
      return star(function);
    }
    if (function.arguments().size() != 1) {
      problems.add(
          function.span(),
          "%s takes 1 argument, not %d".formatted(function.name(), function.arguments().size()),
          "write %s(x).".formatted(function.name()));
      return null;
    }
    Syntax syntax = function.arguments().getFirst();
    return switch (function.name()) {
      case "AVG", "STDDEV" -> average(function, syntax, checker);
      default -> plain(function, syntax, checker);
    };
  }

  private @Nullable Argument star(Function function) {
    if (function.name().equals("COUNT")) {
      return new Argument(Aggregate.Function.COUNT, null, ColumnType.BIGINT);
    }
    problems.add(
        function.span(),
        "%s(*) has no meaning".formatted(function.name()),
        "name a column: %s(x).".formatted(function.name()));
    return null;
  }

  private @Nullable Argument plain(Function function, Syntax syntax, ExpressionChecker checker) {
    Expression argument = checker.check(syntax);
    if (argument == null) {
      return null;
    }
    if (Conversions.isUntyped(argument)) {
      problems.add(
          syntax.span(), "%s of NULL has no type".formatted(function.name()), "name a column.");
      return null;
    }
    return switch (function.name()) {
      case "COUNT" -> count(function, syntax, argument);
      case "SUM" -> sum(syntax, argument);
      case "MIN", "MAX" -> extreme(function, syntax, argument);
      default -> last(function, argument);
    };
  }

  private @Nullable Argument count(Function function, Syntax syntax, Expression argument) {
    if (!function.distinct()) {
      return new Argument(Aggregate.Function.COUNT, argument, ColumnType.BIGINT);
    }
    if (argument.type().kind() == Kind.DOUBLE) {
      problems.add(
          syntax.span(),
          "COUNT(DISTINCT …) of a double: equal doubles are chance",
          "write COUNT(DISTINCT CAST(%s AS DECIMAL(18,6)))."
              .formatted(problems.quote(syntax.span())));
      return null;
    }
    return new Argument(Aggregate.Function.COUNT_DISTINCT, argument, ColumnType.BIGINT);
  }

  private @Nullable Argument sum(Syntax syntax, Expression argument) {
    String text = problems.quote(syntax.span());
    switch (argument.type().kind()) {
      case BIGINT -> {
        return new Argument(Aggregate.Function.SUM, argument, ColumnType.BIGINT);
      }
      case DECIMAL -> {
        ColumnType type = ColumnType.decimal(ColumnType.MAX_PRECISION, argument.type().scale());
        return new Argument(Aggregate.Function.SUM, argument, type);
      }
      case DOUBLE ->
          problems.add(
              syntax.span(),
              "SUM of a double depends on the order of its rows",
              "write SUM(CAST(%s AS DECIMAL(18,6))).".formatted(text));
      case BOOLEAN ->
          problems.add(
              syntax.span(),
              "SUM of a boolean means something in some engines only",
              "write SUM(CASE WHEN %s THEN 1 ELSE 0 END), or COUNT(*) FILTER (WHERE %s)."
                  .formatted(text, text));
      case TIMESTAMP, VARCHAR ->
          problems.add(
              syntax.span(),
              "SUM takes numbers, and `%s` is a %s".formatted(text, argument.type()),
              "COUNT it, or take its MIN or MAX.");
    }
    return null;
  }

  private @Nullable Argument extreme(Function function, Syntax syntax, Expression argument) {
    if (!FunctionChecker.isOrdered(argument.type())) {
      problems.add(
          syntax.span(),
          "the order of %s values differs between engines".formatted(argument.type()),
          argument.type().kind() == Kind.BOOLEAN
              ? "write %s(CASE WHEN %s THEN 1 ELSE 0 END)."
                  .formatted(function.name(), problems.quote(syntax.span()))
              : "take COUNT(DISTINCT x) or LAST_VALUE(x).");
      return null;
    }
    Aggregate.Function kind =
        function.name().equals("MIN") ? Aggregate.Function.MIN : Aggregate.Function.MAX;
    return new Argument(kind, argument, argument.type());
  }

  private @Nullable Argument last(Function function, Expression argument) {
    if (function.filter() != null) {
      problems.add(
          function.filter().span(),
          "LAST_VALUE with FILTER is not in the dialect",
          "put the condition into the value: LAST_VALUE(CASE WHEN … THEN x END).");
      return null;
    }
    return new Argument(Aggregate.Function.LAST, argument, argument.type());
  }

  /// AVG and STDDEV take CAST(… AS DOUBLE) of an exact number, and compute on the number itself.
  private @Nullable Argument average(Function function, Syntax syntax, ExpressionChecker checker) {
    Aggregate.Function kind = Aggregate.Function.valueOf(function.name());
    if (!(syntax instanceof Syntax.CastTo(Syntax operand, Syntax.TypeName type, _))
        || !type.name().equals("DOUBLE")) {
      Expression argument = checker.check(syntax);
      return argument == null ? null : inexact(function, syntax, argument);
    }
    Expression exact = checker.check(operand);
    if (exact == null || Conversions.isUntyped(exact)) {
      return exact == null ? null : inexact(function, operand, exact);
    }
    return switch (exact.type().kind()) {
      case BIGINT, DECIMAL -> new Argument(kind, exact, ColumnType.DOUBLE);
      case BOOLEAN ->
          new Argument(kind, Conversions.convert(exact, ColumnType.BIGINT), ColumnType.DOUBLE);
      case DOUBLE, TIMESTAMP, VARCHAR -> inexact(function, operand, exact);
    };
  }

  private @Nullable Argument inexact(Function function, Syntax syntax, Expression argument) {
    String text = problems.quote(syntax.span());
    String advice =
        switch (argument.type().kind()) {
          case BIGINT, DECIMAL -> "write %s(CAST(%s AS DOUBLE)).".formatted(function.name(), text);
          case DOUBLE ->
              "write %s(CAST(CAST(%s AS DECIMAL(18,6)) AS DOUBLE)), which sums exactly."
                  .formatted(function.name(), text);
          case BOOLEAN ->
              "write %s(CAST(CASE WHEN %s THEN 1 ELSE 0 END AS DOUBLE))."
                  .formatted(function.name(), text);
          case TIMESTAMP, VARCHAR -> "take a number.";
        };
    problems.add(
        syntax.span(),
        "%s of a %s differs between engines: the dialect takes CAST(… AS DOUBLE) of an exact number"
            .formatted(function.name(), argument.type()),
        advice);
    return null;
  }
}
