package io.cromford.model;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.cromford.core.CromfordException;
import io.cromford.core.ErrorCode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// The model versions of a factory: a folder for each, named by the SHA-256 of its content.
///
/// The same content has the same name wherever it was made. The name can be checked by hand: it is
/// what `LC_ALL=C sha256sum * | sha256sum` prints inside the folder. A version appears whole or not
/// at all: it is written and synced under another name and then renamed. It is never changed, and
/// checked each time it is loaded. Which version serves is not said here but in the ledger.
///
/// May be used by several threads.
public final class Registry {
  private static final Pattern ID = Pattern.compile("[0-9a-f]{64}");
  private static final String UNFINISHED = ".unfinished-";

  private final Path folder;

  private Registry(Path folder) {
    this.folder = folder;
  }

  /// The registry in a folder, which is made at the first publication if it does not exist.
  public static Registry open(Path folder) {
    return new Registry(folder);
  }

  /// Publishes a version; if it is there already, nothing changes.
  ///
  /// @return the version
  /// @throws CromfordException STORAGE if it cannot be written
  public ModelVersion publish(ModelContents contents) {
    SortedMap<String, byte[]> files = contents.files();
    String id = id(files);
    Path target = folder.resolve(id);
    if (!Files.isDirectory(target)) {
      try {
        write(files, folder.resolve(UNFINISHED + id), target);
      } catch (IOException e) {
        throw new CromfordException(
            ErrorCode.STORAGE,
            "%s: the model version cannot be written: %s.\nMaybe the disk is full or the folder not writable."
                .formatted(target, e.getMessage()),
            e);
      }
    }
    return new ModelVersion(id, target, contents);
  }

  private void write(SortedMap<String, byte[]> files, Path unfinished, Path target)
      throws IOException {
    Files.createDirectories(folder);
    remove(unfinished);
    Files.createDirectory(unfinished);
    for (var file : files.entrySet()) {
      writeSynced(unfinished.resolve(file.getKey()), file.getValue());
    }
    syncFolder(unfinished);
    Files.move(unfinished, target, StandardCopyOption.ATOMIC_MOVE);
    syncFolder(folder);
  }

  /// Loads a version and checks it against its name.
  ///
  /// @param id the full id
  /// @throws CromfordException NOT_FOUND if there is none, LEDGER_CORRUPT if its files are not what
  ///   was published, STORAGE if they cannot be read
  public ModelVersion load(String id) {
    Path source = folder.resolve(id);
    if (!ID.matcher(id).matches() || !Files.isDirectory(source)) {
      throw new CromfordException(
          ErrorCode.NOT_FOUND, "%s: there is no model version `%s`.".formatted(folder, id));
    }
    SortedMap<String, byte[]> files = files(source);
    String actual = id(files);
    if (!actual.equals(id)) {
      throw new CromfordException(
          ErrorCode.LEDGER_CORRUPT,
          "%s: the model version is not what was published: its files have the SHA-256 %s.\nMaybe restore the folder from a backup; a model version is never edited."
              .formatted(source, actual));
    }
    return new ModelVersion(id, source, ModelContents.of(files, source.toString()));
  }

  /// The ids of all versions, sorted; unfinished ones are left out.
  ///
  /// @throws CromfordException STORAGE if the folder cannot be read
  public List<String> list() {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> entries = Files.list(folder)) {
      return entries
          .map(entry -> entry.getFileName().toString())
          .filter(name -> ID.matcher(name).matches())
          .sorted()
          .toList();
    } catch (IOException e) {
      throw unreadable(folder, e);
    }
  }

  /// The id that starts with a prefix.
  ///
  /// @return empty if none does
  /// @throws CromfordException USAGE if several do
  public Optional<String> find(String prefix) {
    List<String> ids = list().stream().filter(id -> id.startsWith(prefix)).toList();
    if (ids.size() > 1) {
      throw new CromfordException(
          ErrorCode.USAGE,
          "model version `%s`: %d versions start with it: %s.\nMaybe give more digits."
              .formatted(
                  prefix,
                  ids.size(),
                  ids.stream().map(id -> id.substring(0, ModelVersion.SHORT)).toList()));
    }
    return ids.stream().findFirst();
  }

  /// The id that starts with a prefix.
  ///
  /// @throws CromfordException NOT_FOUND if none does, USAGE if several do
  public String require(String prefix) {
    return find(prefix)
        .orElseThrow(() ->
            new CromfordException(
                ErrorCode.NOT_FOUND,
                "no model version starts with `%s`.\nMaybe `cromford models list` has it."
                    .formatted(prefix)));
  }

  /// The SHA-256 over the lines `<sha256 of the file> <name>\n`, sorted by name.
  static String id(SortedMap<String, byte[]> files) {
    StringBuilder lines = new StringBuilder();
    files.forEach(
        (name, bytes) -> lines.append(sha256(bytes)).append("  ").append(name).append('\n'));
    return sha256(lines.toString().getBytes(UTF_8));
  }

  private static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private static SortedMap<String, byte[]> files(Path folder) {
    SortedMap<String, byte[]> files = new TreeMap<>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
      for (Path entry : entries) {
        files.put(entry.getFileName().toString(), Files.readAllBytes(entry));
      }
    } catch (IOException e) {
      throw unreadable(folder, e);
    }
    return files;
  }

  private static CromfordException unreadable(Path path, IOException cause) {
    return new CromfordException(
        ErrorCode.STORAGE,
        "%s: the model registry cannot be read: %s".formatted(path, cause.getMessage()),
        cause);
  }

  private static void writeSynced(Path file, byte[] bytes) throws IOException {
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      ByteBuffer buffer = ByteBuffer.wrap(bytes);
      while (buffer.hasRemaining()) {
        channel.write(buffer);
      }
      channel.force(true);
    }
  }

  private static void syncFolder(Path folder) throws IOException {
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  /// Removes what an interrupted publication left.
  private static void remove(Path unfinished) throws IOException {
    if (!Files.exists(unfinished)) {
      return;
    }
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(unfinished)) {
      for (Path entry : entries) {
        Files.delete(entry);
      }
    }
    Files.delete(unfinished);
  }
}
