package io.cromford.intake;

/// Reads one JSON object a line; blank lines are skipped, a line that is none gets a defect.
final class JsonLinesReader implements RecordReader {
  private final InputBytes in;
  private final RecordJson json;
  private long row;
  private long line = 1;

  JsonLinesReader(InputBytes in, SourceDefinition source, Reading reading) {
    this.in = in;
    this.json = new RecordJson(source.schema(), reading.columns());
  }

  @Override
  public boolean read(RawRecord into) {
    while (true) {
      in.setMark();
      long start = in.position();
      if (!findEndOfLine()) {
        return false;
      }
      long size = in.position() - start;
      int end = in.at;
      stepOverEndOfLine();
      if (!isBlank(in.mark, end)) {
        take(into, size, end);
        return true;
      }
      line++;
    }
  }

  private void take(RawRecord into, long size, int end) {
    if (size > RawRecord.MAX_BYTES) {
      into.clear();
      into.setDefect(BrokenRule.ROW_TOO_LONG, "", CsvReader.tooLong(size, in.cut));
      int kept = Math.min(end, in.mark + RawRecord.MAX_KEPT_BYTES);
      into.addExtra("line", RawRecord.decode(in.buffer, in.mark, kept));
      in.cut = false;
    } else {
      json.read(in.buffer, in.mark, end, into);
    }
    into.setPlace(row, line);
    row++;
    line++;
  }

  /// Moves to the end of the line.
  ///
  /// @return false if there is no further line
  private boolean findEndOfLine() {
    while (true) {
      while (in.at < in.limit) {
        if (in.buffer[in.at] == '\n') {
          return true;
        }
        in.at++;
      }
      if (!in.fill(line)) {
        return in.at > in.mark;
      }
    }
  }

  private void stepOverEndOfLine() {
    in.at += in.at < in.limit ? 1 : 0;
  }

  private boolean isBlank(int from, int to) {
    for (int i = from; i < to; i++) {
      if (in.buffer[i] != ' ' && in.buffer[i] != '\t' && in.buffer[i] != '\r') {
        return false;
      }
    }
    return true;
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
