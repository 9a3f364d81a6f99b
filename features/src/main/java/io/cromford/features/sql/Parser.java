package io.cromford.features.sql;

import io.cromford.features.sql.Syntax.Definition;
import io.cromford.features.sql.Syntax.Item;
import io.cromford.features.sql.Syntax.Named;
import io.cromford.features.sql.Syntax.Query;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Parses a whole query: SELECT items FROM source WINDOW windows.
///
/// After a refusal it goes on with the next output or window, so that one run reports all of them.
final class Parser {
  private static final List<String> AFTER_ITEMS = List.of("FROM", "WINDOW");
  private static final Set<String> JOINS =
      Set.of("JOIN", "LEFT", "RIGHT", "FULL", "INNER", "CROSS", "NATURAL", "ASOF", "POSITIONAL");

  /// Clauses of other queries, and what to do instead.
  private static final Map<String, String> CLAUSES =
      Map.of(
          "WHERE", "leave rows out of an aggregate with FILTER (WHERE …).",
          "GROUP", "say it as a window: SUM(x) OVER (PARTITION BY …).",
          "HAVING", "say it as a CASE over the aggregate.",
          "ORDER", "leave it out: the features come in the order of the ledger.",
          "LIMIT", "leave it out: every observation has its features.",
          "QUALIFY", "say it as a CASE over the aggregate.",
          "UNION", "write one query.",
          "EXCEPT", "write one query.",
          "INTERSECT", "write one query.");

  private final Cursor cursor;
  private final ExpressionParser expressions;
  private final Problems problems;

  Parser(List<Token> tokens, Problems problems) {
    this.cursor = new Cursor(tokens);
    this.expressions = new ExpressionParser(cursor);
    this.problems = problems;
  }

  /// The query; null if it is too broken to be checked, the problems then say why.
  @Nullable Query query() {
    try {
      return parse();
    } catch (Refusal refusal) {
      report(refusal);
      return null;
    }
  }

  private Query parse() {
    if (cursor.peek().isWord("WITH")) {
      throw new Refusal(
          cursor.peek().span(),
          "a query within the query is not in the dialect",
          "start with SELECT, and name windows in the WINDOW clause.");
    }
    cursor.expectWord("SELECT", "at the start");
    if (cursor.peek().isWord("DISTINCT")) {
      Token distinct = cursor.next();
      problems.add(
          distinct.span(),
          "SELECT DISTINCT is not in the dialect",
          "leave DISTINCT out: every observation has its own row.");
    }
    List<Item> items = items();
    cursor.expectWord("FROM", "or a comma after an output");
    Token source = source();
    Token alias = alias();
    refuseJoin();
    refuseClauses();
    List<Named> windows = cursor.takeWord("WINDOW") ? windows() : List.of();
    refuseClauses();
    cursor.takeSymbol(";");
    if (cursor.peek().kind() != Token.Kind.END) {
      throw cursor.unexpected("the end of the query");
    }
    return new Query(items, source, alias, windows);
  }

  private List<Item> items() {
    List<Item> items = new ArrayList<>();
    do {
      int start = cursor.position();
      try {
        items.add(item());
      } catch (Refusal refusal) {
        report(refusal);
        cursor.recover(start, AFTER_ITEMS);
        if (cursor.peek().kind() == Token.Kind.END) {
          throw refusal;
        }
      }
    } while (cursor.takeSymbol(","));
    return items;
  }

  private Item item() {
    refuseStar();
    Syntax expression = expressions.expression();
    Token alias = cursor.takeWord("AS") ? aliasName() : null;
    Token next = cursor.peek();
    if (alias == null && Words.isName(next)) {
      throw new Refusal(
          next.span(),
          "%s follows an output without a comma or AS".formatted(next.shown()),
          "write AS %s if it is the output's name, or a comma if it is the next output."
              .formatted(next.text()));
    }
    if (!next.isSymbol(",") && !next.isWord("FROM")) {
      throw cursor.unexpected("a comma or FROM after an output");
    }
    return new Item(expression, alias);
  }

  private Token aliasName() {
    return cursor.expectName("an output's name");
  }

  private void refuseStar() {
    if (cursor.peek().isSymbol("*")) {
      throw new Refusal(
          cursor.peek().span(),
          "`*` is not in the dialect",
          "name each output, so that a new column changes no model.");
    }
  }

  private Token source() {
    if (cursor.peek().isSymbol("(")) {
      throw new Refusal(
          cursor.peek().span(),
          "a query within the query is not in the dialect",
          "read FROM the observation source itself.");
    }
    return cursor.expectName("the observation source");
  }

  private @Nullable Token alias() {
    if (cursor.takeWord("AS")) {
      return cursor.expectName("the source's other name");
    }
    Token token = cursor.peek();
    boolean clause = JOINS.contains(token.word()) || CLAUSES.containsKey(token.word());
    return Words.isName(token) && !clause ? cursor.next() : null;
  }

  private void refuseJoin() {
    Token token = cursor.peek();
    if (token.isSymbol(",") || JOINS.contains(token.word())) {
      throw new Refusal(
          token.span(),
          "a join is not in the dialect",
          "read outcomes by their column's name: they are joined as known at each row's arrival.");
    }
  }

  private void refuseClauses() {
    Token token = cursor.peek();
    String advice = CLAUSES.get(token.word());
    if (advice == null) {
      return;
    }
    String by = cursor.peekAfter().isWord("BY") ? " BY" : "";
    problems.add(
        token.span(),
        "%s%s of the query is not in the dialect".formatted(token.word(), by),
        advice);
    cursor.next();
    while (cursor.peek().kind() != Token.Kind.END && !cursor.peek().isWord("WINDOW")) {
      cursor.next();
    }
  }

  private List<Named> windows() {
    List<Named> windows = new ArrayList<>();
    do {
      int start = cursor.position();
      try {
        windows.add(window());
      } catch (Refusal refusal) {
        report(refusal);
        windows.addAll(broken(start));
        cursor.recover(start, List.of());
      }
    } while (cursor.takeSymbol(","));
    return windows;
  }

  private Named window() {
    Token name = cursor.expectName("a window's name");
    cursor.expectWord("AS", "after the window's name");
    Definition definition = expressions.windows().definition();
    return new Named(name.text(), definition, name.span());
  }

  /// A window that is known by its name only, so that its uses are no problem of their own.
  private List<Named> broken(int start) {
    cursor.seek(start);
    Token name = cursor.peek();
    return Words.isName(name) ? List.of(new Named(name.text(), null, name.span())) : List.of();
  }

  private void report(Refusal refusal) {
    problems.add(refusal.at(), refusal.message(), refusal.advice());
  }
}
