package io.cromford.serving;

import io.cromford.serving.definition.DecisionDefinition;
import io.cromford.serving.definition.FactoryDefinition;
import io.cromford.serving.definition.FlywheelDefinition;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;

/// What decides beside the models: thresholds, costs, and the rules by which models come to serve.
/// Versioned like a model, and a record in the ledger, so that a decision of any age is made again
/// by the policies of its time.
///
/// @param decision what is done with a score
/// @param flywheel how the factory keeps itself right
record Policies(DecisionDefinition decision, FlywheelDefinition flywheel) {
  static Policies of(FactoryDefinition definition) {
    return new Policies(definition.decision(), definition.flywheel());
  }

  /// The version: the SHA-256 of what they say, as 64 hexadecimal digits.
  String version() {
    return ModelShelf.sha256(Control.JSON.writeValueAsString(this));
  }

  /// What changes from others to these, in words: `decision.alertsPerDay: 100 → 120`.
  String changesFrom(Policies before) {
    SortedMap<String, String> was = flat(before);
    SortedMap<String, String> is = flat(this);
    TreeSet<String> names = new TreeSet<>(was.keySet());
    names.addAll(is.keySet());
    List<String> changes = new ArrayList<>();
    for (String name : names) {
      String old = was.getOrDefault(name, "nothing");
      String now = is.getOrDefault(name, "nothing");
      if (!old.equals(now)) {
        changes.add("%s: %s → %s".formatted(name, old, now));
      }
    }
    return String.join("; ", changes);
  }

  private static SortedMap<String, String> flat(Policies policies) {
    SortedMap<String, String> values = new TreeMap<>();
    JsonNode tree = Control.JSON.valueToTree(policies);
    tree.properties().forEach(section -> flatten(section.getKey(), section.getValue(), values));
    return values;
  }

  private static void flatten(String name, JsonNode node, SortedMap<String, String> into) {
    if (node.isObject()) {
      node.properties()
          .forEach(entry -> flatten(name + "." + entry.getKey(), entry.getValue(), into));
    } else {
      into.put(name, node.isString() ? node.asString() : node.toString());
    }
  }
}
