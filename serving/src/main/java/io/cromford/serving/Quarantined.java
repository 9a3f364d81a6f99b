package io.cromford.serving;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.cromford.intake.ContractResult;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

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
/// @param mends what it stands in for, if a person mended it in vain; null for what came so
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Quarantined(
    String source,
    int file,
    String fileName,
    long row,
    long line,
    String rule,
    String column,
    String message,
    String record,
    @Nullable Mends mends) {
  /// What a mended record stands in for.
  ///
  /// @param row the position of the QUARANTINED record that was mended
  /// @param repair the position of the record that says by whom and why
  /// @param arrivedMillis when the first of them arrived
  public record Mends(long row, long repair, long arrivedMillis) {}

  /// The file without the folders of a machine that lead to it; empty for what arrived over the
  /// wire.
  public String shownFile() {
    return SourceFile.shown(fileName);
  }

  /// A record that a person mended, refused again.
  Quarantined mended(String values, ContractResult.Refused reason, Mends stands) {
    return new Quarantined(
        source,
        file,
        fileName,
        row,
        line,
        reason.rule(),
        reason.column(),
        reason.message(),
        values,
        stands);
  }

  /// The record's body.
  ByteBuffer encode() {
    return ByteBuffer.wrap(Control.JSON.writeValueAsBytes(this));
  }

  /// Reads a record's body.
  static Quarantined decode(ByteBuffer body) {
    return Control.readJson(body, Quarantined.class);
  }
}
