package io.cromford.ledger;

import io.cromford.core.CromfordException;
import io.cromford.core.ErrorCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// A ledger seen from beside its writer: up to the last acknowledged commit.
final class SealedLedger {
  private final Disk disk;
  private Extent extent;

  private SealedLedger(Disk disk) throws IOException {
    this.disk = disk;
    this.extent = look(disk);
  }

  /// Looks at a folder.
  static SealedLedger open(Path folder) {
    if (!Files.isDirectory(folder)) {
      throw new CromfordException(
          ErrorCode.NOT_FOUND,
          "there is no ledger folder %s.\nMaybe the factory has not run yet.".formatted(folder));
    }
    return open(new LocalDisk(folder));
  }

  static SealedLedger open(Disk disk) {
    try {
      return new SealedLedger(disk);
    } catch (IOException e) {
      throw LedgerTrouble.storage(disk.label(""), "the ledger cannot be read", e);
    }
  }

  /// The last acknowledged commit's end, and the chain there.
  LedgerHead head() {
    return LedgerHead.of(extent.head(), extent.link());
  }

  /// A reader from the beginning on, refreshed by hand.
  LedgerReader reader() {
    int buffer = LedgerOptions.defaults().readBufferBytes();
    return new LedgerReader(new SegmentsView(disk, () -> extent), buffer, this::refresh, () -> {});
  }

  private void refresh() {
    try {
      extent = look(disk);
    } catch (IOException e) {
      throw LedgerTrouble.storage(disk.label(""), "the ledger cannot be read", e);
    }
  }

  /// The mark is read first: all it names is in the segments by then.
  private static Extent look(Disk disk) throws IOException {
    LedgerHead mark = Mark.read(disk);
    if (mark.position() == 0) {
      return new Recovery(disk).look();
    }
    SegmentTable segments = SegmentTable.of(disk.names());
    requireBytes(disk, segments, mark.position());
    return new Extent(segments, mark.position(), mark.chainBytes());
  }

  private static void requireBytes(Disk disk, SegmentTable segments, long head) throws IOException {
    int last = segments.find(head - 1);
    long end = last < 0 ? 0 : segments.start(last) + size(disk, segments.start(last));
    if (end < head) {
      throw LedgerTrouble.corrupt(
          disk.label(SegmentTable.name(last < 0 ? 0 : segments.start(last))),
          end,
          "what was acknowledged up to %d is cut off".formatted(head));
    }
  }

  private static long size(Disk disk, long start) throws IOException {
    try (DiskFile file = disk.openToRead(SegmentTable.name(start))) {
      return file.size();
    }
  }
}
