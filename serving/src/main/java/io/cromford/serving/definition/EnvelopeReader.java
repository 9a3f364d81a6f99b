package io.cromford.serving.definition;

import io.cromford.flywheel.Envelope;
import io.cromford.serving.definition.Value.Fields;
import io.cromford.training.Parameters;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/// Reads within what a challenger takes over without a person, and checks it.
final class EnvelopeReader {
  private EnvelopeReader() {}

  /// Names bounds that nothing can keep, and those that bound nothing.
  ///
  /// @param learners those that compete
  static void check(Fields envelope, List<String> learners, Problems problems) {
    for (Value.Leaf learner : envelope.leaves("learners")) {
      if (!learners.isEmpty() && !learners.contains(String.valueOf(learner.value()))) {
        problems.add(
            learner.place(),
            "`%s` is approved, but `training.learners` has %s."
                .formatted(learner.value(), String.join(", ", learners)),
            "take it away, or let it compete.");
      }
    }
    TreeSet<String> known = new TreeSet<>();
    learners.forEach(learner -> known.addAll(Parameters.of(learner, Map.of()).toMap().keySet()));
    Fields parameters = envelope.fields("parameters").orElse(Fields.NONE);
    for (String name : parameters.names()) {
      if (!learners.isEmpty() && !known.contains(name)) {
        problems.addUnknown(
            parameters.keyPlace(name),
            "no learner that competes has a parameter `%s`.".formatted(name),
            name,
            known);
      }
      checkRange(name, parameters, problems);
    }
  }

  private static void checkRange(String name, Fields parameters, Problems problems) {
    Fields range = parameters.fields(name).orElse(Fields.NONE);
    boolean isEmpty =
        range.has("from") && range.has("to") && number(range, "from") > number(range, "to");
    if (isEmpty) {
      problems.add(
          parameters.valuePlace(name),
          "no `%s` lies from %s to %s.".formatted(name, number(range, "from"), number(range, "to")),
          "write the smaller one first.");
    }
  }

  static Envelope read(Fields envelope) {
    return new Envelope(
        envelope.words("learners"),
        envelope.get("features", String.class).orElse(""),
        parameters(envelope.fields("parameters").orElse(Fields.NONE)),
        envelope.get("segment-loss-at-most", Double.class).orElse(null),
        envelope.get("expires", String.class).map(EnvelopeReader::midnight).orElse(null),
        envelope.get("approved-by", String.class).orElse(""));
  }

  private static SortedMap<String, Envelope.Range> parameters(Fields parameters) {
    SortedMap<String, Envelope.Range> ranges = new TreeMap<>();
    for (String name : parameters.names()) {
      Fields range = parameters.fields(name).orElseThrow();
      ranges.put(name, new Envelope.Range(number(range, "from"), number(range, "to")));
    }
    return ranges;
  }

  private static double number(Fields range, String key) {
    return range.get(key, Double.class).orElseThrow();
  }

  /// The start of a day, in UTC.
  private static Instant midnight(String day) {
    return LocalDate.parse(day).atStartOfDay(ZoneOffset.UTC).toInstant();
  }
}
