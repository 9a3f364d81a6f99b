package io.cromford.ledger;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/// A buffer that slides over a log. Not mapped, so that resident memory does not grow with it.
final class Window {
  private ByteBuffer buffer;
  private ByteBuffer lent;
  private long start;
  private long end;

  Window(int capacity) {
    buffer = allocate(capacity);
    lent = lend(buffer);
  }

  /// The bytes; another buffer after a frame that was larger than this one.
  ByteBuffer buffer() {
    return buffer;
  }

  /// The bytes from an index on, in a buffer that is the same at every call.
  ByteBuffer lend(int index, int length) {
    return lent.limit(index + length).position(index);
  }

  /// The index of some bytes in the buffer, -1 if they are not all in it.
  int find(long position, int length) {
    return position >= start && position + length <= end ? (int) (position - start) : -1;
  }

  /// Takes bytes from a position on into the buffer, as many as fit.
  ///
  /// @param pieceEnd up to where they lie in one piece
  /// @return the index of the bytes, -1 if there are fewer than wanted
  int load(LogView view, long position, int length, long pieceEnd) throws IOException {
    if (length > buffer.capacity()) {
      buffer = allocate(length);
      lent = lend(buffer);
    }
    buffer.clear().limit(Math.clamp(pieceEnd - position, 0, buffer.capacity()));
    forget();
    if (buffer.hasRemaining()) {
      view.read(position, buffer);
    }
    start = position;
    end = position + buffer.position();
    buffer.clear();
    return find(position, length);
  }

  /// Lets go of what it holds.
  void forget() {
    start = 0;
    end = 0;
  }

  private static ByteBuffer lend(ByteBuffer buffer) {
    return buffer.duplicate().order(ByteOrder.LITTLE_ENDIAN);
  }

  private static ByteBuffer allocate(int capacity) {
    return ByteBuffer.allocate(capacity).order(ByteOrder.LITTLE_ENDIAN);
  }
}
