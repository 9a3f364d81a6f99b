package io.cromford.serving.definition;

import io.cromford.core.Column;
import io.cromford.core.Schema;
import io.cromford.features.sql.Catalog;
import io.cromford.intake.SourceDefinition;
import io.cromford.serving.definition.Value.Fields;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/// What a feature query can name.
final class CatalogReader {
  private CatalogReader() {}

  /// Of a definition that holds.
  static Catalog of(FactoryDefinition definition) {
    DataDefinition data = definition.data();
    SourceDefinition observations = data.observations();
    SourceDefinition outcomes = data.outcomes();
    LabelDefinition label = data.label();
    return new Catalog(
        observations.name(),
        observations.schema(),
        observations.role().id(),
        Objects.requireNonNull(observations.timing().eventTime()).column(),
        outcome(outcomes.schema(), outcomes.role().id(), label.column(), label.maturity()));
  }

  /// Of a file that may not hold otherwise, so that the query's problems can be told along with the
  /// file's.
  ///
  /// @return empty if not even what a query names holds
  static Optional<Catalog> read(Fields file, SourcesReader sources, RestChecks rest) {
    SourceReader observation = sources.observation().orElse(null);
    SourceReader outcome = rest.label().source().orElse(null);
    Fields label = file.fields("label").orElse(Fields.NONE);
    if (observation == null || outcome == null || !label.has("maturity")) {
      return Optional.empty();
    }
    Schema schema = observation.schema();
    Schema outcomeSchema = outcome.schema();
    if (schema == null || outcomeSchema == null) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          new Catalog(
              observation.name(),
              schema,
              observation.id().orElse(""),
              observation.eventTimeColumn().orElse(""),
              outcome(
                  outcomeSchema,
                  outcome.id().orElse(""),
                  label.get("column", String.class).orElse(""),
                  label.get("maturity", Duration.class).orElse(Duration.ZERO))));
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
  }

  /// Before an outcome is known its columns are NULL.
  private static Catalog.Outcome outcome(
      Schema schema, String id, String label, Duration maturity) {
    List<Column> columns =
        schema.columns().stream()
            .filter(column -> !column.name().equals(id))
            .map(column -> new Column(column.name(), column.type(), true))
            .toList();
    return new Catalog.Outcome(columns, label, maturity);
  }
}
