package io.cromford.serving.definition;

import io.cromford.core.Column;
import io.cromford.core.ColumnType;
import io.cromford.core.Schema;
import io.cromford.serving.definition.Value.Fields;
import io.cromford.serving.definition.Value.Leaf;
import java.util.List;
import java.util.Optional;

/// Reads the columns of a source.
final class SchemaReader {
  private SchemaReader() {}

  /// @return empty if there is none that holds; if it is too wide, a problem says so
  static Optional<Schema> read(Fields source, Problems problems) {
    Optional<Fields> columns = source.fields("schema").filter(found -> !found.names().isEmpty());
    if (columns.isPresent() && columns.get().names().size() > Schema.MAX_COLUMNS) {
      problems.add(
          source.keyPlace("schema"),
          "a source has at most %d columns, not %d."
              .formatted(Schema.MAX_COLUMNS, columns.get().names().size()),
          "leave out what neither features nor decisions need.");
      return Optional.empty();
    }
    return columns.map(SchemaReader::schema);
  }

  private static Schema schema(Fields columns) {
    List<Column> read =
        columns.named().entrySet().stream()
            .map(entry -> column(entry.getKey(), entry.getValue().value()))
            .flatMap(Optional::stream)
            .toList();
    return new Schema(read);
  }

  private static Optional<Column> column(String name, Value value) {
    return switch (value) {
      case Leaf(ColumnType type, _, _) -> Optional.of(new Column(name, type, false));
      case Fields fields ->
          Optional.of(
              new Column(
                  name,
                  fields.get("type", ColumnType.class).orElse(ColumnType.VARCHAR),
                  fields.get("nullable", Boolean.class).orElse(false)));
      default -> Optional.empty();
    };
  }
}
