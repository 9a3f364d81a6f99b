package io.cromford.ledger;

import io.cromford.core.CromfordException;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.zip.CRC32C;

/// Stored states of folds, each with its position in the ledger: all of it is there or nothing.
///
/// A state can be had again by folding the ledger from the beginning on, so a snapshot that does
/// not hold is passed over, and an older one taken.
public final class Snapshots {
  /// Writes a state.
  @FunctionalInterface
  public interface Body {
    /// Writes the state's bytes; need not close the stream.
    void writeTo(OutputStream out) throws IOException;
  }

  /// The newest, which are kept whatever they take.
  private static final int NEWEST = 2;

  /// The most older ones.
  private static final int MOST_OLDER = 24;

  private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9_-]{0,99}");
  private static final String SUFFIX = ".snapshot";

  /// `CROMSNAP`, as the bytes lie in the file.
  private static final long MAGIC = 0x50414E534D4F5243L;

  private static final int VERSION = 1;
  private static final int HEADER_BYTES = 24;
  private static final int TRAILER_BYTES = 16;

  private final Disk disk;

  private Snapshots(Disk disk) {
    this.disk = disk;
  }

  /// The snapshots in a folder, which is made if it is not there.
  ///
  /// @throws CromfordException `STORAGE` if it cannot be made
  public static Snapshots open(Path folder) {
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw LedgerTrouble.storage(folder.toString(), "the folder cannot be made", e);
    }
    return open(new LocalDisk(folder));
  }

  /// The snapshots on a disk.
  public static Snapshots open(Disk disk) {
    return new Snapshots(disk);
  }

  /// Stores a state durably.
  ///
  /// @param name lower-case letters, digits, `-` and `_`
  /// @param position where the fold goes on in the ledger
  /// @throws CromfordException `STORAGE` if the disk refused; what was stored before is still there
  public void write(String name, long position, Body body) {
    requireName(name);
    String file = fileName(name, position);
    String unfinished = name + ".tmp";
    try {
      writeFile(unfinished, position, body);
      disk.rename(unfinished, file);
      disk.forceFolder();
    } catch (IOException e) {
      deleteQuietly(unfinished);
      throw LedgerTrouble.storage(disk.label(file), "the snapshot cannot be written", e);
    }
  }

  /// Moves what was stored in one folder to another of the same file system, durably; each state is
  /// there at once, in place of another of the same name and position.
  ///
  /// @return the names, each once
  /// @throws CromfordException `STORAGE` if the disk refused
  public static List<String> move(Path from, Path to) {
    LocalDisk target = new LocalDisk(to);
    Set<String> names = new TreeSet<>();
    try {
      Files.createDirectories(to);
      for (String file : new LocalDisk(from).names()) {
        if (file.endsWith(SUFFIX)) {
          Files.move(from.resolve(file), to.resolve(file), StandardCopyOption.ATOMIC_MOVE);
          names.add(file.substring(0, file.indexOf('.')));
        }
      }
      target.forceFolder();
    } catch (IOException e) {
      throw LedgerTrouble.storage(to.toString(), "snapshots cannot be moved there", e);
    }
    return List.copyOf(names);
  }

  /// The newest whole state of a name that fits and is not ahead of the ledger.
  ///
  /// @param atMost the ledger's head
  /// @param fits whether one can be used; it says itself why not
  /// @param damaged hears of each file that is not what was written
  public Optional<Snapshot> newest(
      String name, long atMost, Predicate<Snapshot> fits, Consumer<String> damaged) {
    requireName(name);
    try {
      for (String file : files(name).reversed()) {
        long position = position(name, file);
        if (position > atMost) {
          continue;
        }
        Optional<Snapshot> found = usable(name, file, position, damaged).filter(fits);
        if (found.isPresent()) {
          return found;
        }
      }
      return Optional.empty();
    } catch (IOException e) {
      throw LedgerTrouble.storage(disk.label(name), "the snapshots cannot be read", e);
    }
  }

  /// Empty for one that is damaged, or was thinned out meanwhile.
  private Optional<Snapshot> usable(
      String name, String file, long position, Consumer<String> damaged) throws IOException {
    try {
      if (isWhole(file, position)) {
        return Optional.of(snapshot(name, position, file));
      }
      damaged.accept(disk.label(file));
    } catch (NoSuchFileException _) {
      // An older one is there still.
    }
    return Optional.empty();
  }

  /// How many bytes the newest state of a name takes, whole or not; 0 if there is none.
  public long newestBytes(String name) {
    requireName(name);
    try {
      List<String> files = files(name);
      return files.isEmpty() ? 0 : size(files.getLast());
    } catch (IOException e) {
      throw LedgerTrouble.storage(disk.label(name), "the snapshots cannot be read", e);
    }
  }

  /// Deletes old states of a name: those that cannot be used any more, and of the others all but
  /// the two newest and as many older ones as take no more than some bytes, spread over the ledger
  /// as evenly as may be.
  ///
  /// @param olderBytes that all older ones together may take
  /// @param fits whether one can be used
  /// @throws CromfordException `STORAGE` if they cannot be deleted
  public void thin(String name, long olderBytes, Predicate<Snapshot> fits) {
    requireName(name);
    try {
      List<String> kept = new ArrayList<>();
      List<String> gone = new ArrayList<>();
      for (String file : files(name)) {
        boolean isOfUse =
            size(file) > HEADER_BYTES + TRAILER_BYTES
                && fits.test(snapshot(name, position(name, file), file));
        (isOfUse ? kept : gone).add(file);
      }
      while (kept.size() > NEWEST
          && (kept.size() > NEWEST + MOST_OLDER || olderBytes(kept) > olderBytes)) {
        gone.add(kept.remove(mostCrowded(name, kept)));
      }
      for (String file : gone) {
        disk.delete(file);
      }
    } catch (IOException e) {
      throw LedgerTrouble.storage(disk.label(name), "the snapshots cannot be thinned", e);
    }
  }

  private long olderBytes(List<String> files) throws IOException {
    long bytes = 0;
    for (String file : files.subList(0, files.size() - NEWEST)) {
      bytes += size(file);
    }
    return bytes;
  }

  /// Of the older ones that whose neighbours lie closest together.
  private static int mostCrowded(String name, List<String> files) {
    int most = 0;
    long least = Long.MAX_VALUE;
    for (int i = 0; i < files.size() - NEWEST; i++) {
      long before = i == 0 ? 0 : position(name, files.get(i - 1));
      long gap = position(name, files.get(i + 1)) - before;
      if (gap < least) {
        least = gap;
        most = i;
      }
    }
    return most;
  }

  private long size(String file) throws IOException {
    try (DiskFile opened = disk.openToRead(file)) {
      return opened.size();
    }
  }

  private void writeFile(String name, long position, Body body) throws IOException {
    try (DiskFile file = disk.open(name)) {
      file.truncate(0);
      file.writeFully(header(position), 0);
      Sink sink = new Sink(file, HEADER_BYTES);
      BufferedOutputStream out = new BufferedOutputStream(sink, 1 << 18);
      body.writeTo(out);
      out.flush();
      file.writeFully(trailer(sink.at - HEADER_BYTES, sink.crc), sink.at);
      file.force();
    }
  }

  private boolean isWhole(String name, long position) throws IOException {
    try (DiskFile file = disk.openToRead(name)) {
      long bodyBytes = file.size() - HEADER_BYTES - TRAILER_BYTES;
      if (bodyBytes < 0 || !header(position).equals(read(file, 0, HEADER_BYTES))) {
        return false;
      }
      CRC32C crc = new CRC32C();
      byte[] chunk = new byte[1 << 16];
      InputStream body = Snapshot.stream(file, HEADER_BYTES, bodyBytes);
      for (int count = body.read(chunk); count > 0; count = body.read(chunk)) {
        crc.update(chunk, 0, count);
      }
      return trailer(bodyBytes, crc).equals(read(file, HEADER_BYTES + bodyBytes, TRAILER_BYTES));
    }
  }

  private Snapshot snapshot(String name, long position, String file) throws IOException {
    long bodyBytes = size(file) - HEADER_BYTES - TRAILER_BYTES;
    return new Snapshot(
        name,
        position,
        bodyBytes,
        () -> Snapshot.stream(disk.openToRead(file), HEADER_BYTES, bodyBytes));
  }

  /// Oldest first.
  private List<String> files(String name) throws IOException {
    Pattern pattern = Pattern.compile(Pattern.quote(name) + "\\.[0-9]{20}\\.snapshot");
    return disk.names().stream().filter(pattern.asMatchPredicate()).sorted().toList();
  }

  private void deleteQuietly(String name) {
    try {
      disk.delete(name);
    } catch (IOException _) {
      // It is overwritten by the next attempt; the failure that matters is already on its way.
    }
  }

  private static ByteBuffer read(DiskFile file, long offset, int length) throws IOException {
    ByteBuffer bytes = allocate(length);
    file.readFully(bytes, offset);
    return bytes.flip();
  }

  private static ByteBuffer header(long position) {
    return allocate(HEADER_BYTES).putLong(MAGIC).putLong(VERSION).putLong(position).flip();
  }

  private static ByteBuffer trailer(long bodyBytes, CRC32C crc) {
    return allocate(TRAILER_BYTES).putLong(bodyBytes).putLong(crc.getValue()).flip();
  }

  private static ByteBuffer allocate(int length) {
    return ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static String fileName(String name, long position) {
    return String.format(Locale.ROOT, "%s.%020d%s", name, position, SUFFIX);
  }

  private static long position(String name, String file) {
    return Long.parseLong(file.substring(name.length() + 1, file.length() - SUFFIX.length()));
  }

  private static void requireName(String name) {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException("a snapshot cannot have the name `" + name + "`");
    }
  }

  private static final class Sink extends OutputStream {
    private final DiskFile file;
    private final CRC32C crc = new CRC32C();
    private long at;

    Sink(DiskFile file, long at) {
      this.file = file;
      this.at = at;
    }

    @Override
    public void write(int one) throws IOException {
      write(new byte[] {(byte) one}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      crc.update(bytes, offset, length);
      file.writeFully(ByteBuffer.wrap(bytes, offset, length), at);
      at += length;
    }
  }
}
