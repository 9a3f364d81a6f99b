package io.cromford.ledger;

import io.cromford.core.CromfordException;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.zip.CRC32C;

/// Stored states of folds, each with its position in the ledger: all of it is there or nothing.
///
/// A state can be had again by folding the ledger from the beginning on, so a snapshot that does
/// not hold is passed over in silence and an older one taken. The last two of each name are kept.
public final class Snapshots {
  /// Writes a state.
  @FunctionalInterface
  public interface Body {
    /// Writes the state's bytes; need not close the stream.
    void writeTo(OutputStream out) throws IOException;
  }

  private static final int KEPT = 2;
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

  /// Stores a state durably, and deletes what is older than the last two.
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
      deleteOlder(name);
    } catch (IOException e) {
      deleteQuietly(unfinished);
      throw LedgerTrouble.storage(disk.label(file), "the snapshot cannot be written", e);
    }
  }

  /// The newest whole state of a name that is not ahead of the ledger.
  ///
  /// @param atMost the ledger's head
  public Optional<Snapshot> newest(String name, long atMost) {
    requireName(name);
    try {
      for (String file : files(name).reversed()) {
        long position = position(name, file);
        if (position <= atMost && isWhole(file, position)) {
          return Optional.of(snapshot(name, position, file));
        }
      }
      return Optional.empty();
    } catch (IOException e) {
      throw LedgerTrouble.storage(disk.label(name), "the snapshots cannot be read", e);
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
    long bodyBytes;
    try (DiskFile opened = disk.openToRead(file)) {
      bodyBytes = opened.size() - HEADER_BYTES - TRAILER_BYTES;
    }
    return new Snapshot(
        name,
        position,
        bodyBytes,
        () -> Snapshot.stream(disk.openToRead(file), HEADER_BYTES, bodyBytes));
  }

  private void deleteOlder(String name) throws IOException {
    List<String> files = files(name);
    for (String file : files.subList(0, Math.max(0, files.size() - KEPT))) {
      disk.delete(file);
    }
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
