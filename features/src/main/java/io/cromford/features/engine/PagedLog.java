package io.cromford.features.engine;

import io.cromford.core.CromfordException;
import io.cromford.core.ErrorCode;
import io.cromford.core.SnapshotReader;
import io.cromford.core.SnapshotWriter;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/// Fixed-width records of longs in a scratch file, of which a few pages are in memory.
///
/// Records are numbered from 0, appended at the end and may be changed in place. A page that is
/// pinned stays in memory and is the only copy of its records, so a reader that pins sees every
/// change. The file is written with ordinary writes: a full disk is an exception, never a signal.
/// The memory does not depend on the number of records but for 4 bytes a page. Not for threads.
final class PagedLog implements AutoCloseable {
  /// Records per page.
  static final int PAGE_ROWS = 1024;

  private static final int PAGE_SHIFT = 10;
  private static final int FEWEST_PAGES = 8;

  /// What becomes of the file at the end.
  enum Fate {
    /// It is scratch.
    DELETED,
    /// It stays, so that what was saved can be taken up again.
    KEPT
  }

  /// A page in memory.
  static final class Page {
    final long[] words;
    private long number;
    private int pins;
    private boolean dirty;
    private boolean touched;

    private Page(int words) {
      this.words = new long[words];
    }
  }

  private final int width;
  private final int sparePages;
  private final Path path;
  private final FileChannel file;
  private final CRC32C sum = new CRC32C();
  private long summed;
  private @Nullable FileChannel base;
  private long basePages;
  private final ByteBuffer transfer;
  private final ByteBuffer one;
  private final List<Page> frames = new ArrayList<>();
  private @Nullable Page[] resident = new Page[64];
  private @Nullable Page tail;
  private long size;
  private int hand;
  private long missed = -1;
  private long reserved;

  /// An empty log.
  ///
  /// @param path a file that takes the place of any earlier one
  /// @param width longs per record, at least 1
  /// @param cacheBytes memory for pages that are not pinned, at least
  PagedLog(Path path, int width, int cacheBytes, Fate fate) {
    this.width = width;
    this.sparePages = Math.max(FEWEST_PAGES, cacheBytes / (PAGE_ROWS * width * Long.BYTES));
    this.path = path;
    this.transfer = direct(PAGE_ROWS * width * Long.BYTES);
    this.one = direct(width * Long.BYTES);
    try {
      this.file = open(path, fate);
    } catch (IOException failure) {
      throw storage("cannot be created", failure);
    }
  }

  private static FileChannel open(Path path, Fate fate) throws IOException {
    Set<OpenOption> options =
        new HashSet<>(
            List.of(StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE));
    if (fate == Fate.DELETED) {
      options.add(StandardOpenOption.TRUNCATE_EXISTING);
      options.add(StandardOpenOption.DELETE_ON_CLOSE);
    }
    return FileChannel.open(path, options);
  }

  /// Writes how far it reaches and the last page; the pages before it stay in the file, where they
  /// do not change any more, and are made durable. Not for a log whose records change.
  void save(SnapshotWriter out) {
    settle();
    long whole = size >>> PAGE_SHIFT;
    sumUp(file, whole);
    force();
    out.number(size);
    out.number(sum.getValue());
    int rest = (int) (size & (PAGE_ROWS - 1)) * width;
    out.longs(rest == 0 || tail == null ? new long[0] : Arrays.copyOf(tail.words, rest));
  }

  /// Writes the whole pages that are in memory alone, so that whoever reads the file beside finds
  /// all records but those of the last page.
  void settle() {
    long whole = size >>> PAGE_SHIFT;
    for (Page page : frames) {
      if (page.dirty && page.number >= 0 && page.number < whole) {
        store(page.words, page.number);
        page.dirty = false;
      }
    }
  }

  /// Holds another's file to having the whole pages that this one wrote, and makes it durable. What
  /// it has of those that were only read ([#restore]) was held to a checksum already.
  ///
  /// @param other the file of one that has the same records, and may have more
  /// @throws CromfordException with STATE_CONFLICT if it has not
  void requireSame(Path other) {
    settle();
    long whole = size >>> PAGE_SHIFT;
    ByteBuffer theirs = direct(transfer.capacity());
    try (FileChannel channel = FileChannel.open(other, StandardOpenOption.READ)) {
      channel.force(false);
      if (channel.size() < whole * transfer.capacity()) {
        throw unlike(other);
      }
      for (long page = basePages; page < whole; page++) {
        fill(file, transfer, page * transfer.capacity());
        fill(channel, theirs, page * transfer.capacity());
        if (!transfer.flip().equals(theirs.flip())) {
          throw unlike(other);
        }
      }
    } catch (IOException failure) {
      throw storage("cannot be held against " + other, failure);
    }
  }

  private static CromfordException unlike(Path other) {
    return new CromfordException(
        ErrorCode.STATE_CONFLICT,
        other
            + " is not what a fold of the ledger gives.\nMaybe it was changed by hand: stop the factory, delete the folder `views`, and start it again.");
  }

  /// Takes on what was saved, in place of nothing.
  ///
  /// @param kept the file that was written then: this log's own, or one that is only read
  /// @throws CromfordException with STATE_CONFLICT if that is not what it was
  void restore(SnapshotReader in, Path kept) {
    size = in.number();
    long expected = in.number();
    long[] rest = in.longs();
    long whole = size >>> PAGE_SHIFT;
    try {
      FileChannel from = kept.equals(path) ? file : FileChannel.open(kept, StandardOpenOption.READ);
      base = kept.equals(path) ? null : from;
      basePages = base == null ? 0 : whole;
      if (from.size() < whole * transfer.capacity()) {
        throw notWhatItWas(kept);
      }
      sumUp(from, whole);
      if (sum.getValue() != expected) {
        throw notWhatItWas(kept);
      }
      file.truncate(base == null ? whole * transfer.capacity() : 0);
    } catch (IOException failure) {
      throw storage("cannot be taken up again", failure);
    }
    reserved = whole;
    resident = new Page[Math.max(resident.length, Integer.highestOneBit((int) whole + 1) * 2)];
    if (rest.length > 0) {
      size = whole << PAGE_SHIFT;
      append(rest, 0, width, rest.length / width);
    }
  }

  private CromfordException notWhatItWas(Path kept) {
    return new CromfordException(
        ErrorCode.STATE_CONFLICT, "%s is not what it was when it was saved".formatted(kept));
  }

  /// Writes all of it, whatever changes later.
  void saveAll(SnapshotWriter out) {
    out.number(size);
    long[] words = new long[PAGE_ROWS * width];
    for (long first = 0; first < size; first += PAGE_ROWS) {
      int count = (int) Math.min(PAGE_ROWS, size - first);
      Page page = pin(first);
      System.arraycopy(page.words, 0, words, 0, count * width);
      unpin(page);
      Arrays.fill(words, count * width, words.length, 0);
      out.longs(words);
    }
  }

  /// Takes on what [#saveAll] wrote, in place of nothing.
  void restoreAll(SnapshotReader in) {
    long saved = in.number();
    while (size < saved) {
      append(in.longs(), 0, width, (int) Math.min(PAGE_ROWS, saved - size));
    }
  }

  /// Sums up the pages that were not yet.
  private void sumUp(FileChannel from, long pages) {
    while (summed < pages) {
      fill(from, transfer, summed * transfer.capacity());
      sum.update(transfer.flip());
      summed++;
    }
  }

  private void force() {
    try {
      file.force(false);
    } catch (IOException failure) {
      throw storage("cannot be written", failure);
    }
  }

  /// The number of records.
  long size() {
    return size;
  }

  /// Longs per record.
  int width() {
    return width;
  }

  /// Bytes of memory in pages and buffers.
  long heapBytes() {
    return frames.size() * (PAGE_ROWS * (long) width * Long.BYTES)
        + resident.length * 4L
        + transfer.capacity()
        + one.capacity();
  }

  /// Gives the file its place on the disk for so many records more, so that appending them and
  /// changing any finds room. Not where the file system writes each change to a new place.
  ///
  /// @throws CromfordException with STORAGE if there is not enough; nothing has changed then
  void makeRoom(long records) {
    long needed = (size + records + PAGE_ROWS - 1) >>> PAGE_SHIFT;
    while (reserved < needed) {
      reserve(reserved);
      reserved++;
    }
  }

  /// A page that is neither in memory nor ahead was written before.
  private void reserve(long number) {
    Page page = number < resident.length ? resident[(int) number] : null;
    if (page != null) {
      store(page.words, number);
    } else if (number << PAGE_SHIFT >= size) {
      store(new long[PAGE_ROWS * width], number);
    }
  }

  /// Appends records.
  ///
  /// @param records their words
  /// @param from where the first starts
  /// @param stride words from one to the next
  void append(long[] records, int from, int stride, int count) {
    int done = 0;
    while (done < count) {
      int row = (int) (size & (PAGE_ROWS - 1));
      Page page = tail;
      if (page == null || row == 0) {
        page = nextTail();
      }
      int some = Math.min(count - done, PAGE_ROWS - row);
      copy(records, from + done * stride, stride, page.words, row * width, some);
      done += some;
      size += some;
    }
  }

  /// The page that holds a record, to be released with [#unpin].
  Page pin(long record) {
    Page page = page(record >>> PAGE_SHIFT);
    page.pins++;
    return page;
  }

  /// Releases a pinned page.
  void unpin(Page page) {
    page.pins--;
  }

  /// Where a record starts in its page's words.
  int offset(long record) {
    return ((int) record & (PAGE_ROWS - 1)) * width;
  }

  /// Copies a record. A lone record is read alone; the second in a row of the same page brings the
  /// page.
  void read(long record, long[] into, int at) {
    long number = record >>> PAGE_SHIFT;
    Page page = resident[(int) number];
    if (page == null && number != missed) {
      missed = number;
      readOne(record, into, at);
      return;
    }
    Page found = page(number);
    System.arraycopy(found.words, offset(record), into, at, width);
  }

  /// Replaces a record.
  void write(long record, long[] from, int at) {
    Page page = page(record >>> PAGE_SHIFT);
    page.dirty = true;
    System.arraycopy(from, at, page.words, offset(record), width);
  }

  @Override
  public void close() {
    try (FileChannel _ = base) {
      file.close();
    } catch (IOException failure) {
      throw storage("cannot be closed", failure);
    }
  }

  private void copy(long[] from, int at, int stride, long[] into, int to, int count) {
    if (stride == width || count == 1) {
      System.arraycopy(from, at, into, to, count * width);
      return;
    }
    for (int word = 0; word < width; word++) {
      for (int i = 0; i < count; i++) {
        into[to + i * width + word] = from[at + i * stride + word];
      }
    }
  }

  private Page nextTail() {
    if (tail != null) {
      unpin(tail);
    }
    long number = size >>> PAGE_SHIFT;
    Page page = frame();
    enter(page, number);
    page.pins = 1;
    page.dirty = true;
    tail = page;
    return page;
  }

  private Page page(long number) {
    Page page = resident[(int) number];
    if (page == null) {
      page = frame();
      load(number, page);
      enter(page, number);
    }
    page.touched = true;
    return page;
  }

  private void enter(Page page, long number) {
    if (number >= resident.length) {
      resident = Arrays.copyOf(resident, resident.length * 2);
    }
    page.number = number;
    page.dirty = false;
    resident[(int) number] = page;
  }

  /// A frame to fill: the first unpinned one that was not touched since the hand last passed.
  private Page frame() {
    int pinned = 0;
    while (frames.size() >= sparePages && pinned < frames.size()) {
      hand = hand + 1 < frames.size() ? hand + 1 : 0;
      Page page = frames.get(hand);
      if (page.pins > 0) {
        pinned++;
      } else if (page.touched) {
        page.touched = false;
        pinned = 0;
      } else {
        evict(page);
        return page;
      }
    }
    Page page = new Page(PAGE_ROWS * width);
    frames.add(page);
    return page;
  }

  private void evict(Page page) {
    if (page.number < 0) {
      return;
    }
    if (page.dirty) {
      store(page.words, page.number);
      page.dirty = false;
    }
    resident[(int) page.number] = null;
    page.number = -1;
  }

  private void store(long[] words, long number) {
    try {
      transfer.clear();
      transfer.asLongBuffer().put(words);
      long at = number * transfer.capacity();
      while (transfer.hasRemaining()) {
        file.write(transfer, at + transfer.position());
      }
    } catch (IOException failure) {
      throw storage("cannot be written", failure);
    }
  }

  private void load(long number, Page page) {
    fill(channel(number), transfer, number * transfer.capacity());
    transfer.flip();
    transfer.asLongBuffer().get(page.words);
  }

  private void readOne(long record, long[] into, int at) {
    fill(channel(record >>> PAGE_SHIFT), one, record * one.capacity());
    one.flip();
    one.asLongBuffer().get(into, at, width);
  }

  /// Where a page lies that is not in memory.
  private FileChannel channel(long page) {
    FileChannel before = base;
    return before != null && page < basePages ? before : file;
  }

  private void fill(FileChannel from, ByteBuffer buffer, long at) {
    try {
      buffer.clear();
      while (buffer.hasRemaining()) {
        if (from.read(buffer, at + buffer.position()) < 0) {
          throw new IOException("the file ends at byte " + from.size());
        }
      }
    } catch (IOException failure) {
      throw storage("cannot be read", failure);
    }
  }

  private CromfordException storage(String what, IOException failure) {
    return new CromfordException(
        ErrorCode.STORAGE,
        "%s %s: %s\nMaybe the disk is full, or the folder is not writable."
            .formatted(path, what, failure.getMessage()),
        failure);
  }

  private static ByteBuffer direct(int bytes) {
    return ByteBuffer.allocateDirect(bytes).order(ByteOrder.nativeOrder());
  }
}
