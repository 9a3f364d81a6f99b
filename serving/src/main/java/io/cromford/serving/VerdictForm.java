package io.cromford.serving;

import io.cromford.core.Column;
import io.cromford.core.ColumnType;
import io.cromford.intake.SourceDefinition;
import io.cromford.serving.definition.DataDefinition;
import io.cromford.serving.definition.LabelDefinition;
import java.util.List;
import java.util.Optional;

/// How a person's verdict is told: the most trusted source of provisional outcomes that needs
/// nothing but a verdict, and can take it back by a value that is missing.
///
/// @param source its name, for `POST /v1/outcomes?source=`
/// @param id its column of the observation's id
/// @param verdict its boolean column, which may be null
/// @param by its column for the name of whoever says so; empty if it has none
public record VerdictForm(String source, String id, String verdict, Optional<String> by) {
  /// The form of a factory; empty if it has no such source.
  static Optional<VerdictForm> of(DataDefinition data) {
    for (LabelDefinition.Provisional kind : data.label().provisional()) {
      SourceDefinition source = data.source(kind.source());
      String id = source.schema().column(source.idColumn()).name();
      List<Column> others =
          source.schema().columns().stream().filter(c -> !c.name().equals(id)).toList();
      if (others.stream().allMatch(Column::nullable)) {
        Optional<String> by =
            others.stream()
                .filter(column -> column.type().kind() == ColumnType.Kind.VARCHAR)
                .map(Column::name)
                .findFirst();
        return Optional.of(new VerdictForm(source.name(), id, kind.column(), by));
      }
    }
    return Optional.empty();
  }
}
