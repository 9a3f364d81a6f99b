package io.cromford.features.sql;

import io.cromford.core.Schema;
import io.cromford.core.Suggestions;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// The columns that a query can name, and the names it gives.
final class Inputs {
  private final Catalog catalog;
  private final Schema schema;
  private final Problems problems;
  private final Definitions outputs;
  private @Nullable Token alias;

  Inputs(Catalog catalog, Problems problems, Definitions outputs) {
    this.catalog = catalog;
    this.schema = catalog.input();
    this.problems = problems;
    this.outputs = outputs;
  }

  Catalog catalog() {
    return catalog;
  }

  Schema schema() {
    return schema;
  }

  boolean isOutcome(int column) {
    return column >= catalog.observation().size();
  }

  /// Says under which names the source is read.
  void from(Token source, @Nullable Token other) {
    this.alias = other;
    if (!source.text().equalsIgnoreCase(catalog.source())) {
      problems.add(
          source.span(),
          "`%s` is not the observation source".formatted(source.text()),
          "write FROM %s; outcomes are read by their column's name.".formatted(catalog.source()));
    }
  }

  /// The index of a column; -1 if there is none, the problem then said.
  int resolve(Syntax.Name name) {
    String qualifier = name.qualifier();
    if (qualifier != null && !isSource(qualifier)) {
      problems.add(
          name.span(),
          "`%s` is not the observation source".formatted(qualifier),
          "write %s.%s, or the column's name alone."
              .formatted(alias == null ? catalog.source() : alias.text(), name.name()));
      return -1;
    }
    OptionalInt found = find(name.name());
    if (found.isEmpty() && !(qualifier == null && outputs.refers(name))) {
      problems.add(
          name.span(),
          "%s has no column `%s`".formatted(catalog.source(), name.name()),
          advice(name.name()));
    }
    return found.orElse(-1);
  }

  private boolean isSource(String qualifier) {
    return qualifier.equalsIgnoreCase(alias == null ? catalog.source() : alias.text());
  }

  OptionalInt find(String name) {
    for (int i = 0; i < schema.size(); i++) {
      if (schema.column(i).name().equalsIgnoreCase(name)) {
        return OptionalInt.of(i);
      }
    }
    return OptionalInt.empty();
  }

  private String advice(String name) {
    List<String> names = new ArrayList<>();
    schema.columns().forEach(column -> names.add(column.name()));
    String all = String.join(", ", names);
    return Suggestions.nearest(name, new TreeSet<>(names))
        .map(meant -> "you meant `%s`; %s has %s.".formatted(meant, catalog.source(), all))
        .orElse("take one of %s.".formatted(all));
  }
}
