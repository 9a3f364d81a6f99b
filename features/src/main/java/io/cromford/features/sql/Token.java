package io.cromford.features.sql;

import java.util.Locale;

/// A word, number, text or symbol of the query.
///
/// @param text what it says: a text without its quotes, a word as it was written
record Token(Kind kind, String text, Span span) {
  enum Kind {
    WORD,
    QUOTED,
    NUMBER,
    TEXT,
    SYMBOL,
    END
  }

  boolean isWord(String word) {
    return kind == Kind.WORD && text.equalsIgnoreCase(word);
  }

  boolean isSymbol(String symbol) {
    return kind == Kind.SYMBOL && text.equals(symbol);
  }

  /// The word in capitals; empty if it is none.
  String word() {
    return kind == Kind.WORD ? text.toUpperCase(Locale.ROOT) : "";
  }

  /// How a message names it.
  String shown() {
    String shown = text.length() > 40 ? text.substring(0, 37) + "…" : text;
    return switch (kind) {
      case END -> "the end of the text";
      case TEXT -> "'%s'".formatted(shown);
      case QUOTED, WORD, NUMBER, SYMBOL -> "`%s`".formatted(shown);
    };
  }
}
