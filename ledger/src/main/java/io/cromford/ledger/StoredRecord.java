package io.cromford.ledger;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/// One record taken out of the ledger by its position.
///
/// @param position where it starts
/// @param header all but its body
/// @param body its bytes, little-endian; a copy of its own
public record StoredRecord(long position, RecordHeader header, ByteBuffer body) {
  /// A view of the body, so that reading it moves no one else's position.
  @Override
  public ByteBuffer body() {
    return body.duplicate().order(ByteOrder.LITTLE_ENDIAN);
  }
}
