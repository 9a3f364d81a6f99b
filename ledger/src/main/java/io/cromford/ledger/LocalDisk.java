package io.cromford.ledger;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Stream;

/// A folder of the file system.
final class LocalDisk implements Disk {
  /// The JDK copies through a direct buffer as large as the transfer and keeps it per thread.
  private static final int TRANSFER_BYTES = 256 << 10;

  private final Path folder;

  LocalDisk(Path folder) {
    this.folder = folder;
  }

  @Override
  public List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> String.valueOf(file.getFileName())).toList();
    }
  }

  @Override
  public DiskFile open(String name) throws IOException {
    return new LocalFile(
        FileChannel.open(
            folder.resolve(name),
            StandardOpenOption.CREATE,
            StandardOpenOption.READ,
            StandardOpenOption.WRITE));
  }

  @Override
  public DiskFile openToRead(String name) throws IOException {
    return new LocalFile(FileChannel.open(folder.resolve(name), StandardOpenOption.READ));
  }

  @Override
  public void rename(String from, String to) throws IOException {
    Files.move(folder.resolve(from), folder.resolve(to), StandardCopyOption.ATOMIC_MOVE);
  }

  @Override
  public void delete(String name) throws IOException {
    Files.deleteIfExists(folder.resolve(name));
  }

  @Override
  public void forceFolder() throws IOException {
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  @Override
  public String label(String name) {
    return folder.resolve(name).toString();
  }

  private record LocalFile(FileChannel channel) implements DiskFile {
    @Override
    public int read(ByteBuffer target, long offset) throws IOException {
      int limit = target.limit();
      target.limit(target.position() + Math.min(target.remaining(), TRANSFER_BYTES));
      try {
        return channel.read(target, offset);
      } finally {
        target.limit(limit);
      }
    }

    @Override
    public int write(ByteBuffer bytes, long offset) throws IOException {
      int limit = bytes.limit();
      bytes.limit(bytes.position() + Math.min(bytes.remaining(), TRANSFER_BYTES));
      try {
        return channel.write(bytes, offset);
      } finally {
        bytes.limit(limit);
      }
    }

    @Override
    public long size() throws IOException {
      return channel.size();
    }

    @Override
    public void truncate(long size) throws IOException {
      channel.truncate(size);
    }

    @Override
    public void force() throws IOException {
      channel.force(false);
    }

    @Override
    public void close() throws IOException {
      channel.close();
    }
  }
}
