package io.cromford.ledger;

import io.cromford.core.CromfordException;
import io.cromford.core.ErrorCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Walks all segments from the first on: every checksum, every link of the chain.
final class Verifier {
  private final Disk disk;
  private final LedgerHead published;
  private final Map<RecordKind, Long> counts = SegmentScan.noCounts();
  private final LedgerHead mark;
  private final SegmentTable segments;
  private boolean publishedSeen;
  private long head;
  private byte[] link = Chain.origin();

  private Verifier(Disk disk, LedgerHead published) throws IOException {
    this.disk = disk;
    this.published = published;
    this.mark = Mark.read(disk);
    this.segments = SegmentTable.of(disk.names());
    this.publishedSeen = published.equals(LedgerHead.EMPTY);
  }

  static Verification verify(Path folder, LedgerHead published) {
    if (!Files.isDirectory(folder)) {
      throw new CromfordException(
          ErrorCode.NOT_FOUND, "there is no ledger folder %s.".formatted(folder));
    }
    return verify(new LocalDisk(folder), published);
  }

  static Verification verify(Disk disk, LedgerHead published) {
    try {
      return new Verifier(disk, published).run();
    } catch (IOException e) {
      throw LedgerTrouble.storage(disk.label(""), "the ledger cannot be read", e);
    }
  }

  private Verification run() throws IOException {
    long end = 0;
    for (int i = 0; i < segments.size(); i++) {
      long start = segments.start(i);
      if (start != head) {
        return damaged(
            head, "the segment ends at %d and the next begins at %d".formatted(head, start));
      }
      try (DiskFile file = disk.openToRead(SegmentTable.name(start))) {
        end = start + file.size();
        SegmentScan scan = scan(file, start);
        Verification damage = judge(scan, i + 1 == segments.size());
        if (damage != null) {
          return damage;
        }
      }
    }
    return conclude(end);
  }

  private SegmentScan scan(DiskFile file, long start) throws IOException {
    String label = disk.label(SegmentTable.name(start));
    return new SegmentScan(file, start, file.size(), label, this::compare).run();
  }

  private void compare(long end, byte[] atEnd) {
    publishedSeen |= end == published.position() && published.equals(LedgerHead.of(end, atEnd));
  }

  private @Nullable Verification judge(SegmentScan scan, boolean isLast) {
    byte[] first = scan.firstLink();
    SegmentScan.Flaw flaw = isLast ? scan.damage(mark) : scan.flaw();
    if (first != null && !Arrays.equals(first, link)) {
      return damaged(head, "the segment's header does not go on with the chain");
    }
    if (flaw != null) {
      return damaged(flaw.position(), flaw.what());
    }
    scan.addCounts(counts);
    if (scan.head() > head) {
      head = scan.head();
      link = scan.link();
    }
    return null;
  }

  private Verification conclude(long end) {
    if (mark.position() > head) {
      return damaged(head, "what was acknowledged up to %d is cut off".formatted(mark.position()));
    }
    if (published.position() > head) {
      return damaged(
          head,
          "the published head lies at %d: what follows is cut off".formatted(published.position()));
    }
    if (!publishedSeen) {
      return damaged(
          published.position(), "the chain there is not the published one: the ledger was rebuilt");
    }
    return new Verification.Intact(LedgerHead.of(head, link), counts, head, end - head);
  }

  private Verification.Damaged damaged(long position, String what) {
    int segment = Math.max(0, segments.find(position));
    long start = segments.size() == 0 ? 0 : segments.start(segment);
    return new Verification.Damaged(position, SegmentTable.name(start), what);
  }
}
