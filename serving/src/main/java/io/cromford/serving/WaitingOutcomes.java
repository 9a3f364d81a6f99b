package io.cromford.serving;

import io.cromford.core.Row;
import io.cromford.core.SnapshotReader;
import io.cromford.core.SnapshotWriter;
import io.cromford.intake.BrokenRule;
import io.cromford.intake.RawRecord;
import io.cromford.intake.RecordJson;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/// Outcomes in quarantine whose observation nobody knows yet: they come out by themselves when it
/// arrives.
///
/// At most [#MOST] wait, and at most [#MOST_FOR_ONE] for one id; beyond that the oldest no longer
/// wait: they stay in quarantine, and `quarantine replay` takes them. A fold; about 200 bytes an
/// outcome.
final class WaitingOutcomes {
  /// The most that wait.
  static final int MOST = 100_000;

  /// The most that wait for one observation.
  static final int MOST_FOR_ONE = 16;

  private final Map<Long, Waiting> byPosition = new LinkedHashMap<>();
  private final Map<Object, List<Long>> byId = new HashMap<>();

  /// @param id of the observation
  private record Waiting(Object id, SourceBook source) {}

  void save(SnapshotWriter out) {
    out.section("waiting");
    out.count(byPosition.size());
    byPosition.forEach((position, waiting) -> {
      out.number(position);
      out.maybe(waiting.id() instanceof String text ? text : null, out::text);
      out.number(waiting.id() instanceof Long number ? number : 0);
      out.text(waiting.source().name());
    });
  }

  /// @param sources gives a source by its name
  void restore(SnapshotReader in, Function<String, SourceBook> sources) {
    in.section("waiting");
    in.times(() -> {
      long position = in.number();
      String text = in.maybe(in::text);
      long number = in.number();
      Object id = text == null ? (Object) number : text;
      byPosition.put(position, new Waiting(id, sources.apply(in.text())));
      byId.computeIfAbsent(id, _ -> new ArrayList<>(1)).add(position);
    });
  }

  /// Whether a record that broke a rule of this name waits for its observation.
  static boolean isFor(String rule) {
    return rule.equals(BrokenRule.UNKNOWN_ID.text());
  }

  /// Takes a record that went to quarantine.
  ///
  /// @param position of its QUARANTINED record
  void take(SourceBook source, Quarantined record, long position) {
    if (source.definition().isObservation() || !isFor(record.rule())) {
      return;
    }
    Row row = new Row(source.definition().schema());
    if (!read(source, record, row)) {
      return;
    }
    Object id = id(source, row);
    byPosition.put(position, new Waiting(id, source));
    List<Long> same = byId.computeIfAbsent(id, _ -> new ArrayList<>(1));
    same.add(position);
    if (same.size() > MOST_FOR_ONE) {
      left(same.getFirst());
    }
    if (byPosition.size() > MOST) {
      left(byPosition.keySet().iterator().next());
    }
  }

  /// Reads a quarantined record into a row, as far as its values hold their contract.
  ///
  /// @return whether they do
  static boolean read(SourceBook source, Quarantined record, Row into) {
    RawRecord raw = new RawRecord(source.definition().schema());
    return new RecordJson(source.definition().schema()).read(record.record(), raw)
        && source.contract().checkValues(raw, into) == null;
  }

  /// A record left quarantine.
  void left(long position) {
    Waiting waiting = byPosition.remove(position);
    if (waiting != null) {
      byId.computeIfPresent(
          waiting.id(),
          (_, same) -> {
            same.remove(position);
            return same.isEmpty() ? null : same;
          });
    }
  }

  /// The positions of what waits for the observation of an id, in the order of their arrival; from
  /// now on they wait no longer.
  List<Long> call(SourceBook observations, Row row) {
    if (byPosition.isEmpty()) {
      return List.of();
    }
    List<Long> called = byId.getOrDefault(id(observations, row), List.of());
    for (long position : List.copyOf(called)) {
      byPosition.remove(position);
    }
    byId.remove(id(observations, row));
    return List.copyOf(called);
  }

  /// The positions of what a source said and what waits for the same observation as a row of it.
  List<Long> like(SourceBook source, Row row) {
    return byId.getOrDefault(id(source, row), List.of()).stream()
        .filter(position -> source(position) == source)
        .toList();
  }

  /// The source of a record that waits.
  SourceBook source(long position) {
    Waiting waiting = byPosition.get(position);
    if (waiting == null) {
      throw new IllegalArgumentException("no outcome waits at " + position);
    }
    return waiting.source();
  }

  /// How many of a source wait.
  long count(SourceBook source) {
    return byPosition.values().stream().filter(waiting -> waiting.source() == source).count();
  }

  private static Object id(SourceBook source, Row row) {
    String text = row.text(source.idColumn());
    return text == null ? (Object) row.slot(source.idColumn()) : text;
  }
}
