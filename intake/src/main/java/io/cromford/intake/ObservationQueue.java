package io.cromford.intake;

import io.cromford.core.Row;
import io.cromford.intake.ContractResult.Refused;
import java.util.ArrayDeque;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/// The observations of one source in the order of their files, looking ahead where one is in doubt.
///
/// In a file the clock is the events' own, so a gap in time cannot be told from a wrong date by the
/// row alone. An event further ahead of the clock than `max-ahead` is believed if most of the rows
/// that follow it are not earlier than it by more than that; an event of 2099 amid those of today
/// is refused and does not move the clock.
final class ObservationQueue implements AutoCloseable {
  /// How many rows behind one in doubt are asked.
  static final int LOOK_AHEAD = 64;

  /// An observation that was read.
  static final class Entry {
    final RawRecord raw;
    final Row row;
    @Nullable Refused refused;
    Origin origin = new Origin("", "", 0, 0);

    Entry(SourceDefinition source) {
      raw = new RawRecord(source.schema());
      row = new Row(source.schema());
    }
  }

  private final SourceDefinition source;
  private final Contract contract;
  private final FileRows rows;
  private final long latestMillis;
  private final ArrayDeque<Entry> ahead = new ArrayDeque<>();
  private final ArrayDeque<Entry> free = new ArrayDeque<>();
  private @Nullable Entry taken;
  private boolean headIsJudged;
  private boolean ended;
  private @Nullable RuntimeException failure;

  ObservationQueue(SourceDefinition source, FileRows rows, long latestMillis) {
    this.source = source;
    this.contract = new Contract(source);
    this.rows = rows;
    this.latestMillis = latestMillis;
  }

  SourceDefinition source() {
    return source;
  }

  Contract contract() {
    return contract;
  }

  /// Sees to it that the next observation is read, and its event time held against a clock: the one
  /// at which it is seen for the first time.
  ///
  /// @return false at the end
  boolean advance(long clockMillis) {
    if (headIsJudged) {
      return true;
    }
    if (ahead.isEmpty() && !readOne()) {
      RuntimeException stopped = failure;
      if (stopped != null) {
        throw stopped;
      }
      return false;
    }
    headIsJudged = true;
    judge(ahead.getFirst(), clockMillis);
    return true;
  }

  /// The next observation, where [#advance] has found one.
  Entry head() {
    return ahead.getFirst();
  }

  /// Takes the head away; it is valid until the next one is taken.
  Entry take() {
    if (taken != null) {
      free.add(taken);
    }
    headIsJudged = false;
    Entry head = ahead.removeFirst();
    taken = head;
    return head;
  }

  /// The earliest event among the next rows, without taking them.
  ///
  /// @return [Long#MAX_VALUE] if none of them has a time
  long earliestMillis() {
    lookAhead();
    long earliest = Long.MAX_VALUE;
    for (Entry entry : ahead) {
      if (entry.refused == null) {
        earliest = Math.min(earliest, contract.eventMillis(entry.row));
      }
    }
    return earliest;
  }

  private void judge(Entry head, long clockMillis) {
    if (head.refused != null || contract.checkAhead(head.row, clockMillis) == null) {
      return;
    }
    boolean believed = contract.checkAhead(head.row, latestMillis) == null && isConfirmed();
    head.refused = believed ? null : contract.checkAhead(head.row, clockMillis);
  }

  /// Whether most rows that follow the head do not find it too far ahead of themselves.
  private boolean isConfirmed() {
    lookAhead();
    Iterator<Entry> entries = ahead.iterator();
    Entry head = entries.next();
    int asked = 0;
    int confirming = 0;
    while (entries.hasNext()) {
      Entry entry = entries.next();
      if (entry.refused == null) {
        asked++;
        long clock = contract.eventMillis(entry.row);
        confirming += contract.checkAhead(head.row, clock) == null ? 1 : 0;
      }
    }
    return asked == 0 || 2 * confirming > asked;
  }

  private void lookAhead() {
    boolean more = true;
    while (more && ahead.size() <= LOOK_AHEAD) {
      more = readOne();
    }
  }

  /// Reads one row; a failure waits until what was read before it is taken.
  private boolean readOne() {
    if (ended) {
      return false;
    }
    Entry entry = free.isEmpty() ? new Entry(source) : free.removeLast();
    try {
      Origin origin = rows.read(entry.raw);
      if (origin == null) {
        ended = true;
        return false;
      }
      entry.origin = origin;
    } catch (RuntimeException e) {
      failure = e;
      ended = true;
      return false;
    }
    entry.refused = contract.checkValues(entry.raw, entry.row);
    ahead.add(entry);
    return true;
  }

  @Override
  public void close() {
    rows.close();
  }
}
