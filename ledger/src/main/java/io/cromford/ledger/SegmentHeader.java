package io.cromford.ledger;

import io.cromford.core.CromfordException;
import io.cromford.core.ErrorCode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/// The first bytes of a segment file: what it is, where it starts, and the chain up to there.
final class SegmentHeader {
  static final int BYTES = 64;

  /// `CROMLEDG`, as the bytes lie in the file.
  private static final long MAGIC = 0x4744454C4D4F5243L;

  private static final int VERSION = 8;
  private static final int SIZE = 12;
  private static final int START = 16;
  private static final int CHAIN = 24;
  private static final int CRC = 60;

  private SegmentHeader() {}

  /// The header of a segment.
  static ByteBuffer encode(long start, byte[] chain) {
    ByteBuffer header = ByteBuffer.allocate(BYTES).order(ByteOrder.LITTLE_ENDIAN);
    header.putLong(0, MAGIC).putInt(VERSION, Frame.FORMAT_VERSION).putInt(SIZE, BYTES);
    header.putLong(START, start).put(CHAIN, chain);
    return header.putInt(CRC, checksum(header));
  }

  /// Reads the chain out of the header of the segment that starts at a position.
  ///
  /// @return null if there is no whole header of that segment
  /// @throws CromfordException `STATE_CONFLICT` if the format is newer than this program
  static byte @Nullable [] readChain(DiskFile file, long start, String label) throws IOException {
    ByteBuffer header = ByteBuffer.allocate(BYTES).order(ByteOrder.LITTLE_ENDIAN);
    file.readFully(header, 0);
    boolean isSegment = header.position() == BYTES && header.getLong(0) == MAGIC;
    if (isSegment && header.getInt(VERSION) > Frame.FORMAT_VERSION) {
      throw newerFormat(label, header.getInt(VERSION));
    }
    boolean isWhole = isSegment && header.getInt(CRC) == checksum(header);
    if (!isWhole || header.getLong(START) != start) {
      return null;
    }
    byte[] chain = new byte[Chain.BYTES];
    header.get(CHAIN, chain);
    return chain;
  }

  static CromfordException newerFormat(String label, int version) {
    return new CromfordException(
        ErrorCode.STATE_CONFLICT,
        "%s has ledger format %d; this program reads up to format %d.\nMaybe run the newer release that wrote it."
            .formatted(label, version, Frame.FORMAT_VERSION));
  }

  private static int checksum(ByteBuffer header) {
    CRC32C crc = new CRC32C();
    crc.update(header.slice(0, CRC));
    return (int) crc.getValue();
  }
}
