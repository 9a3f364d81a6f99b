package io.cromford.intake;

import io.cromford.core.Row;
import java.util.HashMap;
import java.util.Map;

/// The event times of one source's accepted observations: the latest from memory, the others from
/// who keeps them.
///
/// Two generations of ids, so that between [#GENERATION] and twice as many are remembered.
final class AcceptedIds {
  /// How many observations are remembered at least.
  static final int GENERATION = 65_536;

  private final String source;
  private final KnownObservations known;
  private Map<Object, Long> recent = new HashMap<>();
  private Map<Object, Long> older = new HashMap<>();

  AcceptedIds(String source, KnownObservations known) {
    this.source = source;
    this.known = known;
  }

  /// The id of a row as a key: its text, or its slot.
  static Object id(Row row, int column) {
    String text = row.text(column);
    return text != null ? text : (Object) row.slot(column);
  }

  void add(Object id, long eventMillis) {
    if (recent.size() == GENERATION) {
      Map<Object, Long> emptied = older;
      older = recent;
      recent = emptied;
      recent.clear();
    }
    recent.putIfAbsent(id, eventMillis);
  }

  /// The event time of an observation, or [KnownObservations#UNKNOWN].
  long eventMillis(Object id, Row row, int column) {
    Long found = recent.get(id);
    if (found == null) {
      found = older.get(id);
    }
    return found != null ? found : known.eventMillis(source, row.slot(column), row.text(column));
  }
}
