package io.cromford.ledger;

import io.cromford.core.CromfordException;
import io.cromford.core.ErrorCode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// The right to write to a folder, held by one ledger of one process at a time.
///
/// The operating system takes it back when the process ends, however it ends.
final class WriterLock implements AutoCloseable {
  static final String NAME = "writer.lock";

  /// The folders held by this process. It has to be static: a POSIX lock belongs to the process and
  /// is lost when any channel on its file is closed, so a second one must not even be opened.
  private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

  private final Path folder;
  private final FileChannel channel;

  private WriterLock(Path folder, FileChannel channel) {
    this.folder = folder;
    this.channel = channel;
  }

  /// Takes the lock.
  ///
  /// @throws CromfordException `LOCKED` if someone has it
  static WriterLock acquire(Path folder) throws IOException {
    Path real = folder.toRealPath();
    if (!HELD.add(real)) {
      throw locked(folder, String.valueOf(ProcessHandle.current().pid()));
    }
    try {
      return new WriterLock(real, lock(folder));
    } catch (IOException | RuntimeException e) {
      HELD.remove(real);
      throw e;
    }
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException _) {
      // The lock goes with the process at the latest.
    } finally {
      HELD.remove(folder);
    }
  }

  private static FileChannel lock(Path folder) throws IOException {
    Path file = folder.resolve(NAME);
    FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    try {
      FileLock lock = channel.tryLock();
      if (lock == null) {
        throw locked(folder, Files.readString(file).strip());
      }
      String pid = ProcessHandle.current().pid() + "\n";
      channel.truncate(0).write(ByteBuffer.wrap(pid.getBytes(StandardCharsets.UTF_8)), 0);
      return channel;
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  private static CromfordException locked(Path folder, String pid) {
    return new CromfordException(
        ErrorCode.LOCKED,
        "%s is being written to by the process %s.\nMaybe it is still running: stop it, or use its endpoint."
            .formatted(folder, pid));
  }
}
