package io.cromford.features.sql;

import java.util.List;

/// Where the parser is among the tokens.
final class Cursor {
  private final List<Token> tokens;
  private int at;
  private int depth;

  Cursor(List<Token> tokens) {
    this.tokens = tokens;
  }

  Token peek() {
    return tokens.get(at);
  }

  Token peekAfter() {
    return tokens.get(Math.min(at + 1, tokens.size() - 1));
  }

  Token previous() {
    return tokens.get(Math.max(at - 1, 0));
  }

  Token next() {
    Token token = peek();
    if (token.kind() != Token.Kind.END) {
      at++;
    }
    return token;
  }

  int position() {
    return at;
  }

  void seek(int position) {
    at = position;
    depth = 0;
  }

  /// Takes the word if it comes next.
  boolean takeWord(String word) {
    boolean taken = peek().isWord(word);
    at += taken ? 1 : 0;
    return taken;
  }

  /// Takes the symbol if it comes next.
  boolean takeSymbol(String symbol) {
    boolean taken = peek().isSymbol(symbol);
    at += taken ? 1 : 0;
    return taken;
  }

  void expectWord(String word, String where) {
    if (!takeWord(word)) {
      throw unexpected("%s %s".formatted(word, where));
    }
  }

  void expectSymbol(String symbol, String where) {
    if (!takeSymbol(symbol)) {
      throw unexpected("`%s` %s".formatted(symbol, where));
    }
  }

  Token expectName(String what) {
    Token token = peek();
    if (Words.isName(token)) {
      return next();
    }
    if (token.kind() == Token.Kind.WORD) {
      throw new Refusal(
          token.span(),
          "`%s` is a reserved word and stands where %s is expected".formatted(token.text(), what),
          "put it between double quotes if it is a name: \"%s\".".formatted(token.text()));
    }
    throw unexpected(what);
  }

  Refusal unexpected(String expected) {
    return new Refusal(
        peek().span(),
        "%s stands where %s is expected".formatted(peek().shown(), expected),
        "look for a missing or surplus comma, parenthesis or quote before it; the grammar is in"
            + " docs/sql.md.");
  }

  /// Goes one level deeper.
  void enter() {
    depth++;
    if (depth > Limits.DEPTH) {
      throw new Refusal(
          peek().span(),
          "expressions are nested more than %d deep here".formatted(Limits.DEPTH),
          "say it flatter: AND, OR and IN take any number of terms.");
    }
  }

  void leave() {
    depth--;
  }

  /// From a token to the one that was taken last.
  Span spanFrom(Span first) {
    return first.to(previous().span());
  }

  /// Moves to the first comma, or one of the words, that stands outside the parentheses opened from
  /// a position on, or behind `AS name`, which ends an output whatever is open.
  void recover(int from, List<String> words) {
    seek(from);
    int open = 0;
    while (peek().kind() != Token.Kind.END) {
      boolean ends = peek().isSymbol(",") || words.stream().anyMatch(peek()::isWord);
      if (ends && (open <= 0 || isBehindAlias(from))) {
        return;
      }
      open += peek().isSymbol("(") ? 1 : peek().isSymbol(")") ? -1 : 0;
      next();
    }
  }

  private boolean isBehindAlias(int from) {
    return at - 2 >= from && tokens.get(at - 2).isWord("AS") && Words.isName(tokens.get(at - 1));
  }
}
