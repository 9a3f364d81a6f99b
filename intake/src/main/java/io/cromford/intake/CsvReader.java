package io.cromford.intake;

import io.cromford.core.CromfordException;
import io.cromford.core.ErrorCode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads CSV with a header (RFC 4180) from bytes, straight into raw records.
///
/// Beyond the RFC: lines may end in LF, CRLF or CR; blank lines are skipped if the file has more
/// than one column; a quote inside a field that does not start with one is itself. A row that is
/// ragged, too long, or has text behind a closing quote gets a defect, and reading goes on behind
/// it. A quote that is left open ends the file: nobody can tell which rows it has swallowed. It is
/// recognised by the end of the file, or by a quoted field over several lines with text behind its
/// closing quote.
///
/// A record that was decided on: docs/decisions/0003.
final class CsvReader implements RecordReader {
  private static final int SKIPPED = -1;

  private final String file;
  private final InputBytes in;
  private final byte delimiter;
  private final byte quote;
  private final int[] targets;
  private final boolean[] special = new boolean[256];
  private final StringBuilder surplus = new StringBuilder();
  private @Nullable List<String> header;
  private long row;
  private long line = 1;

  /// Starts to read a file.
  ///
  /// @throws CromfordException if the header lacks a column
  CsvReader(String file, InputBytes in, SourceDefinition source, Reading reading) {
    this.file = file;
    this.in = in;
    this.delimiter = (byte) reading.csv().delimiter();
    this.quote = (byte) reading.csv().quote();
    for (byte b : new byte[] {delimiter, quote, '\n', '\r'}) {
      special[b & 0xff] = true;
    }
    this.targets = new FileColumns(source, reading).targets(file, readHeader(source));
  }

  private List<String> readHeader(SourceDefinition source) {
    List<String> names = new ArrayList<>();
    header = names;
    RawRecord unused = new RawRecord(source.schema());
    int field = 0;
    while (field(field, unused)) {
      field++;
      if (field > FileColumns.MAX_COLUMNS) {
        throw unreadable(
            line, "the header has more than %d columns".formatted(FileColumns.MAX_COLUMNS), "");
      }
    }
    header = null;
    return names;
  }

  @Override
  public boolean read(RawRecord into) {
    if (!skipBlankLines()) {
      return false;
    }
    into.clear();
    into.setPlace(row, line);
    row++;
    if (!readWhole(into)) {
      readFields(into);
    }
    return true;
  }

  /// Reads a row as most are: whole in the buffer, without quotes, with as many fields as the
  /// header.
  ///
  /// @return false if it is another; what it has set must be cleared then
  private boolean readWhole(RawRecord into) {
    byte[] buffer = in.buffer;
    int start = in.at;
    int field = 0;
    int from = start;
    for (int at = start; at < in.limit; at++) {
      byte b = buffer[at];
      if (special[b & 0xff]) {
        if ((b != delimiter && b != '\n') || field == targets.length) {
          return false;
        }
        if (targets[field] != SKIPPED) {
          into.setPart(targets[field], from - start, at - start);
        }
        field++;
        from = at + 1;
        if (b == '\n') {
          return field == targets.length && takeWhole(into, at);
        }
      }
    }
    return false;
  }

  private boolean takeWhole(RawRecord into, int end) {
    if (end + 1 - in.at > RawRecord.MAX_BYTES) {
      return false;
    }
    into.setWhole(in.buffer, in.at, end);
    in.at = end + 1;
    line++;
    return true;
  }

  private void readFields(RawRecord into) {
    into.clear();
    long start = in.position();
    surplus.setLength(0);
    int fields = 1;
    while (field(fields - 1, into)) {
      fields++;
    }
    long size = in.position() - start;
    if (size > RawRecord.MAX_BYTES || fields != targets.length) {
      refuse(into, size, fields);
    }
    in.cut = false;
  }

  private void refuse(RawRecord into, long size, int fields) {
    if (size > RawRecord.MAX_BYTES) {
      into.setDefect(BrokenRule.ROW_TOO_LONG, "", tooLong(size, in.cut));
    }
    if (fields != targets.length) {
      into.setDefect(
          BrokenRule.RAGGED_ROW,
          "",
          "the row has %d fields, the header %d.\n".formatted(fields, targets.length)
              + "Maybe a field that holds the delimiter lacks its quotes.");
    }
    if (!surplus.isEmpty()) {
      into.addExtra("surplus", surplus.toString());
    }
  }

  static String tooLong(long size, boolean cut) {
    String kept = cut ? "; the first %d bytes are kept".formatted(RawRecord.MAX_KEPT_BYTES) : "";
    return "the row has %d bytes, more than %d%s.\nMaybe a line end or a quote is missing."
        .formatted(size, RawRecord.MAX_BYTES, kept);
  }

  private boolean skipBlankLines() {
    in.setMark();
    while (in.at < in.limit || in.fill(line)) {
      byte b = in.buffer[in.at];
      if ((b != '\n' && b != '\r') || targets.length == 1) {
        return true;
      }
      endLine();
      in.setMark();
    }
    return false;
  }

  /// Reads one field.
  ///
  /// @return whether another one follows in the row
  private boolean field(int index, RawRecord into) {
    in.mark = in.at;
    if (in.at == in.limit && !in.fill(line)) {
      in.write = in.mark;
      take(index, into, false);
      return false;
    }
    return in.buffer[in.at] == quote ? quoted(index, into) : plain(index, into);
  }

  private boolean plain(int index, RawRecord into) {
    while (true) {
      byte[] buffer = in.buffer;
      int at = in.at;
      int limit = in.limit;
      while (at < limit && buffer[at] != delimiter && buffer[at] != '\n' && buffer[at] != '\r') {
        at++;
      }
      in.at = at;
      if (at < limit) {
        in.write = at;
        take(index, into, false);
        return endField();
      }
      if (!in.fill(line)) {
        in.write = in.at;
        take(index, into, false);
        return false;
      }
    }
  }

  /// Unescapes in place: what is kept is moved up to `write`.
  private boolean quoted(int index, RawRecord into) {
    long opened = line;
    in.at++;
    in.mark = in.at;
    in.write = in.at;
    while (true) {
      if (in.at == in.limit && !in.fill(line)) {
        throw leftOpen(opened, "to the end of the file");
      }
      byte b = in.buffer[in.at];
      in.at++;
      if (b != quote) {
        line += b == '\n' ? 1 : 0;
        in.buffer[in.write++] = b;
      } else if ((in.at < in.limit || in.fill(line)) && in.buffer[in.at] == quote) {
        in.at++;
        in.buffer[in.write++] = b;
      } else {
        return afterQuote(index, into, opened);
      }
    }
  }

  private boolean afterQuote(int index, RawRecord into, long opened) {
    if (in.at == in.limit && !in.fill(line)) {
      take(index, into, true);
      return false;
    }
    if (!endsField(in.buffer[in.at])) {
      if (line != opened) {
        throw leftOpen(opened, "to line %d, where text follows the next quote".formatted(line));
      }
      into.setDefect(
          BrokenRule.QUOTE,
          "",
          "field %d has text behind its closing quote.\nMaybe double the quotes inside it."
              .formatted(index + 1));
      keepToEndOfField();
    }
    take(index, into, true);
    return in.at < in.limit && endField();
  }

  private void keepToEndOfField() {
    while ((in.at < in.limit || in.fill(line)) && !endsField(in.buffer[in.at])) {
      in.buffer[in.write++] = in.buffer[in.at++];
    }
  }

  private boolean endsField(byte b) {
    return b == delimiter || b == '\n' || b == '\r';
  }

  /// Steps over what ends a field.
  ///
  /// @return whether it is the delimiter
  private boolean endField() {
    if (in.buffer[in.at] == delimiter) {
      in.at++;
      return true;
    }
    endLine();
    return false;
  }

  private void endLine() {
    boolean carriageReturn = in.buffer[in.at] == '\r';
    in.at++;
    line++;
    in.mark = in.at;
    if (carriageReturn && (in.at < in.limit || in.fill(line)) && in.buffer[in.at] == '\n') {
      in.at++;
    }
  }

  /// Gives the bytes from `mark` to `write` to the record.
  private void take(int index, RawRecord into, boolean quoted) {
    if (header != null) {
      header.add(RawRecord.decode(in.buffer, in.mark, in.write));
    } else if (index >= targets.length) {
      takeSurplus(index);
    } else if (targets[index] != SKIPPED) {
      if (in.write == in.mark && !quoted) {
        into.setNull(targets[index]);
      } else if (!into.setBounded(targets[index], in.buffer, in.mark, in.write)) {
        in.cut = true;
      }
    }
  }

  private void takeSurplus(int index) {
    if (surplus.length() + (in.write - in.mark) > RawRecord.MAX_KEPT_BYTES) {
      in.cut = true;
      return;
    }
    if (index > targets.length) {
      surplus.append((char) delimiter);
    }
    surplus.append(RawRecord.decode(in.buffer, in.mark, in.write));
  }

  private CromfordException leftOpen(long opened, String extent) {
    return unreadable(
        opened,
        "a quote is left open; it reaches %s".formatted(extent),
        "close it, or double the quotes inside a field");
  }

  private CromfordException unreadable(long place, String problem, String advice) {
    String more = advice.isEmpty() ? "" : ".\nMaybe " + advice + ".";
    return new CromfordException(
        ErrorCode.INPUT_UNREADABLE, "%s:%d: %s%s".formatted(file, place, problem, more));
  }

  @Override
  public long bytesRead() {
    return in.bytesRead();
  }

  @Override
  public void close() {
    in.close();
  }
}
