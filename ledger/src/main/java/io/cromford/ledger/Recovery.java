package io.cromford.ledger;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/// Finds the last whole commit of a folder, and takes away what follows it.
///
/// 1. The segments but for the last lie end to end: a segment is begun only when all before it is
///    durable.
/// 2. The last segment is walked. One without any whole commit was about to be begun and goes away;
///    then the one before it is the last, and must be whole to its end.
/// 3. What follows the last whole commit is cut off, unless it was acknowledged (see [Mark]) or a
///    later commit proves that it was whole once (see [SegmentScan]). That is damage, and refused.
/// 4. What is whole but not known to be acknowledged may lie in the page cache only, even after a
///    failed force: it is written again, and forced.
final class Recovery {
  private static final int COPY_BYTES = 1 << 20;

  private final Disk disk;
  private final LedgerHead mark;
  private final SegmentTable found;

  /// A recovery of a folder that no one writes to.
  Recovery(Disk disk) throws IOException {
    this.disk = disk;
    this.mark = Mark.read(disk);
    this.found = SegmentTable.of(disk.names());
  }

  /// Looks, decides, and mends.
  Extent run() throws IOException {
    Extent kept = look();
    for (int i = kept.segments().size(); i < found.size(); i++) {
      disk.delete(SegmentTable.name(found.start(i)));
    }
    if (kept.segments().size() > 0) {
      mend(kept);
    }
    disk.forceFolder();
    return kept;
  }

  /// Looks and decides, and changes nothing.
  Extent look() throws IOException {
    checkPieces(disk, found);
    if (found.size() == 0) {
      return requireMark(Extent.EMPTY);
    }
    SegmentScan last = scan(found.size() - 1);
    if (last.head() > found.start(found.size() - 1)) {
      refuse(last.damage(mark), found.size() - 1);
      return new Extent(found, last.head(), last.link());
    }
    return withoutLast(last);
  }

  /// Checks that all segments but the last reach to the start of the next.
  static void checkPieces(Disk disk, SegmentTable segments) throws IOException {
    for (int i = 0; i < segments.size(); i++) {
      long start = segments.start(i);
      if (i == 0 && start != 0) {
        throw LedgerTrouble.corrupt(
            disk.label(SegmentTable.name(0)), 0, "the first segment is not there");
      }
      if (i + 1 < segments.size() && start + size(disk, start) != segments.end(i)) {
        throw LedgerTrouble.corrupt(
            disk.label(SegmentTable.name(start)),
            Math.min(start + size(disk, start), segments.end(i)),
            "the segment ends at %d and the next begins at %d"
                .formatted(start + size(disk, start), segments.end(i)));
      }
    }
  }

  private Extent withoutLast(SegmentScan last) throws IOException {
    SegmentTable kept = found.withoutLast();
    refuse(last.damage(mark), kept.size());
    if (kept.size() == 0) {
      return requireMark(Extent.EMPTY);
    }
    SegmentScan previous = scan(kept.size() - 1);
    refuse(previous.flaw(), kept.size() - 1);
    refuse(previous.damage(mark), kept.size() - 1);
    return new Extent(kept, previous.head(), previous.link());
  }

  private Extent requireMark(Extent empty) {
    if (mark.position() > 0) {
      throw LedgerTrouble.corrupt(
          disk.label(SegmentTable.name(0)),
          0,
          "%d bytes were acknowledged and are not there".formatted(mark.position()));
    }
    return empty;
  }

  private SegmentScan scan(int index) throws IOException {
    long start = found.start(index);
    String name = SegmentTable.name(start);
    try (DiskFile file = disk.openToRead(name)) {
      return new SegmentScan(file, start, file.size(), disk.label(name), (end, link) -> {}).run();
    }
  }

  private void refuse(SegmentScan.@Nullable Flaw flaw, int index) {
    if (flaw != null) {
      String name = SegmentTable.name(found.start(index));
      throw LedgerTrouble.corrupt(disk.label(name), flaw.position(), flaw.what());
    }
  }

  private void mend(Extent kept) throws IOException {
    long start = kept.segments().start(kept.segments().size() - 1);
    try (DiskFile file = disk.open(SegmentTable.name(start))) {
      file.truncate(kept.head() - start);
      writeAgain(file, Math.max(0, mark.position() - start), kept.head() - start);
      file.force();
    }
  }

  private static void writeAgain(DiskFile file, long from, long end) throws IOException {
    ByteBuffer copy = ByteBuffer.allocate(Math.clamp(end - from, 0, COPY_BYTES));
    for (long at = from; at < end; at += copy.limit()) {
      copy.clear().limit((int) Math.min(copy.capacity(), end - at));
      file.readFully(copy, at);
      file.writeFully(copy.flip(), at);
    }
  }

  private static long size(Disk disk, long start) throws IOException {
    try (DiskFile file = disk.openToRead(SegmentTable.name(start))) {
      return file.size();
    }
  }
}
