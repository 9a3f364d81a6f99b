package io.cromford.training;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/// The parameters of [RuleLearner].
///
/// @param any conditions such as `amount >= 200`, any of which is enough; may be empty
public record RuleParameters(List<String> any) implements Parameters {
  static final String LEARNER = "rules";
  private static final String ANY = "any";

  /// Copies the conditions.
  public RuleParameters {
    any = List.copyOf(any);
  }

  static RuleParameters of(ParameterReader reader) {
    String text = reader.text(ANY, "");
    return new RuleParameters(text.isEmpty() ? List.of() : List.of(text.split(" or ")));
  }

  @Override
  public String learner() {
    return LEARNER;
  }

  @Override
  public SequencedMap<String, Object> toMap() {
    LinkedHashMap<String, Object> map = new LinkedHashMap<>();
    map.put(ANY, String.join(" or ", any));
    return map;
  }
}
