package io.cromford.serving;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/// Where a record of the ledger came from: the first 12 bytes of the bodies of observations,
/// outcomes and duplicates.
///
/// @param file the file's number, from 0; -1 for what arrived over the wire
/// @param row the row in the file, from 0; 0 where there is no file
record Place(int file, long row) {
  static final int BYTES = 12;

  /// Over the wire.
  static final Place LIVE = new Place(-1, 0);

  /// A body: this place, and the bytes of a row.
  ByteBuffer before(ByteBuffer row) {
    ByteBuffer body = ByteBuffer.allocate(BYTES + row.remaining()).order(ByteOrder.LITTLE_ENDIAN);
    return body.putInt(file).putLong(this.row).put(row.duplicate()).flip();
  }

  /// Reads the place and leaves the buffer at the row's bytes.
  static Place read(ByteBuffer body) {
    ByteBuffer in = body.order(ByteOrder.LITTLE_ENDIAN);
    return new Place(in.getInt(), in.getLong());
  }
}
