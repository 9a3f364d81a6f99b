package io.cromford.intake;

import io.cromford.core.Column;
import io.cromford.core.ColumnType;
import io.cromford.core.Schema;
import io.cromford.core.Suggestions;
import io.cromford.intake.Condition.Operator;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.Set;

/// Reads the condition of a rule by recursive descent; the grammar is at [Rule#parse].
final class RuleParser {
  private static final Set<String> KEYWORDS =
      Set.of("and", "or", "not", "in", "between", "is", "null", "true", "false");

  /// How deep parentheses and NOT may nest.
  private static final int MAX_DEPTH = 64;

  private enum Kind {
    WORD,
    NUMBER,
    TEXT,
    SYMBOL,
    END
  }

  private record Token(Kind kind, String text, int column) {
    boolean is(String word) {
      return kind != Kind.TEXT && text.equalsIgnoreCase(word);
    }

    String shown() {
      return kind == Kind.END ? "the end" : "`" + text + "`";
    }
  }

  /// Ends the reading; never leaves this class.
  private static final class Stop extends RuntimeException {
    private final transient RuleReading.Misread misread;

    Stop(int column, String message, String advice) {
      super(message, null, false, false);
      this.misread = new RuleReading.Misread(column, message, advice);
    }
  }

  private final String name;
  private final String text;
  private final Schema schema;
  private int at;
  private Token next = new Token(Kind.END, "", 1);
  private int depth;

  RuleParser(String name, String text, Schema schema) {
    this.name = name;
    this.text = text;
    this.schema = schema;
  }

  RuleReading parse() {
    try {
      advance();
      Condition condition = condition();
      if (next.kind != Kind.END) {
        throw stop("expected AND, OR or the end, found " + next.shown(), "");
      }
      return new Rule(name, text, condition);
    } catch (Stop stop) {
      return stop.misread;
    }
  }

  private Condition condition() {
    Condition left = conjunction();
    while (accept("or")) {
      left = new Condition.Or(left, conjunction());
    }
    return left;
  }

  private Condition conjunction() {
    Condition left = unary();
    while (accept("and")) {
      left = new Condition.And(left, unary());
    }
    return left;
  }

  private Condition unary() {
    depth++;
    if (depth > MAX_DEPTH) {
      throw stop("a rule nests at most %d deep".formatted(MAX_DEPTH), "");
    }
    Condition found = nested();
    depth--;
    return found;
  }

  private Condition nested() {
    if (accept("not")) {
      return new Condition.Not(unary());
    }
    if (accept("(")) {
      Condition inner = condition();
      expect(")");
      return inner;
    }
    return predicate();
  }

  private Condition predicate() {
    int column = column();
    if (accept("is")) {
      boolean not = accept("not");
      expect("null");
      Condition isNull = new Condition.IsNull(column);
      return not ? new Condition.Not(isNull) : isNull;
    }
    boolean not = accept("not");
    if (accept("in")) {
      return negatedIf(not, in(column));
    }
    if (accept("between")) {
      return negatedIf(not, between(column));
    }
    if (not) {
      throw stop("expected IN or BETWEEN after NOT, found " + next.shown(), "");
    }
    return comparison(column);
  }

  private static Condition negatedIf(boolean not, Condition condition) {
    return not ? new Condition.Not(condition) : condition;
  }

  private Condition in(int column) {
    expect("(");
    List<RuleLiteral> literals = new ArrayList<>();
    do {
      literals.add(literal(column));
    } while (accept(","));
    expect(")");
    return new Condition.In(column, literals);
  }

  private Condition between(int column) {
    RuleLiteral low = literal(column);
    expect("and");
    RuleLiteral high = literal(column);
    return new Condition.And(
        new Condition.Compare(column, Operator.AT_LEAST, low),
        new Condition.Compare(column, Operator.AT_MOST, high));
  }

  private Condition comparison(int column) {
    Operator operator = operator();
    if (next.kind == Kind.WORD && !next.is("true") && !next.is("false")) {
      int at = next.column;
      int other = column();
      if (!type(column).equals(type(other))) {
        throw new Stop(
            at,
            "`%s` is a %s, `%s` a %s"
                .formatted(name(column), type(column), name(other), type(other)),
            "compare columns of one type");
      }
      return new Condition.CompareColumns(column, operator, other);
    }
    return new Condition.Compare(column, operator, literal(column));
  }

  private Operator operator() {
    Operator operator =
        switch (next.text) {
          case "=" -> Operator.EQUAL;
          case "<>", "!=" -> Operator.UNEQUAL;
          case "<" -> Operator.LESS;
          case "<=" -> Operator.AT_MOST;
          case ">" -> Operator.GREATER;
          case ">=" -> Operator.AT_LEAST;
          default ->
              throw stop(
                  "expected a comparison, IN, BETWEEN or IS, found " + next.shown(),
                  next.is("==") ? "write `=`" : "write it like `amount >= 0`");
        };
    advance();
    return operator;
  }

  private int column() {
    if (next.kind != Kind.WORD || KEYWORDS.contains(next.text.toLowerCase(Locale.ROOT))) {
      throw stop("expected a column, found " + next.shown(), "begin with one of " + schema.names());
    }
    OptionalInt found = schema.find(next.text);
    if (found.isEmpty()) {
      List<String> names = schema.columns().stream().map(Column::name).toList();
      String advice =
          Suggestions.nearest(next.text, names)
              .map(near -> "you meant `%s`; the source has %s".formatted(near, schema.names()))
              .orElse("one of " + schema.names());
      throw stop("no column `%s`".formatted(next.text), advice);
    }
    advance();
    return found.getAsInt();
  }

  private RuleLiteral literal(int column) {
    RuleLiteral found =
        switch (type(column).kind()) {
          case BIGINT, DECIMAL -> RuleLiteral.Units.of(number(column), type(column).scale());
          case DOUBLE -> real(column);
          case BOOLEAN -> bool(column);
          case TIMESTAMP -> instant(column);
          case VARCHAR -> new RuleLiteral.Text(quoted(column, "a text in quotes"));
        };
    advance();
    return found;
  }

  private BigDecimal number(int column) {
    if (next.kind != Kind.NUMBER) {
      throw mismatch(column, "a number");
    }
    BigDecimal number = new BigDecimal(next.text);
    if (Math.abs((long) number.precision() - number.scale()) > 400) {
      throw stop("the number %s is too large".formatted(next.shown()), "");
    }
    return number;
  }

  private RuleLiteral real(int column) {
    double value = number(column).doubleValue();
    if (Double.isInfinite(value)) {
      throw stop("the number %s is too large".formatted(next.shown()), "");
    }
    return new RuleLiteral.Real(value);
  }

  private RuleLiteral bool(int column) {
    if (!next.is("true") && !next.is("false")) {
      throw mismatch(column, "true or false");
    }
    return new RuleLiteral.Units(next.is("true") ? 1 : 0, true);
  }

  private RuleLiteral instant(int column) {
    byte[] bytes = quoted(column, "a time in quotes").getBytes(StandardCharsets.UTF_8);
    TimestampParser parser = new TimestampParser(ZoneOffset.UTC);
    if (parser.parse(bytes, 0, bytes.length, false) != Verdict.OK) {
      throw stop("%s is not a timestamp".formatted(next.shown()), "write '2018-04-01 00:00:00'");
    }
    return new RuleLiteral.Units(parser.value(), true);
  }

  private String quoted(int column, String expected) {
    if (next.kind != Kind.TEXT) {
      throw mismatch(column, expected);
    }
    return next.text;
  }

  private Stop mismatch(int column, String expected) {
    return stop(
        "`%s` is a %s: expected %s, found %s"
            .formatted(name(column), type(column), expected, next.shown()),
        "");
  }

  private ColumnType type(int column) {
    return schema.column(column).type();
  }

  private String name(int column) {
    return schema.column(column).name();
  }

  private boolean accept(String word) {
    if (!next.is(word)) {
      return false;
    }
    advance();
    return true;
  }

  private void expect(String word) {
    if (!accept(word)) {
      throw stop(
          "expected %s, found %s".formatted(word.toUpperCase(Locale.ROOT), next.shown()), "");
    }
  }

  private Stop stop(String message, String advice) {
    return new Stop(next.column, message, advice);
  }

  private void advance() {
    while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
      at++;
    }
    int start = at;
    if (at == text.length()) {
      next = new Token(Kind.END, "", start + 1);
      return;
    }
    char c = text.charAt(at);
    if (c == '\'') {
      next = new Token(Kind.TEXT, quotedText(), start + 1);
    } else if (Character.isLetter(c) || c == '_') {
      skipWord();
      next = new Token(Kind.WORD, text.substring(start, at), start + 1);
    } else if (startsNumber()) {
      skipNumber();
      next = new Token(Kind.NUMBER, numberText(start), start + 1);
    } else {
      at += twoCharacters() ? 2 : 1;
      next = new Token(Kind.SYMBOL, text.substring(start, at), start + 1);
    }
  }

  private String quotedText() {
    int start = at;
    StringBuilder value = new StringBuilder();
    for (at++; at < text.length(); at++) {
      char c = text.charAt(at);
      if (c != '\'') {
        value.append(c);
      } else if (at + 1 < text.length() && text.charAt(at + 1) == '\'') {
        value.append(c);
        at++;
      } else {
        at++;
        return value.toString();
      }
    }
    throw new Stop(start + 1, "a quote is left open", "close it with '");
  }

  private void skipWord() {
    while (at < text.length()
        && (Character.isLetterOrDigit(text.charAt(at)) || text.charAt(at) == '_')) {
      at++;
    }
  }

  private boolean startsNumber() {
    int from = at;
    if (text.charAt(from) == '-' || text.charAt(from) == '+') {
      from++;
    }
    if (from < text.length() && text.charAt(from) == '.') {
      from++;
    }
    return from < text.length() && isDigit(text.charAt(from));
  }

  private void skipNumber() {
    for (at++; at < text.length(); at++) {
      char c = text.charAt(at);
      boolean exponentSign =
          (c == '-' || c == '+') && Character.toLowerCase(text.charAt(at - 1)) == 'e';
      if (!isDigit(c) && c != '.' && !Character.isLetter(c) && !exponentSign) {
        return;
      }
    }
  }

  private String numberText(int start) {
    String number = text.substring(start, at);
    NumberParser parser = new NumberParser();
    byte[] bytes = number.getBytes(StandardCharsets.UTF_8);
    if (parser.real(bytes, 0, bytes.length) == Verdict.NOT_OF_TYPE || number.length() > 400) {
      throw new Stop(start + 1, "`%s` is not a number".formatted(number), "");
    }
    return number;
  }

  private boolean twoCharacters() {
    return at + 1 < text.length()
        && Set.of("<=", ">=", "<>", "!=", "==").contains(text.substring(at, at + 2));
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }
}
