package io.cromford.intake;

import io.cromford.core.Column;
import io.cromford.core.CromfordException;
import io.cromford.core.ErrorCode;
import io.cromford.core.Suggestions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Finds the columns of a source among those of a file.
final class FileColumns {
  /// The most columns a file can have.
  static final int MAX_COLUMNS = 10_000;

  /// How many of a file's columns a message lists.
  private static final int MAX_LISTED = 50;

  private final SourceDefinition source;
  private final Reading reading;

  FileColumns(SourceDefinition source, Reading reading) {
    this.source = source;
    this.reading = reading;
  }

  /// For each column of the file the index of the schema's column, or -1 if the source does not
  /// have it.
  ///
  /// A nullable column may be missing in a file, if the definition does not map it and the file has
  /// nothing that looks like it: files from before it was added stay readable.
  ///
  /// @throws CromfordException if the file lacks a column, with all that it lacks
  int[] targets(String file, List<String> names) {
    int[] targets = new int[names.size()];
    Arrays.fill(targets, -1);
    List<String> problems = new ArrayList<>();
    for (int i = 0; i < source.schema().size(); i++) {
      Column column = source.schema().column(i);
      int at = names.indexOf(reading.fileName(column.name()));
      if (at >= 0 && at == names.lastIndexOf(reading.fileName(column.name()))) {
        targets[at] = i;
      } else if (at >= 0) {
        problems.add(twice(file, column));
      } else if (!mayBeMissing(column, names)) {
        problems.add(missing(file, column, names));
      }
    }
    if (!problems.isEmpty()) {
      throw new CromfordException(ErrorCode.INPUT_UNREADABLE, String.join("\n", problems));
    }
    return targets;
  }

  private boolean mayBeMissing(Column column, List<String> names) {
    return column.nullable()
        && !reading.columns().containsKey(column.name())
        && Suggestions.nearest(column.name(), unused(names)).isEmpty();
  }

  /// The names that no column of the source is read from.
  private List<String> unused(List<String> names) {
    List<String> unused = new ArrayList<>(names);
    source.schema().columns().forEach(column -> unused.remove(reading.fileName(column.name())));
    return unused;
  }

  private String missing(String file, Column column, List<String> names) {
    String wanted = reading.fileName(column.name());
    return "%s:1: no column `%s`, which `%s.%s` is read from.\n%s"
        .formatted(file, wanted, source.name(), column.name(), advice(wanted, names));
  }

  private String advice(String wanted, List<String> names) {
    if (names.size() == 1) {
      for (char other : new char[] {';', '\t', '|', ','}) {
        if (names.getFirst().indexOf(other) >= 0) {
          return "Maybe the delimiter is `%s`; the header reads %s."
              .formatted(other == '\t' ? "\\t" : other, listed(names));
        }
      }
    }
    return Suggestions.nearest(wanted, unused(names))
        .map(near -> "Maybe you meant `%s`; the file has %s.".formatted(near, listed(names)))
        .orElse("Maybe map it under `columns`; the file has %s.".formatted(listed(names)));
  }

  private String twice(String file, Column column) {
    return "%s:1: column `%s` appears twice.\nMaybe rename one of them."
        .formatted(file, reading.fileName(column.name()));
  }

  private static String listed(List<String> names) {
    List<String> shown = names.stream().limit(MAX_LISTED).map(ColumnReader::shortened).toList();
    String more =
        names.size() > MAX_LISTED ? ", and %d more".formatted(names.size() - MAX_LISTED) : "";
    return String.join(", ", shown) + more;
  }
}
