package io.cromford.server;

import io.cromford.core.CromfordException;
import io.cromford.core.ErrorCode;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;

/// Where a running factory's endpoint is and the token that its owner needs there: two lines of a
/// file in the state folder that nobody else can read. It is there while the endpoint is.
///
/// @param url where the endpoint is
/// @param token see [Admin]
public record AdminAccess(URI url, String token) {
  private static final String NAME = "admin.token";

  /// The file of a factory that serves; taken away when it is closed.
  ///
  /// @param file where it lies
  /// @param console the console's address for the owner; its fragment is the token
  public record Granted(Path file, URI console) implements AutoCloseable {
    @Override
    public void close() {
      try {
        Files.deleteIfExists(file);
      } catch (IOException _) {
        // A token of an endpoint that is gone opens nothing.
      }
    }

    /// Without the token, so that it is not logged.
    @Override
    public String toString() {
      return "Granted[" + file + "]";
    }
  }

  /// Writes the file, in place of one that a killed process left.
  ///
  /// @throws CromfordException STORAGE if it cannot be written
  public static Granted grant(Path stateFolder, String url, Admin admin) {
    Path file = stateFolder.resolve(NAME);
    try {
      Files.deleteIfExists(file);
      Files.createFile(file, ownerOnly());
      Files.write(
          file, List.of(url, admin.token()), StandardCharsets.UTF_8, StandardOpenOption.WRITE);
      return new Granted(file, console(url, admin.token()));
    } catch (IOException e) {
      throw new CromfordException(
          ErrorCode.STORAGE,
          "%s cannot be written: %s.\nMaybe the disk is full or the folder is not yours."
              .formatted(file, e.getMessage()),
          e);
    }
  }

  private static FileAttribute<?>[] ownerOnly() {
    boolean posix = FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
    return posix
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
        }
        : new FileAttribute<?>[0];
  }

  /// Reads the file.
  ///
  /// @return empty if no endpoint is open
  public static Optional<AdminAccess> find(Path stateFolder) {
    try {
      List<String> lines = Files.readAllLines(stateFolder.resolve(NAME), StandardCharsets.UTF_8);
      return lines.size() == 2
          ? Optional.of(new AdminAccess(URI.create(lines.getFirst()), lines.getLast()))
          : Optional.empty();
    } catch (IOException | IllegalArgumentException _) {
      return Optional.empty();
    }
  }

  /// What goes into the `Authorization` header.
  public String header() {
    return Admin.header(token);
  }

  private static URI console(String url, String token) {
    return URI.create(url + "/#token=" + token);
  }

  /// Without the token, so that it is not logged.
  @Override
  public String toString() {
    return "AdminAccess[" + url + "]";
  }
}
