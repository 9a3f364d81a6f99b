package io.cromford.ledger;

import io.cromford.core.CromfordException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The one log of a factory, opened for writing: append, then commit.
///
/// What was appended is in memory until [#commit] writes it as one unit and forces it to disk. One
/// thread owns the ledger; [#head] and readers from [#reader] are for any thread.
///
/// If the disk refuses, nothing of the batch stays visible and the ledger goes on: [#commit] again
/// when there is room, or [#discard]. A crash between a refusal and the next commit may bring the
/// whole batch back, never a part of it: who was refused must be ready for its having happened.
public final class Ledger implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(Ledger.class.getName());

  private final Disk disk;
  private final LedgerOptions options;
  private final @Nullable WriterLock lock;
  private final LogTail tail;
  private final Mark mark;
  private final Chain chain;
  private final Batch batch;
  private final List<LedgerReader> appendedReaders = new ArrayList<>();
  private final LedgerReader spot;
  private volatile Extent extent;
  private boolean markRefused;

  private Ledger(Disk disk, LedgerOptions options, @Nullable WriterLock lock) throws IOException {
    this.disk = disk;
    this.options = options;
    this.lock = lock;
    this.extent = new Recovery(disk).run();
    this.mark = Mark.open(disk, extent.head(), extent.link());
    this.tail = new LogTail(disk, options.segmentBytes(), extent);
    this.chain = new Chain(extent.link());
    this.batch = new Batch(options, tail.next());
    this.spot = newAppendedReader();
  }

  /// Opens a folder for writing, makes it if it is not there, and recovers what a crash left.
  ///
  /// Recovery walks the last segment only; [#verify] walks all.
  ///
  /// @throws CromfordException `LOCKED` if another ledger writes to it; `STORAGE` if it is not
  ///   writable; `LEDGER_CORRUPT` if something before the last commit is damaged; `STATE_CONFLICT`
  ///   if it was written in a newer format
  public static Ledger open(Path folder, LedgerOptions options) {
    WriterLock lock = null;
    Ledger opened = null;
    try {
      Files.createDirectories(folder);
      lock = WriterLock.acquire(folder);
      opened = new Ledger(new LocalDisk(folder), options, lock);
      return opened;
    } catch (IOException e) {
      throw LedgerTrouble.storage(folder.toString(), "the ledger cannot be opened", e);
    } finally {
      if (opened == null && lock != null) {
        lock.close();
      }
    }
  }

  /// Opens a ledger on a disk that no one else writes to, without a lock.
  ///
  /// @throws CromfordException as [#open(Path, LedgerOptions)]
  public static Ledger open(Disk disk, LedgerOptions options) {
    try {
      return new Ledger(disk, options, null);
    } catch (IOException e) {
      throw LedgerTrouble.storage(disk.label(""), "the ledger cannot be opened", e);
    }
  }

  /// Takes a record.
  ///
  /// @param body from its position to its limit; its position is not moved
  /// @return the record's position
  /// @throws CromfordException `TOO_LARGE` if the record or the batch is over its limit; the record
  ///   is not taken then
  public long append(RecordHeader header, ByteBuffer body) {
    return batch.add(header, body);
  }

  /// Writes what was appended since the last commit as one unit, and forces it to disk.
  ///
  /// When it returns, the records are durable. Nothing happens if nothing was appended.
  ///
  /// @throws CromfordException `STORAGE` if the disk refused; nothing was committed, and the batch
  ///   is kept for another commit
  public void commit() {
    if (batch.isEmpty()) {
      return;
    }
    ByteBuffer bytes = batch.close(chain);
    byte[] link = batch.link();
    try {
      tail.write(bytes, extent.link());
    } catch (IOException e) {
      batch.reopen();
      throw LedgerTrouble.storage(tail.label(), "the records cannot be written", e);
    }
    chain.accept(link);
    extent = new Extent(tail.segments(), tail.end(), link);
    batch.startOver(tail.next());
    note();
  }

  /// Drops what was appended since the last commit. Readers of it go back to the last commit.
  public void discard() {
    batch.startOver(tail.next());
    appendedReaders.forEach(reader -> reader.rewindTo(extent.head()));
  }

  /// How many bytes were appended since the last commit.
  public long pendingBytes() {
    return batch.end() - batch.start();
  }

  /// Where the next record will be appended.
  public long nextPosition() {
    return batch.end();
  }

  /// The last commit's end and the chain there. For any thread.
  public LedgerHead head() {
    Extent now = extent;
    return LedgerHead.of(now.head(), now.link());
  }

  /// A reader of what is committed, from the beginning on; it sees each later commit at once. For
  /// any one thread.
  public LedgerReader reader() {
    SegmentsView view = new SegmentsView(disk, () -> extent);
    return new LedgerReader(view, options.readBufferBytes(), () -> {}, () -> {});
  }

  /// A reader that also sees what was appended and is not committed. For the thread that appends.
  public LedgerReader appendedReader() {
    return newAppendedReader();
  }

  /// Reads one record by its position, committed or only appended. For the thread that appends.
  ///
  /// @throws CromfordException `LEDGER_CORRUPT` if no record starts there or its bytes are not what
  ///   was written
  public StoredRecord read(long position) {
    return spot.read(position);
  }

  /// The head of a ledger, whether or not a writer has it open; nothing is walked for it.
  ///
  /// @throws CromfordException `NOT_FOUND` if the folder is not there
  public static LedgerHead headOf(Path folder) {
    return SealedLedger.open(folder).head();
  }

  /// Walks a whole ledger, whether or not a writer has it open.
  public static Verification verify(Path folder) {
    return Verifier.verify(folder, LedgerHead.EMPTY);
  }

  /// Walks a whole ledger, and holds it against a head that was published earlier.
  public static Verification verify(Path folder, LedgerHead published) {
    return Verifier.verify(folder, published);
  }

  /// Lets go of the folder. What was not committed is dropped.
  @Override
  public void close() {
    try (lock;
        mark;
        tail) {
      batch.startOver(tail.next());
    } catch (IOException e) {
      throw LedgerTrouble.storage(disk.label(""), "the ledger cannot be closed", e);
    }
  }

  private LedgerReader newAppendedReader() {
    AppendedView view = new AppendedView(new SegmentsView(disk, () -> extent), batch);
    LedgerReader[] made = new LedgerReader[1];
    made[0] =
        new LedgerReader(
            view, options.readBufferBytes(), () -> {}, () -> appendedReaders.remove(made[0]));
    appendedReaders.add(made[0]);
    return made[0];
  }

  private void note() {
    try {
      mark.write(extent.head(), extent.link());
      markRefused = false;
    } catch (IOException e) {
      if (!markRefused) {
        LOG.log(
            System.Logger.Level.WARNING,
            "{0} cannot be written: readers beside this process lag behind ({1})",
            disk.label(Mark.NAME),
            e.toString());
      }
      markRefused = true;
    }
  }
}
