package io.cromford.serving;

import io.cromford.core.SnapshotReader;
import io.cromford.core.SnapshotWriter;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/// The entities that had a positive: which observations, and when that was known last.
///
/// A positive that is corrected no longer counts; others of the same entity still do. At most
/// [#MOST_FOR_ONE] are kept of an entity, those known last.
final class PositiveEntities {
  private static final int MOST_FOR_ONE = 64;

  private final Map<Long, Map<Integer, Long>> arrivals = new HashMap<>();

  void save(SnapshotWriter out) {
    out.section("positives");
    out.sorted(
        arrivals,
        (entity, known) -> {
          out.number(entity);
          out.count(known.size());
          known.forEach((ordinal, arrival) -> {
            out.count(ordinal);
            out.number(arrival);
          });
        });
  }

  void restore(SnapshotReader in) {
    in.section("positives");
    in.times(() -> {
      Map<Integer, Long> known = new LinkedHashMap<>(2);
      arrivals.put(in.number(), known);
      in.times(() -> known.put(in.count(), in.number()));
    });
  }

  /// Takes the news of an observation.
  ///
  /// @param arrival of the news; [Desk#NOT_POSITIVE] if it is none after all
  void take(long entity, int ordinal, long arrival) {
    Map<Integer, Long> known = arrivals.computeIfAbsent(entity, _ -> new LinkedHashMap<>(2));
    known.remove(ordinal);
    if (arrival != Desk.NOT_POSITIVE) {
      known.put(ordinal, arrival);
    }
    if (known.size() > MOST_FOR_ONE) {
      known.remove(known.keySet().iterator().next());
    }
    if (known.isEmpty()) {
      arrivals.remove(entity);
    }
  }

  /// When the latest news of an entity's positives came; [Desk#NOT_POSITIVE] if it has none.
  long latest(long entity) {
    long latest = Desk.NOT_POSITIVE;
    for (long arrival : arrivals.getOrDefault(entity, Map.of()).values()) {
      latest = Math.max(latest, arrival);
    }
    return latest;
  }
}
