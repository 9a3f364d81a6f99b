package io.cromford.core;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.BitSet;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Writes the state of folds as plain values, one after the other, little-endian.
///
/// Nothing tells what a value is but the order in which a fold writes and reads it back; sections
/// with the fold's name between them find a fold out that reads something else than it wrote. The
/// same state gives the same bytes, so what has no order (a hash map) is written sorted. Not for
/// threads.
///
/// Trouble of the stream is an [UncheckedIOException].
public final class SnapshotWriter {
  /// Stands before each section's name.
  static final int SECTION = 0x5EC710;

  private static final int CHUNK = 1 << 16;

  private final OutputStream out;
  private final ByteBuffer buffer = ByteBuffer.allocate(CHUNK).order(ByteOrder.LITTLE_ENDIAN);

  /// A writer to a stream, which it does not close.
  public SnapshotWriter(OutputStream out) {
    this.out = out;
  }

  /// Begins a section.
  ///
  /// @param name of what is written next
  public void section(String name) {
    count(SECTION);
    text(name);
  }

  /// Writes a number.
  public void number(long value) {
    room(Long.BYTES).putLong(value);
  }

  /// Writes a number of 32 bits.
  public void count(int value) {
    room(Integer.BYTES).putInt(value);
  }

  /// Writes a number with a fraction, bit by bit.
  public void real(double value) {
    number(Double.doubleToRawLongBits(value));
  }

  /// Writes yes or no.
  public void flag(boolean value) {
    room(1).put((byte) (value ? 1 : 0));
  }

  /// Writes a text.
  public void text(String value) {
    byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
    count(bytes.length);
    raw(bytes, bytes.length);
  }

  /// Writes what may be missing.
  ///
  /// @param each writes it if it is there
  public <T> void maybe(@Nullable T value, Consumer<T> each) {
    flag(value != null);
    if (value != null) {
      each.accept(value);
    }
  }

  /// Writes how many there are, and each in their order.
  public <T> void each(Collection<T> values, Consumer<T> each) {
    count(values.size());
    values.forEach(each);
  }

  /// Writes how many there are, and each in the order of the keys.
  public <K extends Comparable<K>, V> void sorted(Map<K, V> values, BiConsumer<K, V> each) {
    count(values.size());
    new TreeMap<>(values).forEach(each);
  }

  /// Writes an array: its length, and its elements but for the zeros at its end.
  public void longs(long[] values) {
    int used = values.length;
    while (used > 0 && values[used - 1] == 0) {
      used--;
    }
    count(values.length);
    count(used);
    for (int from = 0; from < used; from += CHUNK / Long.BYTES) {
      int some = Math.min(used - from, CHUNK / Long.BYTES);
      flush();
      buffer.asLongBuffer().put(values, from, some);
      buffer.position(some * Long.BYTES);
    }
  }

  /// Writes an array: its length, and its elements but for the zeros at its end.
  public void ints(int[] values) {
    int used = values.length;
    while (used > 0 && values[used - 1] == 0) {
      used--;
    }
    count(values.length);
    count(used);
    for (int from = 0; from < used; from += CHUNK / Integer.BYTES) {
      int some = Math.min(used - from, CHUNK / Integer.BYTES);
      flush();
      buffer.asIntBuffer().put(values, from, some);
      buffer.position(some * Integer.BYTES);
    }
  }

  /// Writes an array: its length, and its elements but for the zeros at its end.
  public void bytes(byte[] values) {
    int used = values.length;
    while (used > 0 && values[used - 1] == 0) {
      used--;
    }
    count(values.length);
    count(used);
    raw(values, used);
  }

  /// Writes an array, bit by bit.
  public void doubles(double[] values) {
    count(values.length);
    for (int from = 0; from < values.length; from += CHUNK / Double.BYTES) {
      int some = Math.min(values.length - from, CHUNK / Double.BYTES);
      flush();
      buffer.asDoubleBuffer().put(values, from, some);
      buffer.position(some * Double.BYTES);
    }
  }

  /// Writes an array, bit by bit.
  public void floats(float[] values) {
    count(values.length);
    for (int from = 0; from < values.length; from += CHUNK / Float.BYTES) {
      int some = Math.min(values.length - from, CHUNK / Float.BYTES);
      flush();
      buffer.asFloatBuffer().put(values, from, some);
      buffer.position(some * Float.BYTES);
    }
  }

  /// Writes an array.
  public void flags(boolean[] values) {
    count(values.length);
    for (boolean value : values) {
      flag(value);
    }
  }

  /// Writes the bits that are set.
  public void bits(BitSet values) {
    longs(values.toLongArray());
  }

  /// Hands all that was written to the stream; to be called at the end.
  public void flush() {
    int length = buffer.position();
    buffer.clear();
    pass(buffer.array(), length);
  }

  private ByteBuffer room(int bytes) {
    if (buffer.remaining() < bytes) {
      flush();
    }
    return buffer;
  }

  /// Short ones go through the buffer.
  private void raw(byte[] bytes, int length) {
    if (length <= buffer.remaining()) {
      buffer.put(bytes, 0, length);
      return;
    }
    flush();
    pass(bytes, length);
  }

  private void pass(byte[] bytes, int length) {
    try {
      out.write(bytes, 0, length);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
