package io.cromford.parquet;

import io.cromford.core.Column;
import io.cromford.core.ColumnType;
import java.util.List;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimeUnit;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type;
import org.apache.parquet.schema.Type.Repetition;
import org.apache.parquet.schema.Types;

/// How columns are called in Parquet.
final class ParquetTypes {
  private ParquetTypes() {}

  /// The schema of a file.
  static MessageType message(List<Column> columns) {
    return new MessageType("cromford", columns.stream().map(c -> (Type) type(c)).toList());
  }

  /// The type of a column.
  static PrimitiveType type(Column column) {
    ColumnType type = column.type();
    Repetition repetition = column.nullable() ? Repetition.OPTIONAL : Repetition.REQUIRED;
    var primitive = Types.primitive(primitive(type.kind()), repetition);
    return switch (type.kind()) {
      case BIGINT, DOUBLE, BOOLEAN -> primitive.named(column.name());
      case DECIMAL ->
          primitive
              .as(LogicalTypeAnnotation.decimalType(type.scale(), type.precision()))
              .named(column.name());
      case TIMESTAMP ->
          primitive
              .as(LogicalTypeAnnotation.timestampType(false, TimeUnit.MILLIS))
              .named(column.name());
      case VARCHAR -> primitive.as(LogicalTypeAnnotation.stringType()).named(column.name());
    };
  }

  private static PrimitiveTypeName primitive(ColumnType.Kind kind) {
    return switch (kind) {
      case BIGINT, DECIMAL, TIMESTAMP -> PrimitiveTypeName.INT64;
      case DOUBLE -> PrimitiveTypeName.DOUBLE;
      case BOOLEAN -> PrimitiveTypeName.BOOLEAN;
      case VARCHAR -> PrimitiveTypeName.BINARY;
    };
  }
}
