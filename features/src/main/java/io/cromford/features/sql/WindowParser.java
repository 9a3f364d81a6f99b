package io.cromford.features.sql;

import io.cromford.features.sql.Syntax.Definition;
import io.cromford.features.sql.Syntax.Frame;
import io.cromford.features.sql.Syntax.Interval;
import io.cromford.features.sql.Syntax.Order;
import io.cromford.features.sql.Syntax.Over;
import io.cromford.features.sql.Syntax.Reference;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Parses what follows OVER and the definitions of the WINDOW clause.
final class WindowParser {
  private static final String EXAMPLE =
      "write RANGE BETWEEN INTERVAL '7' DAY PRECEDING AND CURRENT ROW EXCLUDE TIES, with the length"
          + " you need.";

  private final Cursor cursor;
  private final ExpressionParser expressions;

  WindowParser(Cursor cursor, ExpressionParser expressions) {
    this.cursor = cursor;
    this.expressions = expressions;
  }

  Over over() {
    if (cursor.peek().isSymbol("(")) {
      return definition();
    }
    Token name = cursor.expectName("a window's name or its definition");
    return new Reference(name.text(), name.span());
  }

  Definition definition() {
    Token open = cursor.peek();
    cursor.expectSymbol("(", "that opens a window");
    Reference base = base();
    List<Syntax> partition = List.of();
    if (cursor.takeWord("PARTITION")) {
      cursor.expectWord("BY", "after PARTITION");
      partition = columns();
    }
    List<Order> order = List.of();
    if (cursor.takeWord("ORDER")) {
      cursor.expectWord("BY", "after ORDER");
      order = order();
    }
    Frame frame = cursor.peek().isSymbol(")") ? null : frame();
    cursor.expectSymbol(")", "that closes the window");
    return new Definition(base, partition, order, frame, cursor.spanFrom(open.span()));
  }

  private @Nullable Reference base() {
    Token token = cursor.peek();
    boolean clause =
        List.of("PARTITION", "ORDER", "RANGE", "ROWS", "GROUPS").contains(token.word());
    if (clause || !Words.isName(token)) {
      return null;
    }
    cursor.next();
    return new Reference(token.text(), token.span());
  }

  private List<Syntax> columns() {
    List<Syntax> columns = new ArrayList<>(List.of(expressions.expression()));
    while (cursor.takeSymbol(",")) {
      columns.add(expressions.expression());
    }
    return columns;
  }

  private List<Order> order() {
    List<Order> order = new ArrayList<>();
    do {
      Syntax term = expressions.expression();
      String direction = "";
      if (List.of("ASC", "DESC", "NULLS", "USING").contains(cursor.peek().word())) {
        direction = cursor.next().word();
      }
      order.add(new Order(term, direction, cursor.spanFrom(term.span())));
    } while (cursor.takeSymbol(","));
    return order;
  }

  private Frame frame() {
    Token word = cursor.peek();
    if (word.isWord("ROWS") || word.isWord("GROUPS")) {
      throw new Refusal(
          word.span(),
          "a frame by %s counts rows of one instant in an order that is not determined"
              .formatted(word.word()),
          EXAMPLE);
    }
    cursor.expectWord("RANGE", "of a frame");
    if (!cursor.takeWord("BETWEEN")) {
      throw new Refusal(
          cursor.peek().span(),
          "a frame says both its ends, with BETWEEN, and %s stands here"
              .formatted(cursor.peek().shown()),
          EXAMPLE);
    }
    Interval start = interval("start");
    cursor.expectWord("AND", "between the ends of a frame");
    Interval end = end();
    String exclusion = cursor.takeWord("EXCLUDE") ? exclusion() : "";
    return new Frame(start, end, exclusion, cursor.spanFrom(word.span()));
  }

  private @Nullable Interval end() {
    if (!cursor.takeWord("CURRENT")) {
      return interval("end");
    }
    cursor.expectWord("ROW", "after CURRENT");
    return null;
  }

  private String exclusion() {
    Token first = cursor.next();
    boolean two = first.isWord("CURRENT") || first.isWord("NO");
    return two ? first.word() + " " + cursor.next().word() : first.word();
  }

  private Interval interval(String end) {
    Token word = cursor.peek();
    if (word.isWord("UNBOUNDED") || word.isWord("CURRENT")) {
      throw new Refusal(
          word.span(),
          "a frame cannot %s at %s: the dialect's frames have a length"
              .formatted(end, word.isWord("CURRENT") ? "CURRENT ROW" : "UNBOUNDED"),
          "write a long interval, say INTERVAL '3650' DAY PRECEDING.");
    }
    cursor.expectWord("INTERVAL", "at the %s of a frame".formatted(end));
    Token text = cursor.next();
    Token unit = cursor.peek();
    if (text.kind() != Token.Kind.TEXT || unit.kind() != Token.Kind.WORD || isDirection(unit)) {
      throw new Refusal(
          text.span(),
          "an interval is a number between quotes and a unit, not %s".formatted(text.shown()),
          "write INTERVAL '%s' DAY, or HOUR, MINUTE, SECOND, MILLISECOND."
              .formatted(text.kind() == Token.Kind.NUMBER ? text.text() : "7"));
    }
    cursor.next();
    Span span = cursor.spanFrom(word.span());
    preceding(span);
    return new Interval(text.text(), unit.word(), span);
  }

  private static boolean isDirection(Token token) {
    return token.isWord("PRECEDING") || token.isWord("FOLLOWING");
  }

  private void preceding(Span interval) {
    if (cursor.peek().isWord("FOLLOWING")) {
      throw new Refusal(
          interval,
          "a frame with FOLLOWING reads the future",
          "end the frame at the row: … AND CURRENT ROW EXCLUDE TIES.");
    }
    cursor.expectWord("PRECEDING", "after the interval of a frame");
  }
}
