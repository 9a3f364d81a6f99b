package io.cromford.ledger;

import java.io.IOException;
import java.nio.ByteBuffer;

/// One segment's bytes, whether committed or not.
///
/// @param start the position of the file's first byte
/// @param size the bytes of the file to look at
record FileView(DiskFile file, long start, long size, String label) implements LogView {
  @Override
  public long look() {
    return end();
  }

  /// The byte after the last one to look at.
  long end() {
    return start + size;
  }

  @Override
  public long frameAt(long position) {
    return position == start ? start + SegmentHeader.BYTES : position;
  }

  @Override
  public long pieceEnd(long position) {
    return end();
  }

  @Override
  public void read(long position, ByteBuffer target) throws IOException {
    file.readFully(target, position - start);
  }

  @Override
  public String label(long position) {
    return label;
  }

  @Override
  public void close() {
    // The file belongs to whoever opened it.
  }
}
