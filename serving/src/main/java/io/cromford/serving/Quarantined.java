package io.cromford.serving;

import java.nio.ByteBuffer;

/// A record that broke its contract, whole: the body of a QUARANTINED record, as JSON.
///
/// @param source the source's name
/// @param file the file's number; -1 for what arrived over the wire
/// @param fileName the file as it was read; empty for what arrived over the wire
/// @param row the row in the file, from 0
/// @param line the line in the file, from 1; 0 where there is none
/// @param rule the rule that it broke
/// @param column the column it is about; empty if it is about the whole record
/// @param message what is wrong, without the value, and advice on a new line
/// @param record the record as it was read, a JSON object as text
public record Quarantined(
    String source,
    int file,
    String fileName,
    long row,
    long line,
    String rule,
    String column,
    String message,
    String record) {
  /// The record's body.
  ByteBuffer encode() {
    return ByteBuffer.wrap(Control.JSON.writeValueAsBytes(this));
  }

  /// Reads a record's body.
  static Quarantined decode(ByteBuffer body) {
    return Control.readJson(body, Quarantined.class);
  }
}
