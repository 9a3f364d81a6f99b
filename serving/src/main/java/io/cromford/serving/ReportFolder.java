package io.cromford.serving;

import io.cromford.core.CromfordException;
import io.cromford.core.ErrorCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/// Where a factory's reports lie: each as JSON for programs and as one page for a person.
///
/// A report is replaced as a whole or not at all.
public final class ReportFolder {
  private final Path folder;

  /// @param folder made when the first report is written
  public ReportFolder(Path folder) {
    this.folder = folder;
  }

  /// Writes a report in both forms, in place of the one of that name.
  ///
  /// @param name such as `training`, without an ending
  /// @return the page
  /// @throws CromfordException with STORAGE if it cannot be written
  public Path write(String name, String json, String html) {
    replace(folder.resolve(name + ".json"), json);
    return replace(folder.resolve(name + ".html"), html);
  }

  /// Writes a file as a whole or not at all.
  ///
  /// @return the file
  /// @throws CromfordException with STORAGE if it cannot be written
  public static Path replace(Path file, String text) {
    Path whole = file.toAbsolutePath();
    try {
      Path parent = whole.getParent();
      if (parent != null) {
        Files.createDirectories(parent);
      }
      Path part = whole.resolveSibling(whole.getFileName() + ".part");
      Files.writeString(part, text);
      return Files.move(part, whole, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new CromfordException(
          ErrorCode.STORAGE,
          "%s: the report cannot be written: %s\nMaybe the disk is full or the folder not writable."
              .formatted(file, e.getMessage()),
          e);
    }
  }
}
