package io.cromford.intake;

import io.cromford.core.Row;
import io.cromford.intake.ContractResult.Refused;
import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The outcomes of one source by the time at which they arrive, read ahead of that time.
///
/// An outcome whose observation is known is *scheduled*; one whose observation is not known *waits*
/// for it. At most [#LIMIT] outcomes wait, and reading pauses while as many are scheduled, so
/// memory is bounded by twice that. Files in the order of the observations or of the arrivals come
/// out exactly ordered, whatever their length; others if what is out of order lies less than the
/// limit apart, and else an outcome arrives when it is read.
///
/// When as many as the limit wait, the first of them is given up as unknown if the observation of a
/// later row has come already; if none has, the file is ahead of the observations and reading
/// pauses.
final class OutcomeQueue implements AutoCloseable {
  /// The most outcomes that wait for their observation, and the most that are read ahead.
  static final int LIMIT = 65_536;

  /// An outcome that was read and has not arrived.
  static final class Pending implements Comparable<Pending> {
    final OutcomeQueue queue;
    final RawRecord raw;
    final Row row;
    @Nullable Refused refused;
    Origin origin = new Origin("", "", 0, 0);
    long dueMillis;
    long number;

    /// The next one that waits for the same observation.
    @Nullable Pending next;

    /// The last one that waits for the same observation, kept at the first.
    Pending last = this;

    Pending(OutcomeQueue queue) {
      this.queue = queue;
      this.raw = new RawRecord(queue.source.schema());
      this.row = new Row(queue.source.schema());
    }

    @Override
    public int compareTo(Pending other) {
      int order = Long.compare(dueMillis, other.dueMillis);
      if (order == 0) {
        order = Integer.compare(queue.index, other.queue.index);
      }
      return order == 0 ? Long.compare(number, other.number) : order;
    }
  }

  private final int index;
  private final SourceDefinition source;
  private final SourceDefinition.Outcome role;
  private final Contract contract;
  private final FileRows rows;
  private final AcceptedIds ids;
  private final long latestMillis;
  private final Schedule scheduled = new Schedule();
  private final Map<Object, Pending> waiting = new LinkedHashMap<>();
  private final ArrayDeque<Pending> free = new ArrayDeque<>();
  private @Nullable Pending taken;
  private int waitingCount;
  private long read;
  private long lastKnown = -1;
  private boolean ended;
  private @Nullable RuntimeException failure;

  /// @param index the source's place among the sources
  /// @param ids the ids of its observations
  OutcomeQueue(
      int index,
      SourceDefinition source,
      SourceDefinition.Outcome role,
      FileRows rows,
      AcceptedIds ids,
      long latestMillis) {
    this.index = index;
    this.source = source;
    this.role = role;
    this.contract = new Contract(source);
    this.rows = rows;
    this.ids = ids;
    this.latestMillis = latestMillis;
  }

  SourceDefinition source() {
    return source;
  }

  Contract contract() {
    return contract;
  }

  String observationSource() {
    return role.of();
  }

  /// Reads ahead.
  ///
  /// @param observationsEnded whether no observation will come any more
  void readAhead(long clockMillis, boolean observationsEnded) {
    if (observationsEnded) {
      giveUpAll(clockMillis);
    }
    while (!ended && scheduled.size() < LIMIT && hasRoomToWait(clockMillis)) {
      readOne(clockMillis, observationsEnded);
    }
  }

  /// The outcome that arrives next, of those whose arrival is known.
  ///
  /// @return null if there is none now
  @Nullable Pending head() {
    Pending head = scheduled.peek();
    RuntimeException stopped = failure;
    if (head == null && stopped != null && waitingCount == 0) {
      throw stopped;
    }
    return head;
  }

  /// Takes the head away; it is valid until the next one is taken.
  Pending take() {
    if (taken != null) {
      taken.refused = null;
      taken.next = null;
      free.add(taken);
    }
    Pending head = scheduled.remove();
    taken = head;
    return head;
  }

  /// An observation was accepted: schedules what waits for it.
  void accepted(Object id, long eventMillis, long clockMillis) {
    for (Pending pending = remove(id); pending != null; pending = pending.next) {
      lastKnown = Math.max(lastKnown, pending.number);
      schedule(pending, eventMillis, clockMillis);
    }
  }

  /// An observation was refused: what waits for it has nothing to wait for.
  void refused(Object id, long clockMillis) {
    for (Pending pending = remove(id); pending != null; pending = pending.next) {
      giveUp(pending, clockMillis);
    }
  }

  private @Nullable Pending remove(Object id) {
    Pending first = waitingCount == 0 ? null : waiting.remove(id);
    for (Pending pending = first; pending != null; pending = pending.next) {
      waitingCount--;
    }
    return first;
  }

  private boolean hasRoomToWait(long clockMillis) {
    if (waitingCount < LIMIT) {
      return true;
    }
    Map.Entry<Object, Pending> oldest = waiting.entrySet().iterator().next();
    if (oldest.getValue().number > lastKnown) {
      return false;
    }
    refused(oldest.getKey(), clockMillis);
    return true;
  }

  private void readOne(long clockMillis, boolean observationsEnded) {
    Pending pending = free.isEmpty() ? new Pending(this) : free.removeLast();
    try {
      Origin origin = rows.read(pending.raw);
      if (origin == null) {
        ended = true;
        return;
      }
      pending.origin = origin;
    } catch (RuntimeException e) {
      failure = e;
      ended = true;
      return;
    }
    pending.number = read;
    read++;
    pending.refused = contract.checkValues(pending.raw, pending.row);
    if (pending.refused != null) {
      pending.dueMillis = clockMillis;
      scheduled.add(pending);
      return;
    }
    place(pending, clockMillis, observationsEnded);
  }

  private void place(Pending pending, long clockMillis, boolean observationsEnded) {
    Object id = AcceptedIds.id(pending.row, source.idColumn());
    long eventMillis = ids.eventMillis(id, pending.row, source.idColumn());
    if (eventMillis != KnownObservations.UNKNOWN) {
      lastKnown = pending.number;
      schedule(pending, eventMillis, clockMillis);
    } else if (observationsEnded) {
      giveUp(pending, clockMillis);
    } else {
      waitingCount++;
      append(waiting.putIfAbsent(id, pending), pending);
    }
  }

  private static void append(@Nullable Pending first, Pending pending) {
    pending.last = pending;
    if (first != null) {
      first.last.next = pending;
      first.last = pending;
    }
  }

  private void schedule(Pending pending, long eventMillis, long clockMillis) {
    pending.refused = contract.checkAfter(pending.row, eventMillis);
    if (pending.refused == null) {
      pending.refused = contract.checkAhead(pending.row, latestMillis);
    }
    pending.dueMillis = pending.refused == null ? due(pending, eventMillis) : clockMillis;
    scheduled.add(pending);
  }

  private long due(Pending pending, long eventMillis) {
    return switch (source.timing().arrival()) {
      case Arrival.After(_, _, var delay) -> eventMillis + delay.toMillis();
      case Arrival.AtEventTime() -> contract.eventMillis(pending.row);
    };
  }

  private void giveUpAll(long clockMillis) {
    for (Pending first : waiting.values()) {
      for (Pending pending = first; pending != null; pending = pending.next) {
        giveUp(pending, clockMillis);
      }
    }
    waiting.clear();
    waitingCount = 0;
  }

  private void giveUp(Pending pending, long clockMillis) {
    pending.refused = contract.unknownId(pending.row);
    pending.dueMillis = clockMillis;
    scheduled.add(pending);
  }

  @Override
  public void close() {
    rows.close();
  }
}
