package io.cromford.ledger;

import io.cromford.core.CromfordException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.CRC32C;

/// A cursor over the records, in order, and a way to single ones; every read checks the checksum.
///
/// It reads through one buffer of its own that it uses again and again, and holds no more memory
/// however long the ledger is. A reader belongs to one thread; different readers may run beside
/// each other and beside the writer.
///
/// All methods that read throw [CromfordException]: `LEDGER_CORRUPT` if the bytes are not what was
/// written, `STORAGE` if they cannot be read, `STATE_CONFLICT` if their format is newer.
public final class LedgerReader implements AutoCloseable {
  private static final int SPOT_BYTES = 4 << 10;

  private final LogView view;
  private final Window window;
  private final Window spot = new Window(SPOT_BYTES);
  private final CRC32C crc = new CRC32C();
  private final Runnable refresh;
  private final Runnable whenClosed;

  private int index;
  private long position = -1;
  private long next;

  LedgerReader(LogView view, int bufferBytes, Runnable refresh, Runnable whenClosed) {
    this.view = view;
    this.window = new Window(bufferBytes);
    this.refresh = refresh;
    this.whenClosed = whenClosed;
  }

  /// Opens a ledger for reading, whether or not a writer in this process or another has it open.
  ///
  /// It reaches up to the last commit that was acknowledged, see [#limit], and further after
  /// [#refresh].
  ///
  /// @throws CromfordException `NOT_FOUND` if the folder is not there
  public static LedgerReader openReadOnly(Path folder) {
    return SealedLedger.open(folder).reader();
  }

  /// Goes to the next record.
  ///
  /// @return false if there is none yet; asked again later, there may be
  public boolean next() {
    try {
      while (true) {
        int at = find(window, next);
        if (at < 0) {
          return false;
        }
        position = next;
        next += Frame.aligned(window.buffer().getInt(at + Frame.LENGTH));
        if (window.buffer().get(at + Frame.KIND) != RecordKind.COMMIT_CODE) {
          index = at;
          return true;
        }
      }
    } catch (IOException e) {
      throw LedgerTrouble.storage(view.label(next), "cannot be read", e);
    }
  }

  /// Where the record starts.
  public long position() {
    return position;
  }

  /// Where to go on after the record: kept in a snapshot, and given to [#seek] after a restart.
  public long nextPosition() {
    return next;
  }

  /// Goes before the first record that starts at a position or after it, if the position is 0, a
  /// record's, or a [#nextPosition].
  public void seek(long target) {
    if (target < 0 || target % Frame.ALIGNMENT != 0) {
      throw new IllegalArgumentException("no record starts at position " + target);
    }
    next = target;
    position = -1;
  }

  /// The byte up to which this reader sees.
  public long limit() {
    return view.look();
  }

  /// Looks how far the ledger reaches by now; needed for a reader from [#openReadOnly] only.
  public void refresh() {
    refresh.run();
  }

  /// What the record is about.
  public RecordKind kind() {
    RecordKind kind = RecordKind.find(window.buffer().get(index + Frame.KIND));
    if (kind == null) {
      throw new IllegalStateException("there is no record before next()");
    }
    return kind;
  }

  /// Whether the record was read from a file.
  public boolean fromFile() {
    return (window.buffer().get(index + Frame.FLAGS) & Frame.FLAG_FROM_FILE) != 0;
  }

  /// The number of the record's source.
  public int source() {
    return window.buffer().getInt(index + Frame.SOURCE);
  }

  /// The number of the schema that the body follows.
  public int schema() {
    return window.buffer().getInt(index + Frame.SCHEMA);
  }

  /// When the record arrived, in milliseconds since 1970 UTC.
  public long arrivalMillis() {
    return window.buffer().getLong(index + Frame.ARRIVAL);
  }

  /// When the event happened, in milliseconds since 1970 UTC.
  public long eventMillis() {
    return window.buffer().getLong(index + Frame.EVENT);
  }

  /// The slot for the data subject, 0 for none.
  public long subject() {
    return window.buffer().getLong(index + Frame.SUBJECT);
  }

  /// The record's bytes between position and limit, little-endian; valid until the next call of
  /// [#next]. The buffer is the reader's own: its bytes must not be changed.
  public ByteBuffer body() {
    int length = window.buffer().getInt(index + Frame.LENGTH);
    return window.lend(index + Frame.HEADER_BYTES, length - Frame.HEADER_BYTES);
  }

  /// All but the body, as a value that stays.
  public RecordHeader header() {
    return new RecordHeader(
        kind(),
        new RecordOrigin(source(), schema(), fromFile()),
        arrivalMillis(),
        eventMillis(),
        subject());
  }

  /// Reads one record by its position. The cursor stays where it is.
  ///
  /// @throws CromfordException also `LEDGER_CORRUPT` if no record starts there
  public StoredRecord read(long target) {
    try {
      int at = find(spot, target);
      ByteBuffer found = spot.buffer();
      RecordKind kind = at < 0 ? null : RecordKind.find(found.get(at + Frame.KIND));
      if (kind == null || target != view.frameAt(target)) {
        throw LedgerTrouble.corrupt(view.label(target), target, "no record starts there");
      }
      return copy(found, at, target, kind);
    } catch (IOException e) {
      throw LedgerTrouble.storage(view.label(target), "cannot be read", e);
    } finally {
      // What is not committed may be dropped, so nothing is kept.
      spot.forget();
    }
  }

  /// Whether the ledger had this head once: a commit ends there, with that chain.
  public boolean had(LedgerHead head) {
    long commit = head.position() - Frame.COMMIT_LENGTH;
    if (commit <= 0 || head.position() > limit()) {
      return false;
    }
    try {
      int at = find(spot, commit);
      if (at < 0 || commit != view.frameAt(commit)) {
        return false;
      }
      ByteBuffer found = spot.buffer();
      byte[] chain = new byte[Chain.BYTES];
      found.get(at + Frame.COMMIT_CHAIN, chain);
      return found.get(at + Frame.KIND) == RecordKind.COMMIT_CODE
          && Arrays.equals(chain, head.chainBytes());
    } catch (CromfordException | IOException _) {
      return false;
    } finally {
      spot.forget();
    }
  }

  /// Lets go of the open file.
  @Override
  public void close() {
    view.close();
    whenClosed.run();
  }

  /// Forgets buffered bytes, and goes back if it stands behind the position.
  void rewindTo(long end) {
    window.forget();
    next = Math.min(next, end);
  }

  private int find(Window from, long target) throws IOException {
    int at = from.find(target, Frame.HEADER_BYTES);
    return at < 0 ? load(from, target) : check(from, at, target);
  }

  private int load(Window into, long target) throws IOException {
    long end = view.look();
    long at = view.frameAt(target);
    if (at >= end) {
      return -1;
    }
    if (into == window) {
      next = at;
    }
    int found = into.load(view, at, Frame.HEADER_BYTES, view.pieceEnd(at));
    if (found < 0) {
      throw LedgerTrouble.corrupt(view.label(at), at, "the record that starts there is cut off");
    }
    return check(into, found, at);
  }

  private int check(Window from, int at, long target) throws IOException {
    int length = from.buffer().getInt(at + Frame.LENGTH);
    if (!Frame.isLength(length)) {
      throw LedgerTrouble.corrupt(
          view.label(target), target, "the record that starts there has the length " + length);
    }
    int size = Frame.aligned(length);
    int whole = from.find(target, size);
    if (whole < 0) {
      whole = from.load(view, target, size, view.pieceEnd(target));
    }
    String flaw =
        whole < 0 ? "it is cut off" : Frame.flaw(crc, from.buffer(), whole, length, target);
    if (!flaw.isEmpty()) {
      throw LedgerTrouble.corrupt(
          view.label(target), target, "the record that starts there: " + flaw);
    }
    requireKnownFormat(from.buffer().get(whole + Frame.VERSION), target);
    return whole;
  }

  private void requireKnownFormat(int version, long target) {
    if (version > Frame.FORMAT_VERSION) {
      throw SegmentHeader.newerFormat(view.label(target), version);
    }
  }

  private static StoredRecord copy(ByteBuffer found, int at, long target, RecordKind kind) {
    RecordOrigin origin =
        new RecordOrigin(
            found.getInt(at + Frame.SOURCE),
            found.getInt(at + Frame.SCHEMA),
            (found.get(at + Frame.FLAGS) & Frame.FLAG_FROM_FILE) != 0);
    RecordHeader header =
        new RecordHeader(
            kind,
            origin,
            found.getLong(at + Frame.ARRIVAL),
            found.getLong(at + Frame.EVENT),
            found.getLong(at + Frame.SUBJECT));
    byte[] body = new byte[found.getInt(at + Frame.LENGTH) - Frame.HEADER_BYTES];
    found.get(at + Frame.HEADER_BYTES, body);
    return new StoredRecord(target, header, ByteBuffer.wrap(body).asReadOnlyBuffer());
  }
}
