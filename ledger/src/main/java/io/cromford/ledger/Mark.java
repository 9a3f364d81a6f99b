package io.cromford.ledger;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/// A note of the last head whose bytes were forced to disk, written after the force and not forced
/// itself.
///
/// It is never ahead of what is durable. So readers beside the writer go up to it without a scan,
/// and recovery knows that a batch before it was acknowledged: a flaw there is damage and not the
/// trace of a crash. Losing the note loses only that knowledge. Two slots take turns, so that a
/// torn one leaves the other.
final class Mark implements AutoCloseable {
  static final String NAME = "acknowledged";

  private static final int SLOT_BYTES = 512;
  private static final int POSITION = 0;
  private static final int CHAIN = 8;
  private static final int CRC = CHAIN + Chain.BYTES;
  private static final int BYTES = CRC + 4;

  private final Disk disk;
  private final ByteBuffer slot = ByteBuffer.allocate(BYTES).order(ByteOrder.LITTLE_ENDIAN);
  private final CRC32C crc = new CRC32C();
  private long turn;
  private @Nullable DiskFile file;

  private Mark(Disk disk) {
    this.disk = disk;
  }

  /// Opens the note for writing, and writes a head into both slots.
  static Mark open(Disk disk, long position, byte[] link) throws IOException {
    Mark mark = new Mark(disk);
    mark.write(position, link);
    mark.write(position, link);
    mark.file().force();
    disk.forceFolder();
    return mark;
  }

  /// The head that a folder's note names; the empty one if there is no whole note.
  static LedgerHead read(Disk disk) throws IOException {
    if (!disk.names().contains(NAME)) {
      return LedgerHead.EMPTY;
    }
    try (DiskFile file = disk.openToRead(NAME)) {
      LedgerHead first = readSlot(file, 0);
      LedgerHead second = readSlot(file, SLOT_BYTES);
      return first.position() >= second.position() ? first : second;
    }
  }

  /// Writes a head. After a failure the file is opened anew: an interrupt closes it.
  void write(long position, byte[] link) throws IOException {
    slot.putLong(POSITION, position).put(CHAIN, link);
    slot.putInt(CRC, checksum(crc, slot));
    try {
      file().writeFully(slot.clear(), turn * SLOT_BYTES);
    } catch (IOException e) {
      letGo();
      throw e;
    }
    turn = 1 - turn;
  }

  /// Makes the note durable and closes it.
  @Override
  public void close() throws IOException {
    try {
      file().force();
    } finally {
      letGo();
    }
  }

  private DiskFile file() throws IOException {
    DiskFile open = file == null ? disk.open(NAME) : file;
    file = open;
    return open;
  }

  private void letGo() throws IOException {
    DiskFile open = file;
    file = null;
    if (open != null) {
      open.close();
    }
  }

  private static LedgerHead readSlot(DiskFile file, long offset) throws IOException {
    ByteBuffer slot = ByteBuffer.allocate(BYTES).order(ByteOrder.LITTLE_ENDIAN);
    file.readFully(slot, offset);
    if (slot.hasRemaining() || slot.getInt(CRC) != checksum(new CRC32C(), slot)) {
      return LedgerHead.EMPTY;
    }
    byte[] link = new byte[Chain.BYTES];
    slot.get(CHAIN, link);
    return LedgerHead.of(slot.getLong(POSITION), link);
  }

  private static int checksum(CRC32C crc, ByteBuffer slot) {
    crc.reset();
    crc.update(slot.slice(0, CRC));
    return (int) crc.getValue();
  }
}
