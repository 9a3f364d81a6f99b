package io.cromford.intake;

/// Where a record stood.
///
/// @param file the file as its source names it
/// @param identity by what the file is known again: a text of hexadecimal digits made of its name
///   within the source's folder and of how it starts. It stays when the file grows or the folder is
///   moved, and is another when the file is replaced by one with other rows
/// @param row the number of the row in the file, from 0
/// @param line the line at which it starts, from 1; in files that have no lines the row's number
///   from 1
public record Origin(String file, String identity, long row, long line) {
  /// File and line: `transactions.csv.gz:17`.
  @Override
  public String toString() {
    return file + ":" + line;
  }
}
