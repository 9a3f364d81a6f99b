package io.cromford.features.sql;

import io.cromford.features.sql.Syntax.Over;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Parses expressions by recursive descent, one method a level of precedence.
final class ExpressionParser {
  private static final Set<String> COMPARISONS = Set.of("=", "<>", "<", "<=", ">", ">=");

  /// Symbols of other dialects, and what to write instead.
  private static final Map<String, String> FOREIGN =
      Map.of(
          "!=", "write <> for it.",
          "==", "write = for it.",
          "::", "write CAST(x AS type).",
          "||", "keep texts apart; a partition can have several columns.",
          "//", "write FLOOR(CAST(x AS DOUBLE) / y).",
          "%", "write x - y * FLOOR(CAST(x AS DOUBLE) / y).",
          "^", "write POWER(x, y).");

  private final Cursor cursor;
  private final WindowParser windows;

  ExpressionParser(Cursor cursor) {
    this.cursor = cursor;
    this.windows = new WindowParser(cursor, this);
  }

  WindowParser windows() {
    return windows;
  }

  Syntax expression() {
    cursor.enter();
    Syntax syntax = junction("OR");
    cursor.leave();
    return syntax;
  }

  private Syntax junction(String word) {
    Span start = cursor.peek().span();
    Syntax first = word.equals("OR") ? junction("AND") : negation();
    if (!cursor.peek().isWord(word)) {
      return first;
    }
    List<Syntax> operands = new ArrayList<>(List.of(first));
    while (cursor.takeWord(word)) {
      operands.add(word.equals("OR") ? junction("AND") : negation());
    }
    return new Syntax.Junction(word, operands, cursor.spanFrom(start));
  }

  private Syntax negation() {
    Token token = cursor.peek();
    if (!cursor.takeWord("NOT")) {
      return predicate();
    }
    cursor.enter();
    Syntax operand = negation();
    cursor.leave();
    return new Syntax.Not(operand, cursor.spanFrom(token.span()));
  }

  private Syntax predicate() {
    Span start = cursor.peek().span();
    Syntax left = sum();
    int before = cursor.position();
    Syntax predicate = predicateOf(left, start);
    if (cursor.position() != before && startsPredicate(cursor.peek())) {
      throw new Refusal(
          cursor.peek().span(),
          "%s follows a comparison: how the two belong together differs between engines"
              .formatted(cursor.peek().shown()),
          "put parentheses around the first, or AND between them.");
    }
    return predicate;
  }

  private boolean startsPredicate(Token token) {
    return COMPARISONS.contains(symbol(token))
        || Set.of("IS", "IN", "BETWEEN", "LIKE").contains(token.word());
  }

  private static String symbol(Token token) {
    return token.kind() == Token.Kind.SYMBOL ? token.text() : "";
  }

  private Syntax predicateOf(Syntax left, Span start) {
    Token token = cursor.peek();
    if (COMPARISONS.contains(symbol(token))) {
      cursor.next();
      Syntax right = sum();
      return new Syntax.Binary(token.text(), left, right, cursor.spanFrom(start));
    }
    return switch (token.word()) {
      case "IS" -> isNull(left, start);
      case "IN" -> in(left, start);
      case "BETWEEN" -> between(left, start);
      case "NOT" -> negated(left, start);
      case "LIKE", "ILIKE", "SIMILAR", "GLOB" -> throw like(token);
      default -> left;
    };
  }

  private Syntax negated(Syntax left, Span start) {
    cursor.next();
    Token token = cursor.peek();
    Syntax positive =
        switch (token.word()) {
          case "IN" -> in(left, start);
          case "BETWEEN" -> between(left, start);
          case "LIKE", "ILIKE", "SIMILAR" -> throw like(token);
          default -> throw cursor.unexpected("IN or BETWEEN after NOT");
        };
    return new Syntax.Not(positive, cursor.spanFrom(start));
  }

  private static Refusal like(Token token) {
    return new Refusal(
        token.span(),
        "%s is not in the dialect".formatted(token.word()),
        "compare a part of the text: SUBSTRING(x, 1, 3) = 'abc'.");
  }

  private Syntax isNull(Syntax left, Span start) {
    cursor.next();
    boolean not = cursor.takeWord("NOT");
    Token token = cursor.peek();
    if (!cursor.takeWord("NULL")) {
      throw new Refusal(
          token.span(),
          "IS is followed by NULL or NOT NULL, not by " + token.shown(),
          "write the condition alone, or COALESCE(condition, FALSE).");
    }
    Span span = cursor.spanFrom(start);
    Syntax isNull = new Syntax.IsNull(left, span);
    return not ? new Syntax.Not(isNull, span) : isNull;
  }

  private Syntax in(Syntax left, Span start) {
    cursor.next();
    cursor.expectSymbol("(", "after IN");
    refuseSubquery();
    List<Syntax> values = list();
    cursor.expectSymbol(")", "after the values of IN");
    return new Syntax.In(left, values, cursor.spanFrom(start));
  }

  private Syntax between(Syntax left, Span start) {
    cursor.next();
    Syntax low = sum();
    cursor.expectWord("AND", "of BETWEEN");
    Syntax high = sum();
    return new Syntax.Between(left, low, high, cursor.spanFrom(start));
  }

  private List<Syntax> list() {
    List<Syntax> list = new ArrayList<>(List.of(expression()));
    while (cursor.takeSymbol(",")) {
      list.add(expression());
    }
    return list;
  }

  private Syntax sum() {
    Span start = cursor.peek().span();
    Syntax left = product();
    int terms = 0;
    while (cursor.peek().isSymbol("+") || cursor.peek().isSymbol("-")) {
      String operator = cursor.next().text();
      cursor.enter();
      terms++;
      Syntax right = product();
      left = new Syntax.Binary(operator, left, right, cursor.spanFrom(start));
    }
    leave(terms);
    refuseForeign();
    return left;
  }

  private Syntax product() {
    Span start = cursor.peek().span();
    Syntax left = signed();
    int factors = 0;
    while (cursor.peek().isSymbol("*") || cursor.peek().isSymbol("/")) {
      String operator = cursor.next().text();
      cursor.enter();
      factors++;
      Syntax right = signed();
      left = new Syntax.Binary(operator, left, right, cursor.spanFrom(start));
    }
    leave(factors);
    return left;
  }

  private void leave(int levels) {
    for (int i = 0; i < levels; i++) {
      cursor.leave();
    }
  }

  private void refuseForeign() {
    String advice = FOREIGN.get(symbol(cursor.peek()));
    if (advice != null) {
      throw new Refusal(
          cursor.peek().span(),
          "%s is not in the dialect".formatted(cursor.peek().shown()),
          advice);
    }
  }

  private Syntax signed() {
    Token sign = cursor.peek();
    if (cursor.takeSymbol("+")) {
      throw new Refusal(sign.span(), "a sign `+` before an operand does nothing", "leave it out.");
    }
    if (!cursor.takeSymbol("-")) {
      return primary();
    }
    if (cursor.peek().kind() == Token.Kind.NUMBER) {
      String digits = cursor.next().text();
      return new Syntax.Numeral("-" + digits, cursor.spanFrom(sign.span()));
    }
    cursor.enter();
    Syntax operand = signed();
    cursor.leave();
    return new Syntax.Minus(operand, cursor.spanFrom(sign.span()));
  }

  private Syntax primary() {
    Token token = cursor.peek();
    return switch (token.kind()) {
      case NUMBER -> new Syntax.Numeral(cursor.next().text(), token.span());
      case TEXT -> new Syntax.Text(cursor.next().text(), token.span());
      case QUOTED -> named();
      case WORD -> word(token);
      case SYMBOL -> parenthesised();
      case END -> throw cursor.unexpected("an expression");
    };
  }

  private Syntax parenthesised() {
    Token open = cursor.peek();
    cursor.expectSymbol("(", "or a value");
    refuseSubquery();
    Syntax inner = expression();
    cursor.expectSymbol(
        ")", "that closes line %d:%d".formatted(open.span().line(), open.span().column()));
    return inner;
  }

  private void refuseSubquery() {
    if (cursor.peek().isWord("SELECT") || cursor.peek().isWord("WITH")) {
      throw new Refusal(
          cursor.peek().span(),
          "a query within the query is not in the dialect",
          "say it as a window: FUNCTION(x) OVER (PARTITION BY … ORDER BY … RANGE …).");
    }
  }

  private Syntax word(Token token) {
    return switch (token.word()) {
      case "TRUE", "FALSE" -> {
        cursor.next();
        yield new Syntax.Truth(token.isWord("TRUE"), token.span());
      }
      case "NULL" -> {
        cursor.next();
        yield new Syntax.Null(token.span());
      }
      case "CASE" -> choice();
      case "CAST", "TRY_CAST" -> castOrName(token);
      case "EXTRACT" -> extract();
      case "INTERVAL" ->
          throw new Refusal(
              token.span(),
              "an interval can stand in a frame only",
              "compare seconds: EXTRACT(EPOCH FROM a) - EXTRACT(EPOCH FROM b).");
      case "EXISTS" ->
          throw new Refusal(
              token.span(), "EXISTS is not in the dialect", "count: COUNT(*) OVER … > 0.");
      case "NOT" ->
          throw new Refusal(
              token.span(),
              "NOT stands where a value is expected",
              "put it and its operand between parentheses: (NOT x).");
      case "TIMESTAMP" -> instantOrName();
      default -> named();
    };
  }

  private Syntax castOrName(Token token) {
    if (token.isWord("TRY_CAST")) {
      throw new Refusal(
          token.span(),
          "TRY_CAST is not in the dialect",
          "clean the value in the source's contract, and write CAST here.");
    }
    return cast();
  }

  private Syntax instantOrName() {
    Token word = cursor.peek();
    if (cursor.peekAfter().kind() != Token.Kind.TEXT) {
      return named();
    }
    cursor.next();
    return new Syntax.Instant(cursor.next().text(), cursor.spanFrom(word.span()));
  }

  private Syntax choice() {
    Token word = cursor.next();
    Syntax operand = cursor.peek().isWord("WHEN") ? null : expression();
    List<Syntax.Branch> branches = new ArrayList<>();
    while (cursor.takeWord("WHEN")) {
      Syntax condition = expression();
      cursor.expectWord("THEN", "of CASE");
      branches.add(new Syntax.Branch(condition, expression()));
    }
    if (branches.isEmpty()) {
      throw cursor.unexpected("WHEN of CASE");
    }
    Syntax otherwise = cursor.takeWord("ELSE") ? expression() : null;
    cursor.expectWord("END", "of CASE");
    return new Syntax.Choice(operand, branches, otherwise, cursor.spanFrom(word.span()));
  }

  private Syntax cast() {
    Token word = cursor.next();
    cursor.expectSymbol("(", "after CAST");
    Syntax operand = expression();
    cursor.expectWord("AS", "of CAST");
    Syntax.TypeName type = typeName();
    cursor.expectSymbol(")", "after the type of CAST");
    return new Syntax.CastTo(operand, type, cursor.spanFrom(word.span()));
  }

  private Syntax.TypeName typeName() {
    Token name = cursor.next();
    if (name.kind() != Token.Kind.WORD) {
      throw new Refusal(
          name.span(),
          "%s stands where a type is expected".formatted(name.shown()),
          "take BIGINT, DOUBLE, DECIMAL(p,s) or BOOLEAN.");
    }
    cursor.takeWord(name.isWord("DOUBLE") ? "PRECISION" : "");
    List<String> parameters = new ArrayList<>();
    if (cursor.takeSymbol("(")) {
      do {
        parameters.add(cursor.next().text());
      } while (cursor.takeSymbol(","));
      cursor.expectSymbol(")", "after the digits of the type");
    }
    return new Syntax.TypeName(name.word(), parameters, cursor.spanFrom(name.span()));
  }

  private Syntax extract() {
    Token word = cursor.next();
    cursor.expectSymbol("(", "after EXTRACT");
    Token field = cursor.next();
    cursor.expectWord("FROM", "of EXTRACT");
    Syntax operand = expression();
    cursor.expectSymbol(")", "after EXTRACT");
    return new Syntax.Extract(
        field.kind() == Token.Kind.WORD ? field.word() : field.text(),
        operand,
        cursor.spanFrom(word.span()));
  }

  private Syntax named() {
    Token first = cursor.expectName("an expression");
    if (cursor.peek().isSymbol("(")) {
      return function(first);
    }
    if (!cursor.takeSymbol(".")) {
      return new Syntax.Name(null, first.text(), first.span());
    }
    Token second = cursor.expectName("a column's name");
    return new Syntax.Name(first.text(), second.text(), cursor.spanFrom(first.span()));
  }

  private Syntax function(Token name) {
    cursor.next();
    boolean star = cursor.takeSymbol("*");
    boolean distinct = !star && cursor.takeWord("DISTINCT");
    List<Syntax> arguments = star || cursor.peek().isSymbol(")") ? List.of() : arguments(name);
    if (cursor.peek().isWord("IGNORE") || cursor.peek().isWord("RESPECT")) {
      throw new Refusal(
          cursor.peek().span(),
          "%s NULLS is not in the dialect: where it stands differs between engines"
              .formatted(cursor.peek().word()),
          "leave it out: LAST_VALUE is the latest row's value, NULL included.");
    }
    if (cursor.peek().isWord("ORDER")) {
      throw new Refusal(
          cursor.peek().span(),
          "ORDER BY within the arguments of a function is not in the dialect",
          "order in the window: OVER (PARTITION BY … ORDER BY …).");
    }
    cursor.expectSymbol(")", "after the arguments of " + name.text());
    Syntax filter = filter();
    Over over = cursor.takeWord("OVER") ? windows.over() : null;
    Span span = cursor.spanFrom(name.span());
    return new Syntax.Function(
        name.text().toUpperCase(Locale.ROOT), arguments, star, distinct, filter, over, span);
  }

  private List<Syntax> arguments(Token name) {
    refuseSubquery();
    List<Syntax> arguments = new ArrayList<>(List.of(expression()));
    boolean words = name.isWord("SUBSTRING") && cursor.peek().isWord("FROM");
    while (cursor.takeSymbol(",")
        || (words && (cursor.takeWord("FROM") || cursor.takeWord("FOR")))) {
      arguments.add(expression());
    }
    return arguments;
  }

  private @Nullable Syntax filter() {
    if (!cursor.peek().isWord("FILTER") || !cursor.peekAfter().isSymbol("(")) {
      return null;
    }
    cursor.next();
    cursor.next();
    cursor.expectWord("WHERE", "of FILTER");
    Syntax filter = expression();
    cursor.expectSymbol(")", "after FILTER");
    return filter;
  }
}
