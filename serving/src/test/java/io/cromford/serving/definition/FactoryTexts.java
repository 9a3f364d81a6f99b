package io.cromford.serving.definition;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// The example's files, and what comes of them with a change.
final class FactoryTexts {
  /// The root of the sources; tests run in their module's folder.
  static final Path ROOT = Path.of("").toAbsolutePath().getParent();

  static final Path EXAMPLE = ROOT.resolve("examples/card-fraud");

  private FactoryTexts() {}

  static String example() {
    return read(EXAMPLE.resolve(FactoryFile.NAME));
  }

  /// The example with one text in the place of another, which has to be there.
  static String exampleWith(String old, String replacement) {
    String example = example();
    if (!example.contains(old)) {
      throw new IllegalArgumentException("the example has no " + old);
    }
    return example.replace(old, replacement);
  }

  static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Writes a factory file and the example's query.
  static Path write(Path folder, String factory) {
    try {
      Files.writeString(folder.resolve(FactoryFile.NAME), factory);
      Files.writeString(folder.resolve("features.sql"), read(EXAMPLE.resolve("features.sql")));
      return folder;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
