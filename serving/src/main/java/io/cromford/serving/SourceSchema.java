package io.cromford.serving;

import io.cromford.core.Column;
import io.cromford.core.ColumnType;
import io.cromford.core.CromfordException;
import io.cromford.core.ErrorCode;
import io.cromford.core.Schema;
import io.cromford.core.SnapshotReader;
import io.cromford.core.SnapshotWriter;
import io.cromford.intake.SourceDefinition;
import java.nio.ByteBuffer;
import java.util.List;

/// A source as it was declared when the records behind it were written: the body of a SCHEMA
/// record.
///
/// @param source its name
/// @param number what stands for it in the ledger, from 1
/// @param version of its schema, from 1
/// @param kind `observation` or `outcome`
/// @param id the name of its id column
/// @param columns as their bytes follow each other
record SourceSchema(
    String source, int number, int version, String kind, String id, List<Field> columns) {
  /// A column.
  ///
  /// @param type as the factory file writes it
  record Field(String name, String type, boolean nullable) {
    static Field of(Column column) {
      return new Field(column.name(), column.type().toString(), column.nullable());
    }

    private Column column() {
      return new Column(
          name,
          ColumnType.parse(type)
              .orElseThrow(() ->
                  new CromfordException(
                      ErrorCode.LEDGER_CORRUPT,
                      "a schema record has a column of the type `%s`.\nMaybe a newer Cromford wrote it."
                          .formatted(type))),
          nullable);
    }
  }

  /// Copies the columns.
  SourceSchema {
    columns = List.copyOf(columns);
  }

  static SourceSchema of(SourceDefinition definition, int number, int version) {
    return new SourceSchema(
        definition.name(),
        number,
        version,
        definition.isObservation() ? "observation" : "outcome",
        definition.schema().column(definition.idColumn()).name(),
        definition.schema().columns().stream().map(Field::of).toList());
  }

  Schema schema() {
    return new Schema(columns.stream().map(Field::column).toList());
  }

  void save(SnapshotWriter out) {
    out.text(source);
    out.count(number);
    out.count(version);
    out.text(kind);
    out.text(id);
    out.each(
        columns,
        field -> {
          out.text(field.name());
          out.text(field.type());
          out.flag(field.nullable());
        });
  }

  static SourceSchema read(SnapshotReader in) {
    return new SourceSchema(
        in.text(),
        in.count(),
        in.count(),
        in.text(),
        in.text(),
        in.each(() -> new Field(in.text(), in.text(), in.flag())));
  }

  ByteBuffer encode() {
    return ByteBuffer.wrap(Control.JSON.writeValueAsBytes(this));
  }

  static SourceSchema decode(ByteBuffer body) {
    return Control.readJson(body, SourceSchema.class);
  }
}
