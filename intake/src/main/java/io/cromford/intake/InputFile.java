package io.cromford.intake;

import io.cromford.core.CromfordException;
import io.cromford.core.ErrorCode;
import io.cromford.core.Suggestions;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/// One file of a source.
///
/// @param name the path as the source says it: what messages and the ledger call it
/// @param path where it is
/// @param within its name within the source's folder
record InputFile(String name, Path path, String within) {
  private static final String WILDCARDS = "*?[{";
  private static final int IDENTITY_BYTES = 8;

  /// The files of a source, in the order of their names.
  ///
  /// @throws CromfordException if there is none
  static List<InputFile> find(Reading reading) {
    String pattern = reading.path();
    Path path = Path.of(pattern);
    try {
      if (isGlob(pattern) && !Files.exists(path)) {
        return found(pattern, globBase(pattern), glob(pattern));
      }
      if (Files.isDirectory(path)) {
        return found(pattern, path, folder(path));
      }
    } catch (IOException e) {
      throw new CromfordException(
          ErrorCode.INPUT_UNREADABLE,
          "%s: cannot be listed: %s".formatted(pattern, e.getMessage()),
          e);
    }
    if (!Files.exists(path)) {
      throw missing(pattern, path);
    }
    return List.of(new InputFile(pattern, path, fileName(path)));
  }

  private static boolean isGlob(String pattern) {
    return pattern.chars().anyMatch(c -> WILDCARDS.indexOf(c) >= 0);
  }

  private static List<InputFile> found(String pattern, Path base, List<Path> paths) {
    if (paths.isEmpty()) {
      throw new CromfordException(
          ErrorCode.NOT_FOUND,
          "%s: no file there.\nMaybe the path is wrong; from %s"
              .formatted(pattern, Path.of("").toAbsolutePath()));
    }
    return paths.stream()
        .map(path -> new InputFile(slashed(path), path, slashed(base.relativize(path))))
        .toList();
  }

  private static List<Path> folder(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return sorted(files);
    }
  }

  /// The folder before the first wildcard.
  private static Path globBase(String pattern) {
    int wildcard = 0;
    while (WILDCARDS.indexOf(pattern.charAt(wildcard)) < 0) {
      wildcard++;
    }
    int slash = pattern.lastIndexOf('/', wildcard);
    return Path.of(slash < 0 ? "" : slash == 0 ? "/" : pattern.substring(0, slash));
  }

  private static List<Path> glob(String pattern) throws IOException {
    Path base = globBase(pattern);
    if (!Files.isDirectory(base)) {
      return List.of();
    }
    PathMatcher matcher = FileSystems.getDefault().getPathMatcher("glob:" + pattern);
    try (Stream<Path> files = Files.walk(base)) {
      return sorted(files.filter(matcher::matches));
    }
  }

  /// Regular files that are not hidden; a leading `_` marks what other programs leave behind.
  private static List<Path> sorted(Stream<Path> files) {
    return files
        .filter(Files::isRegularFile)
        .filter(path -> !fileName(path).startsWith(".") && !fileName(path).startsWith("_"))
        .sorted((a, b) -> slashed(a).compareTo(slashed(b)))
        .toList();
  }

  private static CromfordException missing(String pattern, Path path) {
    String advice = "the path is wrong; it is looked up from " + Path.of("").toAbsolutePath();
    Path parent = path.toAbsolutePath().getParent();
    if (parent != null && Files.isDirectory(parent)) {
      try (Stream<Path> files = Files.list(parent)) {
        List<String> names = files.map(InputFile::fileName).limit(10_000).toList();
        advice =
            Suggestions.nearest(fileName(path), names)
                .map("you meant `%s`"::formatted)
                .orElse(advice);
      } catch (IOException _) {
        // then without a suggestion
      }
    }
    return new CromfordException(
        ErrorCode.NOT_FOUND, "%s does not exist.\nMaybe %s.".formatted(pattern, advice));
  }

  /// How the file is written.
  ///
  /// @throws CromfordException if the format is not declared and the name does not say it
  Reading.Format format(Reading.Format declared) {
    if (declared != Reading.Format.AUTO) {
      return declared;
    }
    String lower = name.toLowerCase(Locale.ROOT);
    String plain = lower.endsWith(".gz") ? lower.substring(0, lower.length() - 3) : lower;
    if (plain.endsWith(".csv")) {
      return Reading.Format.CSV;
    }
    if (plain.endsWith(".json") || plain.endsWith(".jsonl") || plain.endsWith(".ndjson")) {
      return Reading.Format.JSON;
    }
    if (lower.endsWith(".parquet")) {
      return Reading.Format.PARQUET;
    }
    throw new CromfordException(
        ErrorCode.INPUT_UNREADABLE,
        "%s: its name does not say how it is written.\nMaybe declare `format: csv`, json or parquet."
            .formatted(name));
  }

  /// How long the file is; 0 if that cannot be told.
  long bytes() {
    try {
      return Files.size(path);
    } catch (IOException _) {
      return 0;
    }
  }

  /// By what the file is known again: its name within the source's folder, and what it starts with.
  /// That is a CSV's header and first row, or the first line of JSON, which stay when rows are
  /// added; a Parquet file is written once, so it is the first bytes. Of what cannot be read the
  /// name alone: whoever reads it says why.
  String identity(Reading reading) {
    MessageDigest digest = sha256();
    digest.update(within.getBytes(StandardCharsets.UTF_8));
    digest.update((byte) '\n');
    int lines =
        switch (format(reading.format())) {
          case CSV -> 2;
          case JSON -> 1;
          case PARQUET, AUTO -> Integer.MAX_VALUE;
        };
    try (InputBytes bytes = InputBytes.open(name, path)) {
      digest.update(bytes.start(lines));
    } catch (CromfordException _) {
      // the name alone
    }
    return HexFormat.of().formatHex(digest.digest(), 0, IDENTITY_BYTES);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /// Opens the file.
  RecordReader open(SourceDefinition source, Reading reading) {
    Reading.Format format = format(reading.format());
    if (format == Reading.Format.PARQUET) {
      return ParquetReader.open(name, path, source, reading);
    }
    InputBytes bytes = InputBytes.open(name, path);
    try {
      return format == Reading.Format.CSV
          ? new CsvReader(name, bytes, source, reading)
          : new JsonLinesReader(bytes, source, reading);
    } catch (CromfordException e) {
      bytes.close();
      throw e;
    }
  }

  private static String fileName(Path path) {
    return String.valueOf(path.getFileName());
  }

  private static String slashed(Path path) {
    return path.toString().replace('\\', '/');
  }
}
