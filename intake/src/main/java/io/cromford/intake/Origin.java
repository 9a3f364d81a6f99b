package io.cromford.intake;

/// Where a record stood.
///
/// @param file the file as its source names it
/// @param row the number of the row in the file, from 0
/// @param line the line at which it starts, from 1; in files that have no lines the row's number
///   from 1
public record Origin(String file, long row, long line) {
  /// File and line: `transactions.csv.gz:17`.
  @Override
  public String toString() {
    return file + ":" + line;
  }
}
