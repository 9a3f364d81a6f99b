package io.cromford.core;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Reads back what a [SnapshotWriter] wrote, value by value in the same order. Not for threads.
///
/// Whoever reads has held the bytes against their checksum before. What then still does not fit is
/// a [CromfordException] with STATE_CONFLICT that names the section; trouble of the stream is an
/// [UncheckedIOException].
public final class SnapshotReader {
  private static final int CHUNK = 1 << 16;

  private final InputStream in;
  private final ByteBuffer buffer =
      ByteBuffer.allocate(CHUNK).order(ByteOrder.LITTLE_ENDIAN).limit(0);
  private String section = "";

  /// A reader of a stream, which it does not close.
  public SnapshotReader(InputStream in) {
    this.in = in;
  }

  /// Goes on to a section.
  ///
  /// @throws CromfordException with STATE_CONFLICT if it does not begin here
  public void section(String name) {
    int mark = count();
    String found = mark == SnapshotWriter.SECTION ? text() : "";
    if (!found.equals(name)) {
      throw mismatch(
          "the section `%s` should begin behind `%s`, but %s does"
              .formatted(name, section, found.isEmpty() ? "none" : "`" + found + "`"));
    }
    section = name;
  }

  /// Reads a number.
  public long number() {
    return fill(Long.BYTES).getLong();
  }

  /// Reads a number of 32 bits.
  public int count() {
    return fill(Integer.BYTES).getInt();
  }

  /// Reads a number with a fraction.
  public double real() {
    return Double.longBitsToDouble(number());
  }

  /// Reads yes or no.
  public boolean flag() {
    byte value = fill(1).get();
    if (value != 0 && value != 1) {
      throw mismatch("`%s` has %d where yes or no should be".formatted(section, value));
    }
    return value != 0;
  }

  /// Reads a text.
  public String text() {
    byte[] bytes = new byte[length()];
    raw(bytes, bytes.length);
    return new String(bytes, StandardCharsets.UTF_8);
  }

  /// Reads what may be missing.
  public <T> @Nullable T maybe(Supplier<T> each) {
    return flag() ? each.get() : null;
  }

  /// Reads one after the other.
  ///
  /// @return a list of its own, which can be changed
  public <T> List<T> each(Supplier<T> each) {
    int size = length();
    List<T> values = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      values.add(each.get());
    }
    return values;
  }

  /// Reads as often as was written.
  public void times(Runnable each) {
    int size = length();
    for (int i = 0; i < size; i++) {
      each.run();
    }
  }

  /// Reads an array of the length that it had.
  public long[] longs() {
    long[] values = new long[length()];
    int used = used(values.length);
    for (int from = 0; from < used; ) {
      fill(Long.BYTES);
      int some = Math.min(used - from, buffer.remaining() / Long.BYTES);
      buffer.asLongBuffer().get(values, from, some);
      buffer.position(buffer.position() + some * Long.BYTES);
      from += some;
    }
    return values;
  }

  /// Reads an array of the length that it had.
  public int[] ints() {
    int[] values = new int[length()];
    int used = used(values.length);
    for (int from = 0; from < used; ) {
      fill(Integer.BYTES);
      int some = Math.min(used - from, buffer.remaining() / Integer.BYTES);
      buffer.asIntBuffer().get(values, from, some);
      buffer.position(buffer.position() + some * Integer.BYTES);
      from += some;
    }
    return values;
  }

  /// Reads an array of the length that it had.
  public byte[] bytes() {
    byte[] values = new byte[length()];
    raw(values, used(values.length));
    return values;
  }

  /// Reads an array.
  public double[] doubles() {
    double[] values = new double[length()];
    for (int from = 0; from < values.length; ) {
      fill(Double.BYTES);
      int some = Math.min(values.length - from, buffer.remaining() / Double.BYTES);
      buffer.asDoubleBuffer().get(values, from, some);
      buffer.position(buffer.position() + some * Double.BYTES);
      from += some;
    }
    return values;
  }

  /// Reads an array.
  public float[] floats() {
    float[] values = new float[length()];
    for (int from = 0; from < values.length; ) {
      fill(Float.BYTES);
      int some = Math.min(values.length - from, buffer.remaining() / Float.BYTES);
      buffer.asFloatBuffer().get(values, from, some);
      buffer.position(buffer.position() + some * Float.BYTES);
      from += some;
    }
    return values;
  }

  /// Reads an array.
  public boolean[] flags() {
    boolean[] values = new boolean[length()];
    for (int i = 0; i < values.length; i++) {
      values[i] = flag();
    }
    return values;
  }

  /// Reads bits.
  public BitSet bits() {
    return BitSet.valueOf(longs());
  }

  /// Holds what was read to being all there is.
  ///
  /// @throws CromfordException with STATE_CONFLICT if there is more
  public void end() {
    try {
      if (buffer.hasRemaining() || in.read() >= 0) {
        throw mismatch("there is more behind `%s`".formatted(section));
      }
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private int length() {
    int length = count();
    if (length < 0) {
      throw mismatch("`%s` has the length %d".formatted(section, length));
    }
    return length;
  }

  private int used(int length) {
    int used = length();
    if (used > length) {
      throw mismatch("`%s` has %d elements of %d".formatted(section, used, length));
    }
    return used;
  }

  private CromfordException mismatch(String what) {
    return new CromfordException(ErrorCode.STATE_CONFLICT, "the snapshot does not fit: " + what);
  }

  /// Sees to it that so many bytes are in the buffer.
  private ByteBuffer fill(int bytes) {
    if (buffer.remaining() < bytes) {
      buffer.compact();
      while (buffer.position() < bytes) {
        buffer.position(buffer.position() + read(buffer.array(), buffer.position(), CHUNK));
      }
      buffer.flip();
    }
    return buffer;
  }

  private void raw(byte[] into, int length) {
    int done = Math.min(length, buffer.remaining());
    buffer.get(into, 0, done);
    while (done < length) {
      done += read(into, done, length);
    }
  }

  private int read(byte[] into, int from, int until) {
    try {
      int count = in.read(into, from, until - from);
      if (count < 0) {
        throw mismatch("it ends within `%s`".formatted(section));
      }
      return count;
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
