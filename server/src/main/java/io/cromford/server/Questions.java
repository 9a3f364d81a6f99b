package io.cromford.server;

/// Answers SQL about a factory, for its owner.
public interface Questions {
  /// The longest statement, in characters.
  int MOST_CHARACTERS = 20_000;

  /// Answers one statement that reads. Blocks for as long as that takes.
  ///
  /// @param statement in DuckDB's SQL
  /// @param anew whether the tables are to be read up to now first
  /// @return `{"columns": [{"name", "type"}], "rows": [[…]], "more", "millis", "position",
  ///   "clock"}`
  /// @throws io.cromford.core.CromfordException USAGE if the statement is refused; UNAVAILABLE if
  ///   another one is being answered; EXTERNAL if it took too long
  byte[] ask(String statement, boolean anew);
}
