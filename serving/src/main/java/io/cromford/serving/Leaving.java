package io.cromford.serving;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/// How a record has left quarantine: the body of a REPLAYED record.
///
/// @param row the position of its QUARANTINED record
/// @param repair the position of the control record with which a person mended it; -1 if it was
///   taken as it had come
record Leaving(long row, long repair) {
  private static final int BYTES = 2 * Long.BYTES;

  /// How long a body may be.
  static final List<Integer> BODY_BYTES = List.of(Long.BYTES, BYTES);

  /// One that is taken as it had come.
  static Leaving by(long row) {
    return new Leaving(row, -1);
  }

  /// The record's body; what nobody mended has the first number alone, as all had once.
  ByteBuffer encode() {
    ByteBuffer body = ByteBuffer.allocate(BYTES).order(ByteOrder.LITTLE_ENDIAN).putLong(row);
    return (repair < 0 ? body : body.putLong(repair)).flip();
  }

  /// Reads a record's body.
  static Leaving decode(ByteBuffer body) {
    ByteBuffer in = body.order(ByteOrder.LITTLE_ENDIAN);
    return new Leaving(in.getLong(), in.hasRemaining() ? in.getLong() : -1);
  }
}
