package io.cromford.ledger;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/// The end of the log on disk: takes a batch as a whole or not at all.
///
/// After any failure the bytes behind the last batch count as debris, and the file is closed. They
/// are cut off at once if the disk allows, else before the next batch. The next batch is written
/// from memory in full, and forced, so a force that failed and dropped pages cannot leave a hole in
/// what is acknowledged later: no page of a batch is older than the force that made it durable.
final class LogTail implements AutoCloseable {
  private final Disk disk;
  private final long segmentBytes;
  private SegmentTable segments;
  private long end;
  private @Nullable DiskFile file;
  private boolean debris;

  LogTail(Disk disk, long segmentBytes, Extent extent) {
    this.disk = disk;
    this.segmentBytes = segmentBytes;
    this.segments = extent.segments();
    this.end = extent.head();
  }

  SegmentTable segments() {
    return segments;
  }

  /// The byte after the last batch.
  long end() {
    return end;
  }

  /// Where the next batch starts.
  long next() {
    return isFull() ? end + SegmentHeader.BYTES : end;
  }

  /// The file that a failure has to do with.
  String label() {
    return disk.label(SegmentTable.name(isFull() ? end : lastStart()));
  }

  /// Writes a batch that starts at [#next], durably.
  ///
  /// @param link the chain's link before the batch
  /// @throws IOException if the disk refused; the batch is not there then
  void write(ByteBuffer batch, byte[] link) throws IOException {
    try {
      clearDebris();
      if (isFull()) {
        begin(batch, link);
      } else {
        extend(batch);
      }
    } catch (IOException refused) {
      debris = true;
      tryToClear(refused);
      throw refused;
    }
  }

  @Override
  public void close() throws IOException {
    DiskFile open = file;
    file = null;
    if (open != null) {
      open.close();
    }
  }

  private void extend(ByteBuffer batch) throws IOException {
    DiskFile open = file == null ? disk.open(SegmentTable.name(lastStart())) : file;
    file = open;
    long size = batch.remaining();
    open.writeFully(batch, end - lastStart());
    open.force();
    end += size;
  }

  private void begin(ByteBuffer batch, byte[] link) throws IOException {
    close();
    long size = batch.remaining() + (long) SegmentHeader.BYTES;
    DiskFile open = disk.open(SegmentTable.name(end));
    file = open;
    open.truncate(0);
    open.writeFully(SegmentHeader.encode(end, link), 0);
    open.writeFully(batch, SegmentHeader.BYTES);
    open.force();
    disk.forceFolder();
    segments = segments.plus(end);
    end += size;
  }

  private void tryToClear(IOException refused) {
    try {
      clearDebris();
    } catch (IOException again) {
      refused.addSuppressed(again);
    }
  }

  private void clearDebris() throws IOException {
    if (!debris) {
      return;
    }
    close();
    if (isFull()) {
      disk.delete(SegmentTable.name(end));
      disk.forceFolder();
    } else {
      DiskFile open = disk.open(SegmentTable.name(lastStart()));
      file = open;
      open.truncate(end - lastStart());
      open.force();
    }
    debris = false;
  }

  private boolean isFull() {
    return segments.size() == 0 || end - lastStart() >= segmentBytes;
  }

  private long lastStart() {
    return segments.size() == 0 ? 0 : segments.start(segments.size() - 1);
  }
}
