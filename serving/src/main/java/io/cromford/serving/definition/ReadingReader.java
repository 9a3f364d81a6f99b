package io.cromford.serving.definition;

import io.cromford.intake.Reading;
import io.cromford.intake.Reading.CsvCharacters;
import io.cromford.intake.Reading.Format;
import io.cromford.serving.definition.Value.Fields;
import java.io.File;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// Reads which files a source comes from.
final class ReadingReader {
  /// The keys that name files; one of them is there.
  static final List<String> WAYS = List.of("csv", "json", "parquet", "files");

  private ReadingReader() {}

  /// @param folder what relative paths start from
  /// @throws IllegalArgumentException if characters or patterns do not hold
  static Reading read(Fields read, Path folder) {
    String way = WAYS.stream().filter(read::has).findFirst().orElseThrow();
    String path = read.get(way, String.class).orElseThrow();
    return new Reading(
        switch (way) {
          case "csv" -> Format.CSV;
          case "json" -> Format.JSON;
          case "parquet" -> Format.PARQUET;
          default -> Format.AUTO;
        },
        absolute(path, folder),
        texts(read, "columns"),
        new CsvCharacters(
            read.get("delimiter", Character.class).orElse(CsvCharacters.USUAL.delimiter()),
            read.get("quote", Character.class).orElse(CsvCharacters.USUAL.quote())),
        texts(read, "timestamps"));
  }

  /// As text, since a glob is no path everywhere.
  private static String absolute(String path, Path folder) {
    return new File(path).isAbsolute() ? path : folder.toAbsolutePath().normalize() + "/" + path;
  }

  private static Map<String, String> texts(Fields read, String key) {
    return read.fields(key).map(Fields::texts).orElse(Map.of());
  }
}
