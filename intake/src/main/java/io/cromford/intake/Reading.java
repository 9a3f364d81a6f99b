package io.cromford.intake;

import java.util.Map;

/// The files of a source and how to read them.
///
/// @param format how they are written
/// @param path a file, a folder, or a glob (`data/*.csv.gz`); several files are read in name order
/// @param columns schema name → name in the file, where they differ
/// @param csv the CSV's characters; other formats ignore it
/// @param timestamps column → a pattern of [java.time.format.DateTimeFormatter] for times that are
///   not ISO 8601, or `epoch-seconds` or `epoch-millis`
public record Reading(
    Format format,
    String path,
    Map<String, String> columns,
    CsvCharacters csv,
    Map<String, String> timestamps) {
  /// How a file is written.
  public enum Format {
    /// By the file's name: `.csv`, `.json`, `.jsonl`, `.ndjson` (each also `.gz`), `.parquet`.
    AUTO,
    /// Comma-separated values with a header (RFC 4180), plain or gzip.
    CSV,
    /// One JSON object a line, plain or gzip.
    JSON,
    /// Apache Parquet.
    PARQUET
  }

  /// The characters that structure a CSV file, ASCII, different from each other.
  ///
  /// @param delimiter between fields
  /// @param quote around fields that hold a delimiter, a quote or a line end
  public record CsvCharacters(char delimiter, char quote) {
    /// `,` and `"`.
    public static final CsvCharacters USUAL = new CsvCharacters(',', '"');

    /// Checks that both are ASCII and usable.
    public CsvCharacters {
      if (delimiter == quote || !usable(delimiter) || !usable(quote)) {
        throw new IllegalArgumentException(
            "delimiter U+%04X and quote U+%04X are not two ASCII characters other than line ends"
                .formatted((int) delimiter, (int) quote));
      }
    }

    private static boolean usable(char c) {
      return c > 0 && c < 128 && c != '\n' && c != '\r';
    }
  }

  /// Copies the mappings and checks the patterns.
  public Reading {
    columns = Map.copyOf(columns);
    timestamps = Map.copyOf(timestamps);
    timestamps.forEach(TimestampPattern::check);
  }

  /// Files whose names are those of the schema, read by their extension.
  public static Reading of(String path) {
    return new Reading(Format.AUTO, path, Map.of(), CsvCharacters.USUAL, Map.of());
  }

  /// The same files with other column names.
  public Reading withColumns(Map<String, String> names) {
    return new Reading(format, path, names, csv, timestamps);
  }

  /// The name in the file of a column of the schema.
  public String fileName(String column) {
    return columns.getOrDefault(column, column);
  }
}
