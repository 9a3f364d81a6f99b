package io.cromford.intake;

import io.cromford.intake.ContractResult.Accepted;
import io.cromford.intake.ContractResult.Refused;
import io.cromford.intake.ObservationQueue.Entry;
import io.cromford.intake.OutcomeQueue.Pending;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The records of all sources' files in the order of their arrival, read as they are asked for.
///
/// An observation arrives when it happens, an outcome as its source says; neither before a record
/// that was given earlier, so an observation out of order arrives when the clock already stands. At
/// one instant outcomes come before observations, else the sources follow each other in their order
/// and rows in that of their files. An outcome never comes before its observation. The same files
/// and the same start give the same stream.
///
/// Each row comes out exactly once, accepted or refused. A file that cannot be read on ends the
/// stream with an exception after what was good before it. For one thread.
public final class ArrivalStream implements AutoCloseable {
  /// Where a stream begins.
  ///
  /// @param clockMillis the factory's clock: nothing arrives before it; 0 for a new factory
  /// @param latestMillis the latest that any event can be, but for [EventTime#maxAhead]: wall time
  /// @param taken what was taken in before
  /// @param known the observations that were accepted before; one that this stream gives has to be
  ///   known at the latest 65,536 observations later
  public record Start(
      long clockMillis, long latestMillis, TakenRows taken, KnownObservations known) {
    /// A new factory.
    public static Start fresh(long latestMillis) {
      return new Start(0, latestMillis, TakenRows.NONE, KnownObservations.NONE);
    }
  }

  private final List<ObservationQueue> observations = new ArrayList<>();
  private final List<FileRows> observedRows = new ArrayList<>();
  private final List<OutcomeQueue> outcomes = new ArrayList<>();
  private final Map<String, AcceptedIds> ids = new HashMap<>();
  private final boolean startsFresh;
  private long clockMillis;
  private boolean started;

  private ArrivalStream(List<SourceDefinition> sources, Start start) {
    this.clockMillis = start.clockMillis();
    this.startsFresh = start.clockMillis() == 0;
    for (int i = 0; i < sources.size(); i++) {
      add(i, sources.get(i), start);
    }
  }

  /// Opens the stream of those sources that have files; the files are opened when they are needed.
  ///
  /// @param sources in the order of the factory file
  /// @param start where the stream begins
  public static ArrivalStream open(List<SourceDefinition> sources, Start start) {
    return new ArrivalStream(sources, start);
  }

  private void add(int index, SourceDefinition source, Start start) {
    Reading reading = source.reading();
    if (reading == null) {
      return;
    }
    FileRows rows = new FileRows(source, reading, start.taken());
    switch (source.role()) {
      case SourceDefinition.Observation _ -> {
        ids(source.name(), start);
        observedRows.add(rows);
        observations.add(new ObservationQueue(source, rows, start.latestMillis()));
      }
      case SourceDefinition.Outcome role ->
          outcomes.add(
              new OutcomeQueue(
                  index, source, role, rows, ids(role.of(), start), start.latestMillis()));
    }
  }

  private AcceptedIds ids(String source, Start start) {
    return ids.computeIfAbsent(source, name -> new AcceptedIds(name, start.known()));
  }

  /// The next record. What the one before it holds is overwritten.
  ///
  /// @return null at the end
  /// @throws io.cromford.core.CromfordException if a file cannot be found or read on
  public @Nullable Arrived next() {
    if (!started) {
      started = true;
      startClock();
    }
    ObservationQueue observed = nextObservation();
    readOutcomesAhead();
    Pending outcome = nextOutcome();
    if (outcome != null && (observed == null || outcome.dueMillis <= arrival(observed))) {
      return give(outcome.queue.take());
    }
    return observed == null ? null : give(observed);
  }

  /// Which share of the observations' files was read, by their bytes: 0 to 1.
  public double share() {
    long bytes = observedRows.stream().mapToLong(FileRows::bytes).sum();
    long read = observedRows.stream().mapToLong(FileRows::bytesRead).sum();
    return bytes == 0 ? 0 : Math.min(1, (double) read / bytes);
  }

  /// Whether an observation is still to come; the record last given stays valid.
  public boolean hasObservations() {
    return nextObservation() != null;
  }

  /// The factory's clock: when the record last given arrived.
  public long clockMillis() {
    return clockMillis;
  }

  /// A new factory's clock starts at its first event, even if the first rows are refused.
  private void startClock() {
    if (!startsFresh) {
      return;
    }
    long earliest = Long.MAX_VALUE;
    for (ObservationQueue queue : observations) {
      earliest = Math.min(earliest, queue.earliestMillis());
    }
    clockMillis = earliest == Long.MAX_VALUE ? 0 : earliest;
  }

  private @Nullable ObservationQueue nextObservation() {
    ObservationQueue first = null;
    for (ObservationQueue queue : observations) {
      if (queue.advance(clockMillis) && (first == null || arrival(queue) < arrival(first))) {
        first = queue;
      }
    }
    return first;
  }

  private long arrival(ObservationQueue queue) {
    Entry head = queue.head();
    return head.refused != null
        ? clockMillis
        : Math.max(clockMillis, queue.contract().eventMillis(head.row));
  }

  private void readOutcomesAhead() {
    for (OutcomeQueue queue : outcomes) {
      queue.readAhead(clockMillis, haveEnded(queue.observationSource()));
    }
  }

  private boolean haveEnded(String source) {
    for (ObservationQueue queue : observations) {
      if (queue.source().name().equals(source) && queue.advance(clockMillis)) {
        return false;
      }
    }
    return true;
  }

  private @Nullable Pending nextOutcome() {
    Pending first = null;
    for (OutcomeQueue queue : outcomes) {
      Pending head = queue.head();
      if (head != null && (first == null || head.compareTo(first) < 0)) {
        first = head;
      }
    }
    return first;
  }

  private Arrived give(Pending outcome) {
    OutcomeQueue queue = outcome.queue;
    clockMillis = Math.max(clockMillis, outcome.dueMillis);
    Refused refused = outcome.refused;
    if (refused == null) {
      refused = queue.contract().checkLate(outcome.row, clockMillis);
    }
    ContractResult result = refused == null ? new Accepted(outcome.row) : refused;
    return new Arrived(queue.source(), outcome.raw, outcome.origin, result, clockMillis);
  }

  private Arrived give(ObservationQueue queue) {
    clockMillis = arrival(queue);
    Entry entry = queue.take();
    Refused refused = entry.refused;
    if (refused == null) {
      refused = queue.contract().checkLate(entry.row, clockMillis);
    }
    tell(queue, entry, refused == null);
    ContractResult result = refused == null ? new Accepted(entry.row) : refused;
    return new Arrived(queue.source(), entry.raw, entry.origin, result, clockMillis);
  }

  /// Tells the outcomes what became of their observation.
  private void tell(ObservationQueue queue, Entry entry, boolean accepted) {
    if (outcomes.isEmpty()) {
      return;
    }
    int column = queue.source().idColumn();
    if (!accepted && !queue.contract().readColumn(entry.raw, entry.row, column)) {
      return;
    }
    String name = queue.source().name();
    Object id = AcceptedIds.id(entry.row, column);
    AcceptedIds known = ids.get(name);
    if (accepted && known != null) {
      known.add(id, queue.contract().eventMillis(entry.row));
    }
    for (OutcomeQueue outcome : outcomes) {
      if (!outcome.observationSource().equals(name)) {
        continue;
      }
      if (accepted) {
        outcome.accepted(id, queue.contract().eventMillis(entry.row), clockMillis);
      } else {
        outcome.refused(id, clockMillis);
      }
    }
  }

  @Override
  public void close() {
    observations.forEach(ObservationQueue::close);
    outcomes.forEach(OutcomeQueue::close);
  }
}
