package io.cromford.ledger;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;

/// An open file. What was written is sure to survive a crash only after [#force] returned.
public interface DiskFile extends Closeable {
  /// Reads some bytes from an offset on.
  ///
  /// @return how many, at least 1 unless nothing was asked for; -1 at the end of the file
  int read(ByteBuffer target, long offset) throws IOException;

  /// Writes some of the bytes at an offset.
  ///
  /// @return how many, possibly fewer than there were
  int write(ByteBuffer bytes, long offset) throws IOException;

  /// The size in bytes.
  long size() throws IOException;

  /// Cuts the file off at a size.
  void truncate(long size) throws IOException;

  /// Makes what was written durable. After it failed, nothing written since the last one that
  /// succeeded may be relied upon, even if a later one succeeds: it has to be written again.
  void force() throws IOException;

  /// Reads until the target is full or the file ends.
  ///
  /// @return the bytes read
  default int readFully(ByteBuffer target, long offset) throws IOException {
    int total = 0;
    while (target.hasRemaining()) {
      int count = read(target, offset + total);
      if (count < 0) {
        break;
      }
      total += count;
    }
    return total;
  }

  /// Writes all of the bytes.
  default void writeFully(ByteBuffer bytes, long offset) throws IOException {
    long at = offset;
    while (bytes.hasRemaining()) {
      at += write(bytes, at);
    }
  }
}
