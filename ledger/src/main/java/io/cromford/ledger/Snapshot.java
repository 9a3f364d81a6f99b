package io.cromford.ledger;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;

/// A stored state of a fold, found whole.
///
/// @param name whose state it is
/// @param position where the fold goes on in the ledger
/// @param bodyBytes how long the state is
public record Snapshot(String name, long position, long bodyBytes, Content content) {
  /// The state's bytes.
  @FunctionalInterface
  public interface Content {
    /// Opens them from the beginning on.
    InputStream open() throws IOException;
  }

  /// Opens the state's bytes; to be closed by the caller.
  public InputStream open() throws IOException {
    return content.open();
  }

  /// A stream over some bytes of a file, which closes the file.
  static InputStream stream(DiskFile file, long offset, long length) {
    return new BufferedInputStream(new FileStream(file, offset, offset + length), 1 << 18);
  }

  private static final class FileStream extends InputStream {
    private final DiskFile file;
    private final long end;
    private long at;

    FileStream(DiskFile file, long at, long end) {
      this.file = file;
      this.at = at;
      this.end = end;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
      int wanted = (int) Math.min(length, end - at);
      if (wanted == 0) {
        return length == 0 ? 0 : -1;
      }
      int count = file.read(ByteBuffer.wrap(target, offset, wanted), at);
      at += Math.max(count, 0);
      return count;
    }

    @Override
    public void close() throws IOException {
      file.close();
    }
  }
}
