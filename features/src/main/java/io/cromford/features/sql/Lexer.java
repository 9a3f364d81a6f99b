package io.cromford.features.sql;

import java.util.ArrayList;
import java.util.List;

/// Cuts a text into tokens; comments and white space fall away.
final class Lexer {
  private static final List<String> PAIRS = List.of("<=", ">=", "<>", "!=", "||", "::", "==", "//");

  private final String text;
  private final Problems problems;
  private final List<Token> tokens = new ArrayList<>();
  private int at;
  private int line = 1;
  private int lineStart;

  private Lexer(String text, Problems problems) {
    this.text = text;
    this.problems = problems;
  }

  /// The tokens, an END at last; what is wrong goes to the problems.
  static List<Token> tokens(String text, Problems problems) {
    Lexer lexer = new Lexer(text, problems);
    try {
      lexer.run();
    } catch (Refusal refusal) {
      problems.add(refusal.at(), refusal.message(), refusal.advice());
    }
    lexer.add(Token.Kind.END, "", lexer.at);
    return lexer.tokens;
  }

  private void run() {
    skipBlank();
    while (at < text.length()) {
      next();
      skipBlank();
    }
  }

  private void next() {
    char c = text.charAt(at);
    if (isLetter(c)) {
      word();
    } else if (isDigit(c) || (c == '.' && isDigit(peek(1)))) {
      number();
    } else if (c == '\'') {
      quoted(Token.Kind.TEXT, '\'');
    } else if (c == '"') {
      quoted(Token.Kind.QUOTED, '"');
    } else {
      symbol();
    }
  }

  private void skipBlank() {
    while (at < text.length()) {
      if (Character.isWhitespace(text.charAt(at))) {
        step();
      } else if (text.startsWith("--", at)) {
        while (at < text.length() && text.charAt(at) != '\n') {
          at++;
        }
      } else if (text.startsWith("/*", at)) {
        comment();
      } else {
        return;
      }
    }
  }

  private void comment() {
    Span start = span(at, at + 2);
    int depth = 0;
    do {
      if (at >= text.length()) {
        throw new Refusal(start, "this comment does not end", "close it with */.");
      }
      int change = text.startsWith("/*", at) ? 1 : text.startsWith("*/", at) ? -1 : 0;
      depth += change;
      at += change == 0 ? 0 : 1;
      step();
    } while (depth > 0);
  }

  private void step() {
    if (at < text.length() && text.charAt(at) == '\n') {
      line++;
      lineStart = at + 1;
    }
    at++;
  }

  private void word() {
    int start = at;
    while (at < text.length() && (isLetter(text.charAt(at)) || isDigit(text.charAt(at)))) {
      at++;
    }
    add(Token.Kind.WORD, text.substring(start, at), start);
  }

  private void number() {
    int start = at;
    digits();
    if (peek(0) == '.') {
      at++;
      digits();
    }
    if ((peek(0) == 'e' || peek(0) == 'E') && exponentFollows()) {
      at += isDigit(peek(1)) ? 1 : 2;
      digits();
    }
    if (isLetter(peek(0))) {
      Span span = span(start, at + 1);
      word();
      problems.add(
          span,
          "`%s` is neither a number nor a name".formatted(text.substring(start, at)),
          "put a space between them, or quote a name that starts with a digit.");
    }
    add(Token.Kind.NUMBER, text.substring(start, at), start);
  }

  private boolean exponentFollows() {
    char sign = peek(1);
    return isDigit(sign) || ((sign == '+' || sign == '-') && isDigit(peek(2)));
  }

  private void digits() {
    while (isDigit(peek(0))) {
      at++;
    }
  }

  private void quoted(Token.Kind kind, char quote) {
    int start = at;
    Span place = span(start, start + 1);
    StringBuilder value = new StringBuilder();
    at++;
    while (peek(0) != quote || peek(1) == quote) {
      if (at >= text.length()) {
        throw new Refusal(
            place,
            "the %s that starts here does not end"
                .formatted(kind == Token.Kind.TEXT ? "text" : "name"),
            "close it with " + quote + ".");
      }
      value.append(text.charAt(at));
      at += peek(0) == quote ? 1 : 0;
      step();
    }
    at++;
    tokens.add(
        new Token(kind, value.toString(), new Span(place.line(), place.column(), start, at)));
  }

  private void symbol() {
    int start = at;
    int length = PAIRS.stream().anyMatch(pair -> text.startsWith(pair, start)) ? 2 : 1;
    at += length;
    if (length == 1 && "()*+-/,;.=<>%[]{}:|!^&#?@~".indexOf(text.charAt(start)) < 0) {
      problems.add(
          span(start, at),
          "the character `%s` (U+%04X) has no meaning here"
              .formatted(Character.toString(text.codePointAt(start)), text.codePointAt(start)),
          "a name that has it must stand between double quotes.");
      at = start + Character.charCount(text.codePointAt(start));
      return;
    }
    add(Token.Kind.SYMBOL, text.substring(start, at), start);
  }

  private void add(Token.Kind kind, String value, int start) {
    tokens.add(new Token(kind, value, span(start, at)));
  }

  private Span span(int start, int end) {
    int from = Math.min(start, text.length());
    return new Span(line, from - lineStart + 1, from, Math.min(end, text.length()));
  }

  private char peek(int ahead) {
    return at + ahead < text.length() ? text.charAt(at + ahead) : '\0';
  }

  private static boolean isLetter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }
}
