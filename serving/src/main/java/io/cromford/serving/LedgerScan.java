package io.cromford.serving;

import io.cromford.core.Row;
import io.cromford.ledger.LedgerReader;
import io.cromford.ledger.RecordKind;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads observations and the decisions on them out of the ledger, from the newest back or on from
/// one, for one thread beside the serving. It keeps one stretch at a time in memory, and of it what
/// was wanted.
final class LedgerScan implements AutoCloseable {
  private static final int SHORTEST = 256;
  private static final int LONGEST = 1 << 14;

  private final Books.Places places;
  private final LedgerReader reader;
  private final SourceBook source;

  /// An observation that was found.
  ///
  /// @param row a copy of its columns
  /// @param decision what was decided; null if nothing was
  /// @param position of the decision's record; -1 if nothing was decided
  record Hit(
      int ordinal, Row row, long arrivalMillis, @Nullable DecisionRecord decision, long position) {}

  /// What is wanted.
  interface Filter {
    /// Whether an observation may be wanted.
    boolean wants(Row row);

    /// Whether what was decided on it is wanted.
    ///
    /// @param decision null if nothing was
    boolean wants(@Nullable DecisionRecord decision);
  }

  /// What was found.
  ///
  /// @param hits in the order of the search
  /// @param until the ordinal at which the search ended: nothing beyond it was looked at
  record Found(List<Hit> hits, int until) {}

  /// @param reader of what is committed; closed with this
  /// @param source to read observations with, of this thread's own
  LedgerScan(Books.Places places, LedgerReader reader, SourceBook source) {
    this.places = places;
    this.reader = reader;
    this.source = source;
  }

  /// Searches back.
  ///
  /// @param from the ordinal behind the first that is looked at
  /// @param floor the last ordinal that is looked at
  /// @param limit how many are wanted
  Found back(int from, int floor, int limit, Filter filter) {
    List<Hit> hits = new ArrayList<>();
    int top = from;
    for (int length = SHORTEST; top > floor && hits.size() < limit; length = longer(length)) {
      int bottom = Math.max(floor, top - length);
      List<Hit> stretch = stretch(bottom, top, filter);
      for (int i = stretch.size() - 1; i >= 0 && hits.size() < limit; i--) {
        hits.add(stretch.get(i));
      }
      top = bottom;
    }
    return new Found(hits, hits.size() < limit ? top : hits.getLast().ordinal());
  }

  /// Searches on.
  ///
  /// @param from the first ordinal that is looked at
  /// @param ceiling the ordinal behind the last
  /// @param limit how many are wanted
  Found on(int from, int ceiling, int limit, Filter filter) {
    List<Hit> hits = new ArrayList<>();
    int bottom = from;
    for (int length = SHORTEST; bottom < ceiling && hits.size() < limit; length = longer(length)) {
      int top = Math.min(ceiling, bottom + length);
      List<Hit> stretch = stretch(bottom, top, filter);
      hits.addAll(stretch.subList(0, Math.min(stretch.size(), limit - hits.size())));
      bottom = top;
    }
    return new Found(hits, hits.size() < limit ? bottom : hits.getLast().ordinal() + 1);
  }

  private static int longer(int length) {
    return Math.min(LONGEST, 2 * length);
  }

  /// One observation.
  Hit at(int ordinal) {
    return stretch(ordinal, ordinal + 1, ALL).getFirst();
  }

  /// Everything.
  static final Filter ALL =
      new Filter() {
        @Override
        public boolean wants(Row row) {
          return true;
        }

        @Override
        public boolean wants(@Nullable DecisionRecord decision) {
          return true;
        }
      };

  /// A decision stands behind its observation and before the next one.
  private List<Hit> stretch(int bottom, int top, Filter filter) {
    List<Hit> hits = new ArrayList<>();
    reader.seek(places.observed()[bottom]);
    int ordinal = bottom - 1;
    @Nullable Hit open = null;
    while (reader.next()) {
      if (reader.kind() == RecordKind.OBSERVATION) {
        open = closed(open, filter, hits);
        if (++ordinal >= top) {
          return hits;
        }
        open = observed(ordinal, filter);
      } else if (reader.kind() == RecordKind.DECISION && open != null) {
        DecisionRecord decision = DecisionRecord.decode(reader.body());
        Hit decided =
            new Hit(ordinal, open.row(), open.arrivalMillis(), decision, reader.position());
        open = closed(decided, filter, hits);
        if (ordinal + 1 == top) {
          return hits;
        }
      }
    }
    var _ = closed(open, filter, hits);
    return hits;
  }

  private @Nullable Hit observed(int ordinal, Filter filter) {
    source.read(reader);
    if (!filter.wants(source.row())) {
      return null;
    }
    Row row = new Row(source.row().schema());
    row.copyFrom(source.row());
    return new Hit(ordinal, row, reader.arrivalMillis(), null, -1);
  }

  private static @Nullable Hit closed(@Nullable Hit hit, Filter filter, List<Hit> hits) {
    if (hit != null && filter.wants(hit.decision())) {
      hits.add(hit);
    }
    return null;
  }

  /// When an observation arrived.
  long arrivalMillis(int ordinal) {
    return reader.read(places.observed()[ordinal]).header().arrivalMillis();
  }

  /// The first ordinal that arrived at a moment or later; as many as there are if none did.
  int firstFrom(long millis) {
    int low = 0;
    int high = places.size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (arrivalMillis(middle) < millis) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  @Override
  public void close() {
    reader.close();
  }
}
