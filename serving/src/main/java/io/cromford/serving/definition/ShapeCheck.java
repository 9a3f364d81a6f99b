package io.cromford.serving.definition;

import io.cromford.serving.definition.ScalarType.JsonForm;
import io.cromford.serving.definition.Shape.ByForm;
import io.cromford.serving.definition.Shape.Need;
import io.cromford.serving.definition.Shape.Section;
import io.cromford.serving.definition.Shape.Word;
import io.cromford.serving.definition.Value.Fields;
import io.cromford.serving.definition.Value.Items;
import io.cromford.serving.definition.Value.Leaf;
import io.cromford.serving.definition.Value.Named;
import io.cromford.serving.definition.YamlNode.Entry;
import io.cromford.serving.definition.YamlNode.Mapping;
import io.cromford.serving.definition.YamlNode.Scalar;
import io.cromford.serving.definition.YamlNode.Sequence;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// Holds a YAML tree against its shape and makes values of its words, gathering every problem on
/// the way.
final class ShapeCheck {
  private final Variables variables;
  private final Problems problems;

  ShapeCheck(Variables variables, Problems problems) {
    this.variables = variables;
    this.problems = problems;
  }

  /// Checks a part of the file.
  ///
  /// @param path the keys that lead to it, with dots; empty for the whole
  /// @return empty if it does not have the shape at all
  Optional<Value> check(Shape shape, YamlNode node, String path) {
    return switch (shape) {
      case Word(ScalarType type) when node instanceof Scalar scalar -> word(type, scalar, path);
      case Section section when node instanceof Mapping mapping ->
          Optional.of(section(section, mapping, path));
      case Shape.Named named when node instanceof Mapping mapping && !mapping.entries().isEmpty() ->
          Optional.of(named(named, mapping, path));
      case Shape.Sequence(Shape items)
          when node instanceof Sequence list && !list.items().isEmpty() ->
          Optional.of(items(items, list, path));
      case ByForm form -> byForm(form, node, path);
      default -> misshapen(shape, node, path);
    };
  }

  private Optional<Value> byForm(ByForm form, YamlNode node, String path) {
    Shape fitting =
        switch (node) {
          case Scalar _ -> form.word();
          case Mapping _ -> form.section();
          case Sequence _ -> form.list();
        };
    return fitting == null ? misshapen(form, node, path) : check(fitting, node, path);
  }

  private Optional<Value> misshapen(Shape shape, YamlNode node, String path) {
    boolean empty =
        switch (node) {
          case Scalar scalar -> scalar.isNull();
          case Mapping mapping -> mapping.entries().isEmpty();
          case Sequence list -> list.items().isEmpty();
        };
    problems.add(
        node.place(),
        empty
            ? "%s is empty; it has to be %s.".formatted(subject(path), shape.noun())
            : "%s is %s, not %s.".formatted(subject(path), node.form(), shape.noun()),
        advice(shape, empty));
    return Optional.empty();
  }

  private static String advice(Shape shape, boolean empty) {
    return switch (shape) {
      case Word(ScalarType type) -> type.advice();
      case Section section -> "it has the keys %s.".formatted(String.join(", ", section.names()));
      case Shape.Named _ ->
          empty ? "add a name and its value below it, or take it away." : "write `name: value`.";
      case Shape.Sequence _ -> "write it like `[one, two]`.";
      case ByForm(Word word, _, _) when word != null -> word.type().advice();
      case ByForm _ -> "";
    };
  }

  private Optional<Value> word(ScalarType type, Scalar scalar, String path) {
    if (scalar.isNull()) {
      return misshapen(new Word(type), scalar, path);
    }
    String text = variables.replace(scalar.text(), scalar.place());
    boolean isVariable = !text.equals(scalar.text());
    if (!isVariable && isOfOtherKind(type, scalar)) {
      problems.add(
          scalar.place(),
          "%s is %s, not %s."
              .formatted(
                  subject(path), scalar.plain() ? text : "the text `" + text + "`", type.noun()),
          scalar.plain() ? type.advice() : "write it without quotes.");
      return Optional.empty();
    }
    Optional<?> value = type.parser().apply(text);
    if (value.isEmpty() && !text.contains("${")) {
      problems.add(
          scalar.place(),
          "%s is `%s`, not %s.".formatted(subject(path), text, type.noun()),
          type.advice());
    }
    return value.map(found -> new Leaf(found, scalar.plain(), scalar.place()));
  }

  /// Whether YAML tells a number or boolean from a text otherwise than the key does.
  private static boolean isOfOtherKind(ScalarType type, Scalar scalar) {
    return switch (type.form()) {
      case JsonForm.Text(String pattern) ->
          pattern.startsWith("^")
              && scalar.plain()
              && (scalar.text().equals("true") || scalar.text().equals("false"));
      case JsonForm.Words _ -> false;
      case JsonForm.Whole _, JsonForm.Decimal _, JsonForm.Bool _ -> !scalar.plain();
    };
  }

  private Value items(Shape shape, Sequence list, String path) {
    return new Items(
        list.items().stream().flatMap(item -> check(shape, item, path).stream()).toList(),
        list.place());
  }

  private Value section(Section section, Mapping mapping, String path) {
    Map<String, Named> named = new LinkedHashMap<>();
    Map<String, Entry> entries = unique(mapping, path);
    entries.forEach((name, entry) ->
        section
            .find(name)
            .ifPresentOrElse(
                key -> put(named, key.shape(), entry, path), () -> unknown(section, entry, path)));
    section.keys().stream()
        .filter(key -> key.need() == Need.REQUIRED && !entries.containsKey(key.name()))
        .forEach(key -> missing(key, mapping, path));
    return new Fields(named, mapping.place());
  }

  private Value named(Shape.Named shape, Mapping mapping, String path) {
    Map<String, Named> named = new LinkedHashMap<>();
    unique(mapping, path)
        .values()
        .forEach(entry -> {
          if (name(shape.names(), entry.key(), join(path, entry.key().text()))) {
            put(named, shape.values(), entry, path);
          }
        });
    return new Fields(named, mapping.place());
  }

  private boolean name(ScalarType type, Scalar key, String path) {
    boolean holds = type.parser().apply(key.text()).isPresent();
    if (!holds) {
      problems.add(key.place(), "`%s` is not %s.".formatted(path, type.noun()), type.advice());
    }
    return holds;
  }

  private void put(Map<String, Named> named, Shape shape, Entry entry, String path) {
    String name = entry.key().text();
    check(shape, entry.value(), join(path, name))
        .ifPresent(value -> named.put(name, new Named(entry.key().place(), value)));
  }

  private Map<String, Entry> unique(Mapping mapping, String path) {
    Map<String, Entry> entries = new LinkedHashMap<>();
    for (Entry entry : mapping.entries()) {
      Entry first = entries.putIfAbsent(entry.key().text(), entry);
      if (first != null) {
        problems.add(
            entry.key().place(),
            "`%s` is there twice, first on line %d."
                .formatted(join(path, entry.key().text()), first.key().place().line()),
            "take one of them away.");
      }
    }
    return entries;
  }

  private void unknown(Section section, Entry entry, String path) {
    problems.addUnknown(
        entry.key().place(),
        "%s has no key `%s`.".formatted(subject(path), entry.key().text()),
        entry.key().text(),
        section.names());
  }

  private void missing(Shape.Key key, Mapping mapping, String path) {
    problems.add(
        mapping.place(),
        "%s lacks `%s`.".formatted(subject(path), key.name()),
        "add it. %s".formatted(key.description()));
  }

  private static String subject(String path) {
    return path.isEmpty() ? "the file" : "`" + path + "`";
  }

  private static String join(String path, String name) {
    return path.isEmpty() ? name : path + "." + name;
  }
}
