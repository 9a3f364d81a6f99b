package io.cromford.intake;

import io.cromford.core.Row;
import java.util.HashMap;
import java.util.Map;

/// The event times of one source's accepted observations: from who keeps them, and from memory
/// those that were given lately and may not have got there yet. Of an id that comes twice the first
/// counts.
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
    if (!older.containsKey(id)) {
      recent.putIfAbsent(id, eventMillis);
    }
  }

  /// The event time of an observation, or [KnownObservations#UNKNOWN].
  long eventMillis(Object id, Row row, int column) {
    long kept = known.eventMillis(source, row.slot(column), row.text(column));
    if (kept != KnownObservations.UNKNOWN) {
      return kept;
    }
    Long found = older.get(id);
    if (found == null) {
      found = recent.get(id);
    }
    return found == null ? KnownObservations.UNKNOWN : found;
  }
}
