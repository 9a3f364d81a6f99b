package io.cromford.serving;

import io.cromford.core.CromfordException;
import io.cromford.core.ErrorCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/// A folder for temporary files that goes when it is closed.
///
/// @param path where it is; only its owner reads it
public record ScratchFolder(Path path) implements AutoCloseable {
  /// A new folder where the machine keeps temporary files.
  ///
  /// @throws CromfordException STORAGE if there is no room for one
  public static ScratchFolder create() {
    try {
      return new ScratchFolder(Files.createTempDirectory("cromford-"));
    } catch (IOException e) {
      throw new CromfordException(
          ErrorCode.STORAGE,
          "no folder for temporary files: %s.\nMaybe the disk is full, or name another with -Djava.io.tmpdir=… in CROMFORD_JAVA_OPTS."
              .formatted(e.getMessage()),
          e);
    }
  }

  @Override
  public void close() {
    try (Stream<Path> all = Files.walk(path)) {
      List<Path> deepestFirst = all.sorted(Comparator.reverseOrder()).toList();
      for (Path file : deepestFirst) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      System.Logger log = System.getLogger(ScratchFolder.class.getName());
      log.log(System.Logger.Level.WARNING, "{0} stays behind: {1}", path, e);
    }
  }
}
