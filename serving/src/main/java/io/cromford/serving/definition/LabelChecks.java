package io.cromford.serving.definition;

import io.cromford.core.ColumnType;
import io.cromford.core.Schema;
import io.cromford.serving.definition.Value.Fields;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Checks what the label, and the kinds of outcome that speak before it, say of the sources.
final class LabelChecks {
  private final Fields label;
  private final SourcesReader sources;
  private final Problems problems;

  LabelChecks(Fields file, SourcesReader sources, Problems problems) {
    this.label = file.fields("label").orElse(Fields.NONE);
    this.sources = sources;
    this.problems = problems;
  }

  void check() {
    if (label.equals(Fields.NONE)) {
      return;
    }
    checkKind(label, "the label", "label.maturity");
    List<Fields> provisional = label.sections("provisional");
    for (Fields kind : provisional) {
      checkKind(kind, "the provisional outcome", "label.provisional.maturity");
      checkSooner(kind);
    }
    if (provisional.size() > LabelDefinition.MOST_PROVISIONAL) {
      problems.add(
          label.keyPlace("provisional"),
          "there are %d kinds of provisional outcomes, more than %d."
              .formatted(provisional.size(), LabelDefinition.MOST_PROVISIONAL),
          "let one source tell several of them.");
    }
    checkSourcesDiffer(provisional);
  }

  /// The outcome source that has the label's column.
  Optional<SourceReader> source() {
    return source(label);
  }

  /// The names of the sources that tell the label and what is provisional, in order; to be asked
  /// where the file holds.
  List<String> sources() {
    List<String> names = new ArrayList<>();
    names.add(source(label).orElseThrow().name());
    label.sections("provisional").forEach(kind -> names.add(source(kind).orElseThrow().name()));
    return names;
  }

  private Optional<SourceReader> source(Fields kind) {
    Optional<String> column = kind.get("column", String.class);
    return sources.outcomes().stream()
        .filter(source -> column.isPresent() && has(source, column.get()))
        .findFirst();
  }

  private void checkKind(Fields kind, String noun, String maturity) {
    kind.get("column", String.class).ifPresent(column -> checkColumn(kind, noun, column));
    if (kind.get("maturity", Duration.class).map(Duration::isZero).orElse(false)) {
      problems.add(
          kind.valuePlace("maturity"), "`%s` is 0.".formatted(maturity), "write it like `7d`.");
    }
  }

  private void checkColumn(Fields kind, String noun, String column) {
    List<SourceReader> outcomes = sources.outcomes();
    Place place = kind.valuePlace("column");
    List<SourceReader> owners = outcomes.stream().filter(source -> has(source, column)).toList();
    if (owners.isEmpty()) {
      if (outcomes.stream().allMatch(source -> source.schema() != null) && !outcomes.isEmpty()) {
        problems.addUnknown(
            place, "no outcome has a column `%s`.".formatted(column), column, columns(outcomes));
      }
      return;
    }
    if (owners.size() > 1) {
      problems.add(
          place,
          "`%s` is a column of `%s` and of `%s`."
              .formatted(column, owners.get(0).name(), owners.get(1).name()),
          "rename one of them.");
    }
    ColumnType type = type(owners.getFirst(), column);
    if (type.kind() != ColumnType.Kind.BOOLEAN) {
      problems.add(
          place,
          "%s `%s` is a %s; what is learnt here is yes or no.".formatted(noun, column, type),
          "declare it a boolean, and map its words: `clean: {%s: {map: {Y: true, N: false}}}`."
              .formatted(column));
    }
    checkDelay(kind, owners.getFirst());
  }

  private void checkDelay(Fields kind, SourceReader outcome) {
    Optional<Duration> delay =
        outcome.source().fields("arrival").flatMap(a -> a.get("delay", Duration.class));
    Optional<Duration> maturity = kind.get("maturity", Duration.class);
    if (delay.isPresent() && maturity.isPresent() && delay.get().compareTo(maturity.get()) > 0) {
      problems.add(
          kind.valuePlace("maturity"),
          "an outcome arrives after its observation counts as mature: every one would be learnt as "
              + "unknown.",
          "write a maturity at least as long as the delay of `%s`.".formatted(outcome.name()));
    }
  }

  /// What comes no sooner than the label says nothing before it.
  private void checkSooner(Fields kind) {
    Optional<Duration> own = kind.get("maturity", Duration.class);
    Optional<Duration> labels = label.get("maturity", Duration.class);
    if (own.isPresent() && labels.isPresent() && own.get().compareTo(labels.get()) >= 0) {
      problems.add(
          kind.valuePlace("maturity"),
          "a provisional outcome takes as long as the label.",
          "write a maturity shorter than `label.maturity`, or leave it out.");
    }
  }

  /// A source tells one kind, or nobody could say which of its columns is to be believed.
  private void checkSourcesDiffer(List<Fields> provisional) {
    List<String> taken = new ArrayList<>();
    source(label).ifPresent(source -> taken.add(source.name()));
    for (Fields kind : provisional) {
      source(kind)
          .map(SourceReader::name)
          .ifPresent(name -> {
            if (taken.contains(name)) {
              problems.add(
                  kind.valuePlace("column"),
                  "`%s` tells two kinds of outcomes.".formatted(name),
                  "name a column of another source, or give the second kind a source of its own.");
            }
            taken.add(name);
          });
    }
  }

  private static List<String> columns(List<SourceReader> sources) {
    return sources.stream()
        .flatMap(source -> Optional.ofNullable(source.schema()).stream())
        .flatMap(schema -> schema.columns().stream())
        .map(column -> column.name())
        .distinct()
        .toList();
  }

  private static boolean has(SourceReader source, String column) {
    Schema schema = source.schema();
    return schema != null && schema.find(column).isPresent();
  }

  private static ColumnType type(SourceReader source, String column) {
    Schema schema = source.schema();
    if (schema == null) {
      throw new IllegalStateException("no schema");
    }
    return schema.column(schema.indexOf(column)).type();
  }
}
