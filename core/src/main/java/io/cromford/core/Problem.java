package io.cromford.core;

/// Something wrong in a text that a person wrote, with its place and what to do about it.
///
/// @param file the file's name as the person knows it
/// @param line from 1; 0 if the problem has no line
/// @param column from 1; 0 if the problem has no column
/// @param message what is wrong, naming the thing and its value
/// @param advice what to write instead, without the leading "Maybe"; may be empty
public record Problem(String file, int line, int column, String message, String advice) {
  /// The problem as the command line prints it: place and message, and the advice on a new line.
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder(file);
    if (line > 0) {
      text.append(':').append(line);
    }
    if (column > 0) {
      text.append(':').append(column);
    }
    text.append(": ").append(message);
    return advice.isEmpty() ? text.toString() : text.append("\nMaybe ").append(advice).toString();
  }
}
