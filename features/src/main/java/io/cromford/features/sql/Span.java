package io.cromford.features.sql;

/// A part of the text.
///
/// @param line of its first character, from 1
/// @param column of its first character, from 1
/// @param start offset of its first character, from 0
/// @param end offset behind its last character
record Span(int line, int column, int start, int end) {
  /// From the start of this to the end of another.
  Span to(Span last) {
    return new Span(line, column, start, Math.max(end, last.end));
  }
}
