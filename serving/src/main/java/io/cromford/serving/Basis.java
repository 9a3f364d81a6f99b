package io.cromford.serving;

import io.cromford.intake.Cleaning;
import io.cromford.intake.Rule;
import io.cromford.intake.SourceDefinition;
import io.cromford.serving.definition.DataDefinition;
import io.cromford.serving.definition.FactoryDefinition;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import java.util.TreeMap;

/// What folds take from the factory's file rather than from the ledger: where it is another, a
/// state that was kept is of no use. Policies and queries are not in it, for they are records.
final class Basis {
  private Basis() {}

  /// The SHA-256 of all of it, 64 hexadecimal digits.
  static String of(FactoryDefinition definition) {
    StringJoiner text = new StringJoiner("\n");
    DataDefinition data = definition.data();
    data.sources().forEach(source -> add(source, text));
    text.add(data.label().toString());
    add(data.segmentRules(), text);
    text.add(definition.monitors().toString());
    text.add(definition.flywheel().retrainEvery().toString());
    text.add(definition.learning().training().window().toString());
    text.add(definition.learning().training().validate().test().toString());
    return ModelShelf.sha256(text.toString());
  }

  private static void add(SourceDefinition source, StringJoiner text) {
    text.add(SourceSchema.of(source, 0, 0).toString());
    text.add(source.role().toString()).add(source.timing().toString());
    new TreeMap<>(source.terms().clean())
        .forEach((column, cleaning) -> cleaning.forEach(each -> text.add(column + text(each))));
    add(source.terms().rules(), text);
  }

  /// The same for the same on each machine: maps have no order.
  private static String text(Cleaning cleaning) {
    return cleaning instanceof Cleaning.MapValues(Map<String, String> values)
        ? " is " + new TreeMap<>(values)
        : " is " + cleaning;
  }

  private static void add(List<Rule> rules, StringJoiner text) {
    rules.forEach(rule -> text.add(rule.name() + ": " + rule.text()));
  }
}
