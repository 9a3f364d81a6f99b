package io.cromford.serving;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/// Records that were there before: the body of a DUPLICATE record.
///
/// A row of a file has one of its own. Over the wire one stands for all that came in about a minute
/// ([Repeats]), or whoever repeats a request could fill the disk.
///
/// @param place where it stood
/// @param original the position of the record that it repeats; of several, of the last one's
/// @param count how often it came, at least 1
record Duplicates(Place place, long original, long count) {
  private static final int BYTES = 2 * Long.BYTES;

  /// The record's body.
  ByteBuffer encode() {
    ByteBuffer rest =
        ByteBuffer.allocate(BYTES).order(ByteOrder.LITTLE_ENDIAN).putLong(original).putLong(count);
    return place.before(rest.flip());
  }

  /// Reads a record's body; the first ones had no count.
  static Duplicates decode(ByteBuffer body) {
    Place place = Place.read(body);
    if (body.remaining() < BYTES) {
      return new Duplicates(place, -1, 1);
    }
    return new Duplicates(place, body.getLong(), body.getLong());
  }
}
