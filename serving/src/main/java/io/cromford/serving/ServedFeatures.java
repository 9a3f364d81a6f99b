package io.cromford.serving;

import io.cromford.core.CromfordException;
import io.cromford.core.ErrorCode;
import io.cromford.core.SnapshotReader;
import io.cromford.core.SnapshotWriter;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/// The feature values of every observation as they were served, one row of doubles per ordinal in a
/// file.
///
/// It is a cache: the ledger can always make it again. Training reads it, so that a model is fitted
/// on the very bits that the endpoint saw. One thread appends; any thread may read what has been
/// flushed.
final class ServedFeatures implements AutoCloseable {
  private static final int BUFFER_ROWS = 16_384;
  private static final int READ_ROWS = 1024;
  private static final int FACTS = 3;

  /// What training needs to know of a row beside its features.
  ///
  /// @param id the observation's id as a number
  /// @param entity the entity's code
  /// @param amount what is lost if it is positive and missed, in units of the currency
  record Facts(long id, long entity, double amount) {}

  /// Takes rows that are read.
  @FunctionalInterface
  interface Sink {
    /// Takes a row.
    ///
    /// @param values the feature values, from their first element on; used again for the next row
    void accept(long ordinal, Facts facts, double[] values);
  }

  private final Path file;
  private final FileChannel channel;
  private final int width;
  private final ByteBuffer buffer;
  private final CRC32C sum = new CRC32C();
  private long summed;
  private long rows;
  private volatile long flushed;
  private @Nullable FileChannel base;
  private long baseRows;

  /// No rows yet.
  ///
  /// @param file the file; what is there stays until it is written to, or taken up by [#restore]
  /// @param width features per row, at least 1
  ServedFeatures(Path file, int width) {
    this.file = file;
    this.width = width;
    this.buffer =
        ByteBuffer.allocateDirect(BUFFER_ROWS * rowBytes()).order(ByteOrder.LITTLE_ENDIAN);
    try {
      Files.createDirectories(file.toAbsolutePath().getParent());
      this.channel =
          FileChannel.open(
              file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    } catch (IOException e) {
      throw failure(e);
    }
  }

  /// Writes how many rows there are; they themselves stay in the file, and are made durable.
  void save(SnapshotWriter out) {
    flush();
    out.section("served");
    sumUp();
    try {
      channel.force(false);
    } catch (IOException e) {
      throw failure(e);
    }
    out.number(rows);
    out.number(sum.getValue());
  }

  /// Takes on the rows that a file has, as far as was saved.
  ///
  /// @param kept the file that was written then: this one, or one that is only read
  /// @throws CromfordException with STATE_CONFLICT if they are not what they were
  void restore(SnapshotReader in, Path kept) {
    in.section("served");
    long saved = in.number();
    long expected = in.number();
    try {
      FileChannel from =
          kept.equals(file) ? channel : FileChannel.open(kept, StandardOpenOption.READ);
      base = kept.equals(file) ? null : from;
      baseRows = base == null ? 0 : saved;
      if (from.size() >= saved * rowBytes()) {
        rows = saved;
        flushed = saved;
        sumUp();
        channel.truncate(base == null ? saved * rowBytes() : 0);
      }
    } catch (IOException e) {
      throw failure(e);
    }
    if (rows != saved || sum.getValue() != expected) {
      throw new CromfordException(
          ErrorCode.STATE_CONFLICT, kept + " is not what it was when it was saved");
    }
  }

  /// Holds another's file to having the rows that this one appended, and makes it durable.
  ///
  /// @throws CromfordException with STATE_CONFLICT if it has not
  void requireSame(Path other) {
    flush();
    ByteBuffer mine = ByteBuffer.allocate(READ_ROWS * rowBytes());
    ByteBuffer theirs = ByteBuffer.allocate(READ_ROWS * rowBytes());
    try (FileChannel from = FileChannel.open(other, StandardOpenOption.READ)) {
      from.force(false);
      boolean same = from.size() >= rows * rowBytes();
      for (long row = baseRows; same && row < rows; row += READ_ROWS) {
        int count = (int) Math.min(READ_ROWS, rows - row);
        read(mine.clear(), channel, row, count);
        read(theirs.clear(), from, row, count);
        same = mine.flip().equals(theirs.flip());
      }
      if (!same) {
        throw new CromfordException(
            ErrorCode.STATE_CONFLICT,
            other
                + " is not what a fold of the ledger gives.\nMaybe it was changed by hand: stop the factory, delete the folder `views`, and start it again.");
      }
    } catch (IOException e) {
      throw failure(e);
    }
  }

  /// Reads past what [#save] wrote.
  static void skip(SnapshotReader in) {
    in.section("served");
    in.number();
    in.number();
  }

  /// Sums up the rows that were not yet.
  private void sumUp() {
    ByteBuffer bytes = ByteBuffer.allocate(READ_ROWS * rowBytes());
    while (summed < flushed) {
      int count = (int) Math.min(READ_ROWS, flushed - summed);
      fill(bytes, summed, count);
      sum.update(bytes);
      summed += count;
    }
  }

  /// The number of rows appended so far.
  long rows() {
    return rows;
  }

  /// Appends the row of the next ordinal.
  ///
  /// @param values shape `[width]`
  /// @param offset where the row's values start
  void append(Facts facts, double[] values, int offset) {
    if (buffer.remaining() < rowBytes()) {
      flush();
    }
    buffer.putLong(facts.id()).putLong(facts.entity()).putDouble(facts.amount());
    for (int i = 0; i < width; i++) {
      buffer.putDouble(values[offset + i]);
    }
    rows++;
  }

  /// Sees to it that so many rows can be appended without writing to disk.
  ///
  /// @param count at most [#BUFFER_ROWS]
  void makeRoom(int count) {
    if (buffer.remaining() / rowBytes() < count) {
      flush();
    }
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

  /// Reads consecutive rows that have been flushed.
  ///
  /// @param from ordinal of the first row
  /// @param until ordinal behind the last
  void read(long from, long until, Sink sink) {
    if (from < 0 || until > flushed) {
      throw new IllegalArgumentException(
          "rows %d to %d were asked for, %d are there".formatted(from, until, flushed));
    }
    ByteBuffer bytes = ByteBuffer.allocate(READ_ROWS * rowBytes()).order(ByteOrder.LITTLE_ENDIAN);
    double[] values = new double[width];
    for (long ordinal = from; ordinal < until; ordinal++) {
      if (!bytes.hasRemaining() || ordinal == from) {
        fill(bytes, ordinal, (int) Math.min(READ_ROWS, until - ordinal));
      }
      pass(ordinal, bytes, values, sink);
    }
  }

  /// Reads one row, flushed or not; for the thread that appends.
  void read(long ordinal, Sink sink) {
    if (ordinal < flushed) {
      read(ordinal, ordinal + 1, sink);
      return;
    }
    ByteBuffer bytes = buffer.duplicate().order(ByteOrder.LITTLE_ENDIAN);
    bytes.position(Math.toIntExact(ordinal - flushed) * rowBytes());
    pass(ordinal, bytes, new double[width], sink);
  }

  /// Reads the rows from an ordinal on to the last, flushed or not; for the thread that appends.
  void readOn(long from, Sink sink) {
    if (from < flushed) {
      read(from, flushed, sink);
    }
    ByteBuffer bytes = buffer.duplicate().order(ByteOrder.LITTLE_ENDIAN);
    double[] values = new double[width];
    for (long ordinal = Math.max(from, flushed); ordinal < rows; ordinal++) {
      bytes.position(Math.toIntExact(ordinal - flushed) * rowBytes());
      pass(ordinal, bytes, values, sink);
    }
  }

  private void pass(long ordinal, ByteBuffer bytes, double[] values, Sink sink) {
    Facts facts = new Facts(bytes.getLong(), bytes.getLong(), bytes.getDouble());
    for (int i = 0; i < width; i++) {
      values[i] = bytes.getDouble();
    }
    sink.accept(ordinal, facts, values);
  }

  private void fill(ByteBuffer bytes, long from, int count) {
    try {
      FileChannel before = base;
      int there = before == null ? 0 : Math.clamp(baseRows - from, 0, count);
      bytes.clear();
      if (before != null && there > 0) {
        read(bytes, before, from, there);
      }
      read(bytes, channel, from, count);
      bytes.flip();
    } catch (IOException e) {
      throw failure(e);
    }
  }

  /// Reads on until a buffer has so many rows.
  ///
  /// @param from the ordinal of the buffer's first row
  private void read(ByteBuffer bytes, FileChannel of, long from, int count) throws IOException {
    bytes.limit(count * rowBytes());
    while (bytes.hasRemaining()) {
      if (of.read(bytes, from * rowBytes() + bytes.position()) < 0) {
        throw new IOException("the file is shorter than it was");
      }
    }
  }

  /// A hash of the bits of a row of features, for a decision's record: equal bits have equal
  /// hashes.
  ///
  /// @param values `count` values from `offset` on; every NaN counts as the same value
  static long hash(double[] values, int offset, int count) {
    long hash = 0x9E3779B97F4A7C15L;
    for (int i = offset; i < offset + count; i++) {
      hash = (hash ^ Double.doubleToLongBits(values[i])) * 0xBF58476D1CE4E5B9L;
      hash ^= hash >>> 29;
    }
    return hash;
  }

  /// Writes a row's values in single precision, which models take.
  ///
  /// @param narrow of the same length
  static void narrow(double[] values, float[] narrow) {
    for (int i = 0; i < values.length; i++) {
      narrow[i] = (float) values[i];
    }
  }

  /// The hash of a whole row.
  static long hash(double[] values) {
    return hash(values, 0, values.length);
  }

  @Override
  public void close() {
    try (FileChannel _ = base) {
      channel.close();
    } catch (IOException e) {
      throw failure(e);
    }
  }

  private int rowBytes() {
    return rowBytes(width);
  }

  /// How many bytes of disk a row takes.
  static int rowBytes(int width) {
    return (FACTS + width) * Double.BYTES;
  }

  private CromfordException failure(IOException cause) {
    return new CromfordException(
        ErrorCode.STORAGE,
        "%s: the feature values cannot be kept there: %s.\nMaybe the disk is full."
            .formatted(file, cause.getMessage()),
        cause);
  }
}
