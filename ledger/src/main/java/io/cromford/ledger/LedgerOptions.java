package io.cromford.ledger;

/// The limits of a ledger.
///
/// @param segmentBytes a segment that has reached this size takes no further batch; so it is larger
///   by less than one batch
/// @param maxRecordBytes the most bytes of one body
/// @param maxBatchBytes the most bytes between two commits, kept in memory
/// @param readBufferBytes the buffer of one reader; it grows for a record that is larger
public record LedgerOptions(
    long segmentBytes, int maxRecordBytes, int maxBatchBytes, int readBufferBytes) {
  /// The most bytes any body can have: a reader takes a longer length for damage.
  public static final int RECORD_BYTES_LIMIT = 64 << 20;

  /// Checks that the limits fit each other.
  ///
  /// @throws IllegalArgumentException if one does not
  public LedgerOptions {
    if (segmentBytes < 1 || readBufferBytes < 256) {
      throw new IllegalArgumentException(
          "a segment of %d bytes, a read buffer of %d".formatted(segmentBytes, readBufferBytes));
    }
    if (maxRecordBytes < 0 || maxRecordBytes > RECORD_BYTES_LIMIT) {
      throw new IllegalArgumentException("a record of at most %d bytes".formatted(maxRecordBytes));
    }
    if (maxBatchBytes < maxRecordBytes + 1024 || maxBatchBytes > 1 << 30) {
      throw new IllegalArgumentException("a batch of at most %d bytes".formatted(maxBatchBytes));
    }
  }

  /// Segments of 128 MiB, bodies of up to 64 MiB, batches of up to 256 MiB, read buffers of 1 MiB.
  public static LedgerOptions defaults() {
    return new LedgerOptions(128L << 20, RECORD_BYTES_LIMIT, 256 << 20, 1 << 20);
  }

  /// The same with another size of segments.
  public LedgerOptions withSegmentBytes(long bytes) {
    return new LedgerOptions(bytes, maxRecordBytes, maxBatchBytes, readBufferBytes);
  }

  /// The same with another size of read buffers.
  public LedgerOptions withReadBufferBytes(int bytes) {
    return new LedgerOptions(segmentBytes, maxRecordBytes, maxBatchBytes, bytes);
  }
}
