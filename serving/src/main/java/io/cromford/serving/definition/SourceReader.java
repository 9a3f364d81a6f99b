package io.cromford.serving.definition;

import io.cromford.core.Schema;
import io.cromford.intake.Cleaning;
import io.cromford.intake.Rule;
import io.cromford.intake.RuleReading.Misread;
import io.cromford.serving.definition.Value.Fields;
import io.cromford.serving.definition.Value.Items;
import io.cromford.serving.definition.Value.Leaf;
import io.cromford.serving.definition.Value.Named;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Reads what one source says of its own columns, and checks that they exist and suit.
final class SourceReader {
  private final String name;
  private final Fields source;
  private final @Nullable Schema schema;
  private final Problems problems;

  SourceReader(String name, Fields source, Problems problems) {
    this.name = name;
    this.source = source;
    this.problems = problems;
    this.schema = SchemaReader.read(source, problems).orElse(null);
  }

  String name() {
    return name;
  }

  Fields source() {
    return source;
  }

  /// Null where the columns do not hold.
  @Nullable Schema schema() {
    return schema;
  }

  boolean isObservation() {
    return source.get("kind", String.class).map("observation"::equals).orElse(false);
  }

  boolean isOutcome() {
    return source.get("kind", String.class).map("outcome"::equals).orElse(false);
  }

  /// The column that identifies; empty where the file does not say.
  Optional<String> id() {
    return source
        .get("id", String.class)
        .or(() ->
            source.get("of", Reference.class).filter(_ -> isOutcome()).map(Reference::column));
  }

  Optional<String> eventTimeColumn() {
    return source.fields("event-time").flatMap(time -> time.get("column", String.class));
  }

  /// Checks a column's name where it is written.
  void requireColumn(String column, Place place) {
    if (schema == null || schema.find(column).isPresent()) {
      return;
    }
    problems.addUnknown(
        place,
        "source `%s` has no column `%s`.".formatted(name, column),
        column,
        schema.columns().stream().map(c -> c.name()).toList());
  }

  /// Checks the names that are keys of a section.
  void requireColumns(Fields section) {
    section.named().forEach((column, value) -> requireColumn(column, value.keyPlace()));
  }

  /// The cleaning of each column.
  Map<String, List<Cleaning>> cleanings() {
    Map<String, List<Cleaning>> cleanings = new LinkedHashMap<>();
    Fields clean = source.fields("clean").orElse(Fields.NONE);
    requireColumns(clean);
    clean.named().forEach((column, value) -> cleanings.put(column, cleanings(column, value)));
    return cleanings;
  }

  private List<Cleaning> cleanings(String column, Named named) {
    List<Cleaning> cleanings = new ArrayList<>();
    if (named.value() instanceof Items items) {
      items.items().forEach(item -> addCleanings(item, cleanings));
    } else {
      addCleanings(named.value(), cleanings);
    }
    if (schema != null && schema.find(column).isPresent()) {
      try {
        Cleaning.check(schema, column, cleanings);
      } catch (IllegalArgumentException e) {
        problems.add(named.value().place(), e);
      }
    }
    return cleanings;
  }

  private static void addCleanings(Value value, List<Cleaning> cleanings) {
    if (value instanceof Leaf leaf) {
      cleanings.add(leaf.value().equals("trim") ? new Cleaning.Trim() : new Cleaning.Round());
    } else if (value instanceof Fields fields) {
      fields.get("default", String.class).map(Cleaning.Default::new).ifPresent(cleanings::add);
      fields
          .fields("map")
          .map(Fields::texts)
          .map(Cleaning.MapValues::new)
          .ifPresent(cleanings::add);
      fields.get("unit", BigDecimal.class).map(Cleaning.Unit::new).ifPresent(cleanings::add);
    }
  }

  /// The rules, in order.
  List<Rule> rules() {
    return conditions(source.fields("rules").orElse(Fields.NONE), "rule");
  }

  /// Conditions on this source's rows, in order.
  ///
  /// @param noun what messages call one
  List<Rule> conditions(Fields section, String noun) {
    List<Rule> conditions = new ArrayList<>();
    section.named().forEach((name, value) -> condition(name, value, noun, conditions));
    return conditions;
  }

  private void condition(String name, Named value, String noun, List<Rule> conditions) {
    if (schema == null || !(value.value() instanceof Leaf condition)) {
      return;
    }
    try {
      switch (Rule.parse(name, String.valueOf(condition.value()), schema)) {
        case Rule read -> conditions.add(read);
        case Misread(int column, String message, String advice) ->
            problems.add(
                condition.place().right(column - (condition.plain() ? 1 : 0)),
                "%s `%s`: %s.".formatted(noun, name, message),
                advice);
      }
    } catch (IllegalArgumentException e) {
      problems.add(value.keyPlace(), e);
    }
  }
}
