package io.cromford.serving;

import io.cromford.core.SnapshotReader;
import io.cromford.core.SnapshotWriter;
import java.nio.ByteBuffer;
import java.util.BitSet;

/// A file that a source was read from, and which of its rows are in the ledger.
final class SourceFile {
  private final Opened opened;
  private final BitSet rows = new BitSet();

  /// The body of a FILE_OPENED record.
  ///
  /// @param number the file's number, from 0
  /// @param source the source's name
  /// @param file the file as it was named when it was read
  /// @param identity by what it is known again, see [io.cromford.intake.Origin]
  record Opened(int number, String source, String file, String identity) {
    ByteBuffer encode() {
      return ByteBuffer.wrap(Control.JSON.writeValueAsBytes(this));
    }

    static Opened decode(ByteBuffer body) {
      return Control.readJson(body, Opened.class);
    }
  }

  /// A file's name for persons and programs elsewhere: of an absolute path the last part, as the
  /// folders that lead there are the machine's; a relative one as the source has it.
  static String shown(String file) {
    boolean isAbsolute =
        file.startsWith("/") || file.startsWith("\\\\") || file.matches("[A-Za-z]:[/\\\\].*");
    return isAbsolute
        ? file.substring(Math.max(file.lastIndexOf('/'), file.lastIndexOf('\\')) + 1)
        : file;
  }

  SourceFile(Opened opened) {
    this.opened = opened;
  }

  void save(SnapshotWriter out) {
    out.count(opened.number());
    out.text(opened.source());
    out.text(opened.file());
    out.text(opened.identity());
    out.bits(rows);
  }

  static SourceFile read(SnapshotReader in) {
    SourceFile file = new SourceFile(new Opened(in.count(), in.text(), in.text(), in.text()));
    file.rows.or(in.bits());
    return file;
  }

  Opened opened() {
    return opened;
  }

  void take(long row) {
    rows.set(Math.toIntExact(row));
  }

  boolean holds(long row) {
    return rows.get(Math.toIntExact(row));
  }
}
