package io.cromford.ledger;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/// The bytes around a body: `docs/ledger-format.md` has the table.
///
/// A frame knows its own place, so that bytes left over from elsewhere do not pass for a record.
/// All buffers are little-endian and backed by an array.
final class Frame {
  static final int FORMAT_VERSION = 1;
  static final int ALIGNMENT = 8;
  static final int HEADER_BYTES = 48;

  static final int CRC = 0;
  static final int LENGTH = 4;
  static final int VERSION = 8;
  static final int KIND = 9;
  static final int FLAGS = 10;
  static final int SOURCE = 12;
  static final int SCHEMA = 16;
  static final int PLACE = 20;
  static final int ARRIVAL = 24;
  static final int EVENT = 32;
  static final int SUBJECT = 40;

  static final int FLAG_FROM_FILE = 1;
  static final int MAX_LENGTH = HEADER_BYTES + LedgerOptions.RECORD_BYTES_LIMIT;

  /// A commit's body: where its batch starts, its records, its bytes, the chain.
  static final int COMMIT_START = HEADER_BYTES;

  static final int COMMIT_COUNT = HEADER_BYTES + 8;
  static final int COMMIT_BYTES = HEADER_BYTES + 16;
  static final int COMMIT_CHAIN = HEADER_BYTES + 24;
  static final int COMMIT_LENGTH = COMMIT_CHAIN + Chain.BYTES;

  private Frame() {}

  /// The bytes that a frame of this length takes, padding included.
  static int aligned(int length) {
    return (length + ALIGNMENT - 1) & -ALIGNMENT;
  }

  /// A frame's own note of its place: it differs for any two places less than 32 GiB apart.
  static int place(long position) {
    return (int) (position >>> 3);
  }

  /// Writes all of a header but its checksum, at an index of the buffer.
  static void putHeader(
      ByteBuffer target, int at, int length, int kind, RecordHeader header, long position) {
    RecordOrigin origin = header.origin();
    target.putInt(at + LENGTH, length);
    target.put(at + VERSION, (byte) FORMAT_VERSION);
    target.put(at + KIND, (byte) kind);
    target.put(at + FLAGS, (byte) (origin.fromFile() ? FLAG_FROM_FILE : 0));
    target.put(at + FLAGS + 1, (byte) 0);
    target.putInt(at + SOURCE, origin.source());
    target.putInt(at + SCHEMA, origin.schema());
    target.putInt(at + PLACE, place(position));
    target.putLong(at + ARRIVAL, header.arrivalMillis());
    target.putLong(at + EVENT, header.eventMillis());
    target.putLong(at + SUBJECT, header.subject());
  }

  /// The checksum over a frame but for the checksum itself.
  static int checksum(CRC32C crc, ByteBuffer frame, int at, int length) {
    crc.reset();
    crc.update(frame.array(), frame.arrayOffset() + at + LENGTH, length - LENGTH);
    return (int) crc.getValue();
  }

  /// Whether a length can be that of a frame.
  static boolean isLength(int length) {
    return length >= HEADER_BYTES && length <= MAX_LENGTH;
  }

  /// What is wrong with a frame whose bytes are all there; empty if nothing is.
  static String flaw(CRC32C crc, ByteBuffer frame, int at, int length, long position) {
    if (checksum(crc, frame, at, length) != frame.getInt(at + CRC)) {
      return "its checksum does not fit its bytes";
    }
    if (frame.getInt(at + PLACE) != place(position)) {
      return "it was written for another place";
    }
    int kind = frame.get(at + KIND);
    boolean known = kind == RecordKind.COMMIT_CODE || RecordKind.find(kind) != null;
    return known || frame.get(at + VERSION) > FORMAT_VERSION ? "" : "its kind is " + kind;
  }
}
