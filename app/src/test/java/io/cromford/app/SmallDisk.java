package io.cromford.app;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// A disk of a few megabytes, mounted into a folder: where it cannot be mounted (it takes root),
/// the test that needs it does not run, which it says.
final class SmallDisk implements AutoCloseable {
  private final Path folder;
  private final boolean mounted;

  private SmallDisk(Path folder, boolean mounted) {
    this.folder = folder;
    this.mounted = mounted;
  }

  /// Mounts one into a new folder.
  static SmallDisk mount(Path folder, int megabytes) throws IOException {
    Files.createDirectories(folder);
    boolean mounted =
        succeeds(
            "mount", "-t", "tmpfs", "-o", "size=" + megabytes + "m", "none", folder.toString());
    return new SmallDisk(folder, mounted);
  }

  Path folder() {
    return folder;
  }

  boolean isMounted() {
    return mounted;
  }

  /// Takes all room that is left.
  void fill() throws IOException {
    try (FileChannel file =
        FileChannel.open(ballast(), StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
      for (int step = 1 << 20; step > 0; step /= 2) {
        boolean fits = true;
        while (fits) {
          fits = takes(file, step);
        }
      }
    }
  }

  private static boolean takes(FileChannel file, int bytes) {
    try {
      return file.write(ByteBuffer.allocate(bytes)) == bytes;
    } catch (IOException _) {
      return false;
    }
  }

  /// Gives back what [#fill] took.
  void clear() throws IOException {
    Files.deleteIfExists(ballast());
  }

  private Path ballast() {
    return folder.resolve("ballast");
  }

  @Override
  public void close() throws IOException {
    if (mounted && !succeeds("umount", "-l", folder.toString())) {
      throw new IOException(folder + " cannot be unmounted");
    }
    Files.delete(folder);
  }

  private static boolean succeeds(String... words) {
    try {
      return new ProcessBuilder(words)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start()
              .waitFor()
          == 0;
    } catch (IOException _) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
