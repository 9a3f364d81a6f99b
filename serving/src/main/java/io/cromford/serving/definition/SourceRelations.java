package io.cromford.serving.definition;

import io.cromford.core.Column;
import io.cromford.core.ColumnType;
import io.cromford.core.Schema;
import io.cromford.serving.definition.Value.Fields;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Checks what sources say of each other and of the columns they rest on.
final class SourceRelations {
  private final Map<String, SourceReader> sources;
  private final Problems problems;

  SourceRelations(Map<String, SourceReader> sources, Problems problems) {
    this.sources = sources;
    this.problems = problems;
  }

  void check(Place sourcesPlace) {
    sources.values().forEach(this::check);
    Collection<SourceReader> all = sources.values();
    if (all.stream().noneMatch(SourceReader::isObservation)) {
      problems.add(
          sourcesPlace,
          "no source is an observation, so there is nothing to decide on.",
          "write `kind: observation` in the source of the events.");
    }
    if (all.stream().noneMatch(SourceReader::isOutcome)) {
      problems.add(
          sourcesPlace,
          "no source is an outcome, so there is nothing to learn from.",
          "add a source with `kind: outcome` and `of: …`.");
    }
    all.stream()
        .filter(SourceReader::isObservation)
        .skip(1)
        .forEach(source ->
            problems.add(
                source.source().keyPlace("kind"),
                "`%s` is a second observation; a factory decides on one.".formatted(source.name()),
                "make it a factory of its own."));
  }

  private void check(SourceReader source) {
    Fields fields = source.source();
    source.id().ifPresent(id -> source.requireColumn(id, idPlace(fields)));
    checkEventTime(source);
    fields.fields("read").ifPresent(read -> checkReading(source, read));
    if (source.isObservation()) {
      checkObservation(source);
    } else if (source.isOutcome()) {
      checkOutcome(source);
    }
  }

  private static Place idPlace(Fields source) {
    return source.has("id") ? source.valuePlace("id") : source.valuePlace("of");
  }

  private void checkObservation(SourceReader source) {
    Fields fields = source.source();
    for (String key : new String[] {"id", "event-time"}) {
      if (!fields.has(key)) {
        problems.add(
            fields.place(),
            "the observation `%s` lacks `%s`.".formatted(source.name(), key),
            key.equals("id")
                ? "add `id: …`, the column that identifies it."
                : "add `event-time: {column: …}`, the timestamp that says when it happened.");
      }
    }
    for (String key : new String[] {"of", "arrival"}) {
      if (fields.has(key)) {
        problems.add(
            fields.keyPlace(key),
            "`%s` is for outcomes; `%s` is an observation.".formatted(key, source.name()),
            "take it away, or write `kind: outcome`.");
      }
    }
  }

  private void checkOutcome(SourceReader source) {
    Fields fields = source.source();
    if (!fields.has("of")) {
      problems.add(
          fields.place(),
          "the outcome `%s` lacks `of`.".formatted(source.name()),
          "add `of: payments.tx_id`: the id of the observation that it judges.");
    }
    fields
        .get("of", Reference.class)
        .ifPresent(of -> checkReference(of, fields.valuePlace("of"), SourceReader::id, "id"));
    fields
        .get("of", Reference.class)
        .map(of -> sources.get(of.source()))
        .filter(SourceReader::isObservation)
        .ifPresent(target -> checkNames(source, target));
    fields.get("of", Reference.class).ifPresent(of -> checkIdTypes(source, of));
    Fields arrival = fields.fields("arrival").orElse(Fields.NONE);
    arrival
        .get("after", Reference.class)
        .ifPresent(after ->
            checkReference(
                after, arrival.valuePlace("after"), SourceReader::eventTimeColumn, "event time"));
    if (!fields.has("arrival") && !fields.has("event-time")) {
      problems.add(
          fields.place(),
          "the outcome `%s` does not say when it arrives.".formatted(source.name()),
          "add `arrival: {after: payments.ts, delay: 7d}`, or an `event-time` of its own.");
    }
  }

  /// What a query reads of an observation and of its outcome are columns of one table.
  private void checkNames(SourceReader source, SourceReader target) {
    Schema own = source.schema();
    Schema other = target.schema();
    if (own == null || other == null) {
      return;
    }
    Fields columns = source.source().fields("schema").orElse(Fields.NONE);
    for (Column column : own.columns()) {
      String name = column.name();
      if (!name.equals(source.id().orElse("")) && other.find(name).isPresent()) {
        problems.add(
            columns.keyPlace(name),
            "`%s` is a column of `%s` and of `%s`; a query could not tell them apart."
                .formatted(name, source.name(), target.name()),
            "write `%s_%s`, and the name in the file under `read.columns`."
                .formatted(source.name(), name));
      }
    }
  }

  private void checkReference(
      Reference reference,
      Place place,
      Function<SourceReader, Optional<String>> part,
      String noun) {
    SourceReader target = sources.get(reference.source());
    if (target == null || !target.isObservation()) {
      problems.addUnknown(
          place,
          "`%s` is no observation.".formatted(reference.source()),
          reference.source(),
          sources.values().stream()
              .filter(SourceReader::isObservation)
              .map(SourceReader::name)
              .toList());
      return;
    }
    Optional<String> expected = part.apply(target);
    if (expected.isPresent() && !expected.get().equals(reference.column())) {
      problems.add(
          place,
          "the %s of `%s` is `%s`, not `%s`."
              .formatted(noun, target.name(), expected.get(), reference.column()),
          "write `%s.%s`.".formatted(target.name(), expected.get()));
    }
  }

  private void checkIdTypes(SourceReader source, Reference of) {
    SourceReader target = sources.get(of.source());
    ColumnType own = type(source, source.id().orElse(""));
    ColumnType other = target == null ? null : type(target, of.column());
    if (own != null && other != null && !own.equals(other)) {
      problems.add(
          source.source().keyPlace("schema"),
          "the id of `%s` is a %s, that of `%s` a %s."
              .formatted(source.name(), own, of.source(), other),
          "give both the same type.");
    }
  }

  private void checkEventTime(SourceReader source) {
    Fields fields = source.source();
    Fields time = fields.fields("event-time").orElse(Fields.NONE);
    Optional<String> column = source.eventTimeColumn();
    column.ifPresent(name -> source.requireColumn(name, time.valuePlace("column")));
    ColumnType type = column.map(name -> type(source, name)).orElse(null);
    if (type != null && type.kind() != ColumnType.Kind.TIMESTAMP) {
      problems.add(
          time.valuePlace("column"),
          "the event time `%s` is a %s.".formatted(column.orElse(""), type),
          "declare it a timestamp.");
    }
  }

  private void checkReading(SourceReader source, Fields read) {
    read.fields("columns").ifPresent(source::requireColumns);
    read.fields("timestamps").ifPresent(source::requireColumns);
    long ways = ReadingReader.WAYS.stream().filter(read::has).count();
    if (ways != 1) {
      problems.add(
          read.place(),
          "`read` of `%s` names %s."
              .formatted(source.name(), ways == 0 ? "no files" : "files twice"),
          "write one of csv, json, parquet, or files: `csv: \"${data}\"`.");
    }
  }

  private static @Nullable ColumnType type(SourceReader source, String column) {
    Schema schema = source.schema();
    if (schema == null || schema.find(column).isEmpty()) {
      return null;
    }
    return schema.column(schema.indexOf(column)).type();
  }
}
