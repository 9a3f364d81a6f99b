package io.cromford.ledger;

import io.cromford.core.CromfordException;
import io.cromford.core.ErrorCode;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32C;

/// What was appended since the last commit, in memory, as it will lie on disk.
final class Batch {
  private static final int USUAL_BYTES = 1 << 20;
  private static final RecordHeader COMMIT =
      new RecordHeader(RecordKind.CONTROL, RecordOrigin.FACTORY, 0, 0, 0);

  private final LedgerOptions options;
  private final CRC32C crc = new CRC32C();
  private ByteBuffer bytes = allocate(USUAL_BYTES >> 4);
  private long start;
  private long count;

  Batch(LedgerOptions options, long start) {
    this.options = options;
    this.start = start;
  }

  /// Where its first record lies.
  long start() {
    return start;
  }

  /// The byte after its last record.
  long end() {
    return start + bytes.position();
  }

  boolean isEmpty() {
    return count == 0;
  }

  /// Takes a record.
  ///
  /// @return its position
  /// @throws CromfordException `TOO_LARGE` if the record or the batch would be over its limit
  long add(RecordHeader header, ByteBuffer body) {
    if (body.remaining() > options.maxRecordBytes()) {
      throw new CromfordException(
          ErrorCode.TOO_LARGE,
          "a record of %d bytes; the ledger takes at most %d."
              .formatted(body.remaining(), options.maxRecordBytes()));
    }
    int length = Frame.HEADER_BYTES + body.remaining();
    int at = reserve(length);
    bytes.put(at + Frame.HEADER_BYTES, body, body.position(), body.remaining());
    seal(at, length, header.kind().code(), header);
    count++;
    return start + at;
  }

  /// Adds the commit frame, and gives all the bytes to be written.
  ///
  /// @param chain a chain at the last commit; it stays there
  /// @return a view of the batch; [#reopen] takes the commit frame off again
  ByteBuffer close(Chain chain) {
    int size = bytes.position();
    int at = reserve(Frame.COMMIT_LENGTH);
    bytes.putLong(at + Frame.COMMIT_START, start);
    bytes.putLong(at + Frame.COMMIT_COUNT, count);
    bytes.putLong(at + Frame.COMMIT_BYTES, size);
    chain.add(bytes, 0, size);
    chain.add(bytes, at + Frame.COMMIT_START, Frame.COMMIT_CHAIN - Frame.COMMIT_START);
    bytes.put(at + Frame.COMMIT_CHAIN, chain.propose());
    seal(at, Frame.COMMIT_LENGTH, RecordKind.COMMIT_CODE, COMMIT);
    return view(0);
  }

  /// The link in the commit frame of a closed batch.
  byte[] link() {
    byte[] link = new byte[Chain.BYTES];
    bytes.get(bytes.position() - Chain.BYTES, link);
    return link;
  }

  /// Takes the commit frame off again.
  void reopen() {
    bytes.position(bytes.position() - Frame.COMMIT_LENGTH);
  }

  /// Forgets everything, and starts at a position.
  void startOver(long position) {
    start = position;
    count = 0;
    bytes.clear();
    if (bytes.capacity() > USUAL_BYTES * 4) {
      bytes = allocate(USUAL_BYTES);
    }
  }

  /// The bytes from a position on.
  ByteBuffer from(long position) {
    return view(Math.toIntExact(position - start));
  }

  private ByteBuffer view(int from) {
    return bytes.duplicate().flip().position(from);
  }

  private void seal(int at, int length, int kind, RecordHeader header) {
    Frame.putHeader(bytes, at, length, kind, header, start + at);
    bytes.putInt(at + Frame.CRC, Frame.checksum(crc, bytes, at, length));
  }

  private int reserve(int length) {
    int at = bytes.position();
    long needed = (long) at + Frame.aligned(length);
    // A commit frame always finds room, so that a batch up to the limit can be committed.
    if (needed > (long) options.maxBatchBytes() && length != Frame.COMMIT_LENGTH) {
      throw new CromfordException(
          ErrorCode.TOO_LARGE,
          "a batch of %d bytes; the ledger takes at most %d between two commits.\nMaybe commit more often."
              .formatted(needed, options.maxBatchBytes()));
    }
    if (needed > bytes.capacity()) {
      grow(needed);
    }
    int end = (int) needed;
    bytes.position(end);
    for (int padding = at + length; padding < end; padding++) {
      bytes.put(padding, (byte) 0);
    }
    return at;
  }

  private void grow(long needed) {
    ByteBuffer larger = allocate((int) Math.max(needed, bytes.capacity() * 2L));
    larger.put(bytes.flip());
    bytes = larger;
  }

  private static ByteBuffer allocate(int capacity) {
    return ByteBuffer.allocate(capacity).order(ByteOrder.LITTLE_ENDIAN);
  }
}
