package io.cromford.app;

import io.cromford.core.CromfordException;
import io.cromford.core.ErrorCode;
import java.util.List;
import java.util.Locale;

/// One statement that only reads, as far as it has to be understood before a database sees it.
///
/// This check is for a clear message; that a statement reaches neither files nor the network is
/// seen to by the database's own locks.
///
/// @param text the statement as it was typed
record SqlStatement(String text) {
  private static final List<String> READING =
      List.of(
          "SELECT",
          "WITH",
          "FROM",
          "VALUES",
          "TABLE",
          "DESCRIBE",
          "DESC",
          "SHOW",
          "SUMMARIZE",
          "EXPLAIN",
          "PIVOT",
          "UNPIVOT",
          "(");

  /// Takes a statement.
  ///
  /// @throws CromfordException USAGE if it is empty, is several, or does not begin as one that
  ///   reads
  static SqlStatement of(String text) {
    String bare = withoutCommentsAndTexts(text).strip();
    while (bare.endsWith(";")) {
      bare = bare.substring(0, bare.length() - 1).strip();
    }
    if (bare.isEmpty()) {
      throw refused("the statement is empty", "write `SELECT * FROM decisions LIMIT 10`");
    }
    if (bare.indexOf(';') >= 0) {
      throw refused("there are several statements", "ask them one at a time");
    }
    String first = firstWord(bare);
    if (!READING.contains(first)) {
      throw refused(
          "a statement that begins with `%s` is not taken, only those that read".formatted(first),
          "begin with SELECT; `cromford export` writes files");
    }
    return new SqlStatement(text);
  }

  /// Whether it may read a table: its name stands somewhere in the text, or the text can name
  /// tables in ways that are not looked into.
  boolean mayRead(String table) {
    String lower = text.toLowerCase(Locale.ROOT);
    return lower.contains(table.toLowerCase(Locale.ROOT)) || lower.contains("query");
  }

  private static CromfordException refused(String what, String advice) {
    return new CromfordException(ErrorCode.USAGE, what + ".\nMaybe " + advice + ".");
  }

  private static String firstWord(String bare) {
    if (bare.startsWith("(")) {
      return "(";
    }
    int end = 0;
    while (end < bare.length() && Character.isLetterOrDigit(bare.charAt(end))) {
      end++;
    }
    return bare.substring(0, Math.max(1, end)).toUpperCase(Locale.ROOT);
  }

  private static String withoutCommentsAndTexts(String text) {
    StringBuilder bare = new StringBuilder();
    int at = 0;
    while (at < text.length()) {
      int end = endOfPassedOver(text, at);
      if (end == at) {
        bare.append(text.charAt(at));
        at++;
      } else {
        bare.append(' ');
        at = end;
      }
    }
    return bare.toString();
  }

  /// Where a comment, a text or a quoted name that starts here ends; here, if none does.
  private static int endOfPassedOver(String text, int at) {
    if (text.startsWith("--", at)) {
      return behind(text, "\n", at + 2);
    }
    if (text.startsWith("/*", at)) {
      return behind(text, "*/", at + 2);
    }
    char quote = text.charAt(at);
    return quote == '\'' || quote == '"' ? behind(text, String.valueOf(quote), at + 1) : at;
  }

  private static int behind(String text, String end, int from) {
    int found = text.indexOf(end, from);
    return found < 0 ? text.length() : found + end.length();
  }
}
