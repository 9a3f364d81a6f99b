package io.cromford.ledger;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.EnumMap;
import java.util.Map;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/// Walks the frames of one segment and holds each against its checksum, each commit against the
/// chain.
///
/// It stops at the first flaw. Whether that is damage or merely a batch whose commit never came is
/// for [#damage] to say.
final class SegmentScan {
  /// Hears of every whole commit.
  interface CommitListener {
    /// A batch is whole.
    ///
    /// @param end the byte after its commit frame
    void committed(long end, byte[] link);
  }

  /// Where and why a scan stopped before the segment's end.
  record Flaw(long position, String what) {}

  private static final int WINDOW_BYTES = 1 << 20;

  private final FileView view;
  private final String label;
  private final CommitListener listener;
  private final Chain chain = new Chain(Chain.origin());
  private final Window window;
  private final CRC32C crc = new CRC32C();

  /// By the code of the kind.
  private final long[] counts = new long[Byte.MAX_VALUE];

  private final long[] pending = new long[counts.length];
  private long batchStart;
  private long pendingCount;
  private int commits;
  private @Nullable Flaw flaw;
  private byte @Nullable [] firstLink;

  /// Whether behind the flaw there is the commit of a batch after the one with the flaw: a batch is
  /// begun only when the one before is durable, so that one was whole once.
  private boolean provenWhole;

  /// A scan of the segment that starts at a position.
  ///
  /// @param size the bytes of the file to look at
  SegmentScan(DiskFile file, long start, long size, String label, CommitListener listener) {
    this.view = new FileView(file, start, size, label);
    this.label = label;
    this.window = new Window(Math.clamp(size, Frame.COMMIT_LENGTH, WINDOW_BYTES));
    this.listener = listener;
    this.batchStart = start + SegmentHeader.BYTES;
  }

  /// Walks.
  SegmentScan run() throws IOException {
    firstLink = SegmentHeader.readChain(view.file(), view.start(), label);
    if (firstLink == null) {
      flaw = new Flaw(view.start(), "the segment's header is not whole");
    } else {
      chain.accept(firstLink);
      walk();
    }
    provenWhole = flaw != null && hasLaterCommit();
    return this;
  }

  private void walk() throws IOException {
    long at = batchStart;
    while (at < view.end() && flaw == null) {
      at += step(at);
    }
    if (flaw == null && (batchStart != view.end() || commits == 0)) {
      flaw = new Flaw(batchStart, "the batch that starts there has no commit");
    }
  }

  /// The byte after the last whole commit, or the segment's start if there is none.
  long head() {
    return commits > 0 ? batchStart : view.start();
  }

  /// The chain's link there.
  byte[] link() {
    return chain.link();
  }

  /// The chain's link that the segment's header names; null if the header is not whole.
  byte @Nullable [] firstLink() {
    return firstLink;
  }

  /// Why the walk stopped before the end; null if it did not.
  @Nullable Flaw flaw() {
    return flaw;
  }

  /// Adds the committed records by kind.
  void addCounts(Map<RecordKind, Long> total) {
    for (RecordKind kind : RecordKind.values()) {
      total.merge(kind, counts[kind.code()], Long::sum);
    }
  }

  /// No counts yet.
  static Map<RecordKind, Long> noCounts() {
    return new EnumMap<>(RecordKind.class);
  }

  /// Why the ledger is damaged, if this is its last segment; null if what follows the last commit
  /// is only a batch that was never acknowledged.
  ///
  /// @param mark the note of the last acknowledged commit
  @Nullable Flaw damage(LedgerHead mark) {
    if (mark.position() > head()) {
      return flaw != null
          ? flaw
          : new Flaw(
              view.end(), "what was acknowledged up to %d is cut off".formatted(mark.position()));
    }
    if (commits > 0 && mark.position() == head() && !mark.equals(LedgerHead.of(head(), link()))) {
      return new Flaw(head(), "its chain is not the one that was acknowledged");
    }
    return provenWhole ? flaw : null;
  }

  private boolean hasLaterCommit() throws IOException {
    for (long at = batchStart; at < view.end(); at += Frame.ALIGNMENT) {
      if (isLaterCommit(at)) {
        return true;
      }
    }
    return false;
  }

  private boolean isLaterCommit(long at) throws IOException {
    int index = need(at, Frame.COMMIT_LENGTH);
    if (index < 0) {
      return false;
    }
    ByteBuffer bytes = window.buffer();
    return bytes.getInt(index + Frame.LENGTH) == Frame.COMMIT_LENGTH
        && bytes.get(index + Frame.KIND) == RecordKind.COMMIT_CODE
        && Frame.flaw(crc, bytes, index, Frame.COMMIT_LENGTH, at).isEmpty()
        && bytes.getLong(index + Frame.COMMIT_START) > batchStart;
  }

  private int step(long at) throws IOException {
    int index = need(at, Frame.HEADER_BYTES);
    int length = index < 0 ? Frame.HEADER_BYTES : window.buffer().getInt(index + Frame.LENGTH);
    if (!Frame.isLength(length)) {
      return stop(at, "its length is " + length);
    }
    int size = Frame.aligned(length);
    index = need(at, size);
    if (index < 0) {
      return stop(at, "it is cut off");
    }
    ByteBuffer bytes = window.buffer();
    String what = Frame.flaw(crc, bytes, index, length, at);
    if (!what.isEmpty()) {
      return stop(at, what);
    }
    if (bytes.get(index + Frame.VERSION) > Frame.FORMAT_VERSION) {
      throw SegmentHeader.newerFormat(label, bytes.get(index + Frame.VERSION));
    }
    take(bytes, index, size, at);
    return size;
  }

  private void take(ByteBuffer bytes, int index, int size, long at) {
    RecordKind kind = RecordKind.find(bytes.get(index + Frame.KIND));
    if (kind == null) {
      commit(bytes, index, at);
      return;
    }
    pending[kind.code()]++;
    pendingCount++;
    chain.add(bytes, index, size);
  }

  private void commit(ByteBuffer bytes, int index, long at) {
    byte[] link = new byte[Chain.BYTES];
    bytes.get(index + Frame.COMMIT_CHAIN, link);
    chain.add(bytes, index + Frame.COMMIT_START, Frame.COMMIT_CHAIN - Frame.COMMIT_START);
    boolean fits =
        bytes.getInt(index + Frame.LENGTH) == Frame.COMMIT_LENGTH
            && bytes.getLong(index + Frame.COMMIT_START) == batchStart
            && bytes.getLong(index + Frame.COMMIT_COUNT) == pendingCount
            && bytes.getLong(index + Frame.COMMIT_BYTES) == at - batchStart
            && MessageDigest.isEqual(chain.propose(), link);
    if (!fits) {
      flaw = new Flaw(batchStart, "a batch does not fit the chain in its commit");
      return;
    }
    accept(link, at + Frame.COMMIT_LENGTH);
  }

  private void accept(byte[] link, long end) {
    chain.accept(link);
    batchStart = end;
    commits++;
    for (int code = 0; code < counts.length; code++) {
      counts[code] += pending[code];
      pending[code] = 0;
    }
    pendingCount = 0;
    listener.committed(end, link);
  }

  private int stop(long at, String what) {
    flaw = new Flaw(at, "a record that starts there: " + what);
    return 0;
  }

  private int need(long at, int length) throws IOException {
    int index = window.find(at, length);
    return index >= 0 ? index : window.load(view, at, length, view.end());
  }
}
