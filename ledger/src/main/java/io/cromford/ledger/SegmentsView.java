package io.cromford.ledger;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// What is committed, read from the segment files; one file is open at a time.
///
/// The writer may publish a further extent at any moment, in which what was the end is the start of
/// a segment: so one look serves for all that is asked about a read.
final class SegmentsView implements LogView {
  private final Disk disk;
  private final Supplier<Extent> extent;
  private Extent seen;
  private long openStart = -1;
  private @Nullable DiskFile open;

  SegmentsView(Disk disk, Supplier<Extent> extent) {
    this.disk = disk;
    this.extent = extent;
    this.seen = extent.get();
  }

  @Override
  public long look() {
    seen = extent.get();
    return seen.head();
  }

  @Override
  public long frameAt(long position) {
    SegmentTable segments = seen.segments();
    int segment = segments.find(position);
    boolean isStart = segment >= 0 && segments.start(segment) == position;
    return isStart ? position + SegmentHeader.BYTES : position;
  }

  @Override
  public long pieceEnd(long position) {
    SegmentTable segments = seen.segments();
    return Math.min(seen.head(), segments.end(segments.find(position)));
  }

  @Override
  public void read(long position, ByteBuffer target) throws IOException {
    SegmentTable segments = seen.segments();
    long start = segments.start(segments.find(position));
    try {
      file(start).readFully(target, position - start);
    } catch (IOException e) {
      close();
      throw e;
    }
  }

  @Override
  public String label(long position) {
    SegmentTable segments = seen.segments();
    return disk.label(SegmentTable.name(segments.start(Math.max(0, segments.find(position)))));
  }

  @Override
  public void close() {
    DiskFile last = open;
    open = null;
    openStart = -1;
    if (last == null) {
      return;
    }
    try {
      last.close();
    } catch (IOException _) {
      // It was open for reading only: nothing can be lost.
    }
  }

  private DiskFile file(long start) throws IOException {
    DiskFile current = open;
    if (current != null && openStart == start) {
      return current;
    }
    close();
    DiskFile next = disk.openToRead(SegmentTable.name(start));
    open = next;
    openStart = start;
    return next;
  }
}
