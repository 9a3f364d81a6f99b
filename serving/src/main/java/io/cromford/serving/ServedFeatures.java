package io.cromford.serving;

import io.cromford.core.CromfordException;
import io.cromford.core.ErrorCode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// The feature values of every observation as they were served, one row of doubles per ordinal in a
/// file.
///
/// It is a cache: the ledger can always make it again. Training reads it, so that a model is fitted
/// on the very bits that the endpoint saw. One thread appends; any thread may read what has been
/// flushed.
final class ServedFeatures implements AutoCloseable {
  private static final int BUFFER_ROWS = 1024;

  private final Path file;
  private final FileChannel channel;
  private final int width;
  private final ByteBuffer buffer;
  private long rows;
  private volatile long flushed;

  /// An empty file, in place of any earlier one.
  ///
  /// @param width doubles per row, at least 1
  ServedFeatures(Path file, int width) {
    this.file = file;
    this.width = width;
    this.buffer =
        ByteBuffer.allocateDirect(BUFFER_ROWS * rowBytes()).order(ByteOrder.LITTLE_ENDIAN);
    try {
      Files.createDirectories(file.toAbsolutePath().getParent());
      this.channel =
          FileChannel.open(
              file,
              StandardOpenOption.CREATE,
              StandardOpenOption.TRUNCATE_EXISTING,
              StandardOpenOption.READ,
              StandardOpenOption.WRITE);
    } catch (IOException e) {
      throw failure(e);
    }
  }

  /// The number of rows appended so far.
  long rows() {
    return rows;
  }

  /// Appends the row of the next ordinal.
  ///
  /// @param values shape `[width]`
  void append(double[] values) {
    if (buffer.remaining() < rowBytes()) {
      flush();
    }
    for (int i = 0; i < width; i++) {
      buffer.putDouble(values[i]);
    }
    rows++;
  }

  /// Hands what was appended to readers. After a failure (a full disk) nothing is lost: it may be
  /// called again.
  void flush() {
    buffer.flip();
    try {
      long at = flushed * rowBytes();
      while (buffer.hasRemaining()) {
        channel.write(buffer, at + buffer.position());
      }
    } catch (IOException e) {
      buffer.position(buffer.limit());
      buffer.limit(buffer.capacity());
      throw failure(e);
    }
    buffer.clear();
    flushed = rows;
  }

  /// Reads consecutive rows.
  ///
  /// @param from ordinal of the first row
  /// @param count number of rows; all must have been flushed
  /// @param out shape `[count × width]`, row by row
  void read(long from, int count, double[] out) {
    if (from < 0 || from + count > flushed) {
      throw new IllegalArgumentException(
          "rows %d to %d were asked for, %d are there".formatted(from, from + count, flushed));
    }
    ByteBuffer bytes = ByteBuffer.allocate(count * rowBytes()).order(ByteOrder.LITTLE_ENDIAN);
    try {
      while (bytes.hasRemaining()) {
        if (channel.read(bytes, from * rowBytes() + bytes.position()) < 0) {
          throw new IOException("the file is shorter than it was");
        }
      }
    } catch (IOException e) {
      throw failure(e);
    }
    bytes.flip().asDoubleBuffer().get(out, 0, count * width);
  }

  /// A hash of the bits of a row of features, for a decision's record: equal bits have equal
  /// hashes.
  ///
  /// @param values at least `count` values; NaN is hashed as one value
  static long hash(double[] values, int count) {
    long hash = 0x9E3779B97F4A7C15L;
    for (int i = 0; i < count; i++) {
      hash = (hash ^ Double.doubleToLongBits(values[i])) * 0xBF58476D1CE4E5B9L;
      hash ^= hash >>> 29;
    }
    return hash;
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw failure(e);
    }
  }

  private int rowBytes() {
    return width * Double.BYTES;
  }

  private CromfordException failure(IOException cause) {
    return new CromfordException(
        ErrorCode.STORAGE,
        "%s: the feature values cannot be kept there: %s.\nMaybe the disk is full."
            .formatted(file, cause.getMessage()),
        cause);
  }
}
