package io.cromford.server;

import io.cromford.core.CromfordException;
import io.cromford.core.ErrorCode;
import io.cromford.core.Suggestions;
import io.cromford.intake.RecordJson;
import io.cromford.intake.SourceDefinition;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The factory's sources, each with the reader of its records. For one thread.
final class Sources {
  /// A source and the reader of its records.
  record Reader(SourceDefinition source, RecordJson json) {}

  private final Map<String, Reader> readers = new HashMap<>();
  private final List<SourceDefinition> sources;

  Sources(List<SourceDefinition> sources) {
    this.sources = List.copyOf(sources);
    for (SourceDefinition source : sources) {
      readers.put(source.name(), new Reader(source, new RecordJson(source.schema())));
    }
  }

  Optional<Reader> find(String name) {
    return Optional.ofNullable(readers.get(name));
  }

  /// The source of an endpoint that has one kind.
  ///
  /// @param observation whether it is for observations, else for outcomes
  /// @param asked the source that the request names; empty if it names none
  /// @throws CromfordException NOT_FOUND if there is no such source, USAGE if there are several and
  ///   none is named
  Reader ofKind(boolean observation, Optional<String> asked) {
    List<String> names =
        sources.stream()
            .filter(source -> source.isObservation() == observation)
            .map(SourceDefinition::name)
            .toList();
    String kind = observation ? "observations" : "outcomes";
    if (asked.isEmpty() && names.size() > 1) {
      throw new CromfordException(
          ErrorCode.USAGE,
          "there are several sources of %s.\nMaybe name one: `?source=%s`; there are %s."
              .formatted(kind, names.getFirst(), String.join(", ", names)));
    }
    if (names.isEmpty() || !names.contains(asked.orElse(names.getFirst()))) {
      throw new CromfordException(
          ErrorCode.NOT_FOUND,
          names.isEmpty()
              ? "the factory has no source of %s.\nMaybe declare one in its factory.yaml."
                  .formatted(kind)
              : unknown(kind, asked.orElseThrow(), names));
    }
    return find(asked.orElse(names.getFirst())).orElseThrow();
  }

  /// The message for a source that does not exist.
  String unknown(String asked) {
    return unknown("records", asked, sources.stream().map(SourceDefinition::name).toList());
  }

  private static String unknown(String kind, String asked, List<String> names) {
    String shown = asked.length() > 64 ? asked.substring(0, 64) + "…" : asked;
    return Suggestions.nearest(shown, names)
        .map(near ->
            "there is no source of %s named `%s`.\nMaybe you meant `%s`."
                .formatted(kind, shown, near))
        .orElse(
            "there is no source of %s named `%s`.\nMaybe one of %s."
                .formatted(kind, shown, String.join(", ", names)));
  }
}
