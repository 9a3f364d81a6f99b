package io.cromford.serving.definition;

import io.cromford.core.Schema;
import io.cromford.intake.Arrival;
import io.cromford.intake.Cleaning;
import io.cromford.intake.EventTime;
import io.cromford.intake.Reading;
import io.cromford.intake.Rule;
import io.cromford.intake.SourceDefinition;
import io.cromford.intake.SourceDefinition.Observation;
import io.cromford.intake.SourceDefinition.Outcome;
import io.cromford.intake.SourceDefinition.Role;
import io.cromford.intake.SourceDefinition.Terms;
import io.cromford.intake.SourceDefinition.Timing;
import io.cromford.serving.definition.Value.Fields;
import io.cromford.training.Segment;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Reads all sources: checks first what each says, then what they say of each other; definitions
/// are made only of what holds.
final class SourcesReader {
  private static final Duration MAX_AHEAD = Duration.ofMinutes(5);
  private static final Duration MAX_LATE = Duration.ofDays(30);

  private final Map<String, SourceReader> readers = new LinkedHashMap<>();
  private final Map<String, Terms> terms = new LinkedHashMap<>();
  private final List<Rule> segments = new ArrayList<>();
  private final Path folder;
  private final Problems problems;

  SourcesReader(Fields file, Path folder, Problems problems) {
    this.folder = folder;
    this.problems = problems;
    Fields sources = file.fields("sources").orElse(Fields.NONE);
    for (String name : sources.names()) {
      sources
          .fields(name)
          .ifPresent(source -> readers.put(name, new SourceReader(name, source, problems)));
    }
    readers.forEach((name, reader) -> terms.put(name, terms(reader)));
    Fields parts = file.fields("segments").orElse(Fields.NONE);
    observation().ifPresent(reader -> segments.addAll(reader.conditions(parts, "segment")));
    if (segments.size() > Segment.MOST) {
      problems.add(
          file.keyPlace("segments"),
          "%d segments are over the limit of %d.".formatted(segments.size(), Segment.MOST),
          "leave out those that nobody looks at.");
    }
    if (file.has("sources")) {
      new SourceRelations(readers, problems).check(file.keyPlace("sources"));
    }
  }

  /// The observation that alerts, costs and features are about; empty if none holds.
  Optional<SourceReader> observation() {
    return readers.values().stream().filter(SourceReader::isObservation).findFirst();
  }

  /// The outcome sources, in order.
  List<SourceReader> outcomes() {
    return readers.values().stream().filter(SourceReader::isOutcome).toList();
  }

  /// The parts of the observations that are looked at by themselves.
  List<Rule> segments() {
    return segments;
  }

  /// The definitions. Only to be called while there is no problem.
  List<SourceDefinition> definitions() {
    List<SourceDefinition> definitions = new ArrayList<>();
    for (SourceReader reader : readers.values()) {
      try {
        definitions.add(definition(reader));
      } catch (IllegalArgumentException e) {
        problems.add(reader.source().place(), e);
      }
    }
    return definitions;
  }

  private static Terms terms(SourceReader reader) {
    Map<String, List<Cleaning>> clean = reader.cleanings();
    List<Rule> rules = reader.rules();
    return new Terms(clean, rules);
  }

  private SourceDefinition definition(SourceReader reader) {
    Fields source = reader.source();
    Schema schema = reader.schema();
    if (schema == null) {
      throw new IllegalArgumentException("source `%s` has no columns".formatted(reader.name()));
    }
    Reading reading =
        source.fields("read").map(read -> ReadingReader.read(read, folder)).orElse(null);
    Timing timing = new Timing(eventTime(source), arrival(source));
    return new SourceDefinition(
        reader.name(),
        schema,
        role(reader),
        timing,
        terms.getOrDefault(reader.name(), Terms.NONE),
        reading);
  }

  private static Role role(SourceReader reader) {
    String id = reader.id().orElseThrow();
    return reader
        .source()
        .get("of", Reference.class)
        .<Role>map(of -> new Outcome(id, of.source(), of.column()))
        .orElseGet(() -> new Observation(id));
  }

  private static @Nullable EventTime eventTime(Fields source) {
    return source
        .fields("event-time")
        .map(time ->
            new EventTime(
                time.get("column", String.class).orElseThrow(),
                time.get("zone", ZoneId.class).orElse(ZoneOffset.UTC),
                time.get("max-ahead", Duration.class).orElse(MAX_AHEAD),
                time.get("max-late", Duration.class).orElse(MAX_LATE)))
        .orElse(null);
  }

  private static Arrival arrival(Fields source) {
    return source
        .fields("arrival")
        .<Arrival>map(arrival -> {
          Reference after = arrival.get("after", Reference.class).orElseThrow();
          Duration delay = arrival.get("delay", Duration.class).orElseThrow();
          return new Arrival.After(after.source(), after.column(), delay);
        })
        .orElseGet(Arrival.AtEventTime::new);
  }
}
