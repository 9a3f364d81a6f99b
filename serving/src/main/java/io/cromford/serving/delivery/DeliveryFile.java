package io.cromford.serving.delivery;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/// Where it lies what a target was told: beside the ledger, not in it, since who was told changes
/// no decision. Replaced as a whole or not at all.
public final class DeliveryFile {
  private static final System.Logger LOG = System.getLogger(DeliveryFile.class.getName());
  private static final JsonMapper JSON = JsonMapper.shared();

  private final Path file;

  /// @param target its name
  public DeliveryFile(Path stateFolder, String target) {
    this.file = stateFolder.resolve("alarms").resolve(target + ".json");
  }

  /// Reads it; empty if there is none, or none that can be read: then open alarms are said again.
  public Optional<DeliveryState> read() {
    try {
      DeliveryState state = JSON.readValue(Files.readAllBytes(file), DeliveryState.class);
      if (state.format() == DeliveryState.FORMAT) {
        return Optional.of(state);
      }
      LOG.log(System.Logger.Level.WARNING, "{0} is of another version", file);
    } catch (NoSuchFileException _) {
      return Optional.empty();
    } catch (IOException | JacksonException | NullPointerException e) {
      LOG.log(
          System.Logger.Level.WARNING,
          "{0} cannot be read, so open alarms are said again: {1}",
          file,
          e.getClass().getSimpleName());
    }
    return Optional.empty();
  }

  /// Writes it.
  ///
  /// @throws IOException if it cannot; the old one stays
  void write(DeliveryState state) throws IOException {
    Files.createDirectories(file.getParent());
    Path part = file.resolveSibling(file.getFileName() + ".part");
    try (FileChannel channel =
        FileChannel.open(
            part,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE)) {
      ByteBuffer bytes = ByteBuffer.wrap(JSON.writeValueAsBytes(state));
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      channel.force(true);
    }
    Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }
}
