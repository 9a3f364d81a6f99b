package io.cromford.serving;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Long work beside the serving, as it is under way. May be used by several threads.
final class Job implements AutoCloseable {
  private final long id;
  private final Kind kind;
  private final String subject;
  private final JobCost cost;
  private final Instant startedAt;
  private final Runnable whenClosed;
  private final List<Runnable> stops = new ArrayList<>();
  private long done;
  private @Nullable String cancelled;

  /// What is done.
  enum Kind {
    BACKFILL,
    TRAINING,
    COMPARISON,
    SEARCH,
    SNAPSHOT
  }

  Job(long id, Kind kind, String subject, JobCost cost, Instant startedAt, Runnable whenClosed) {
    this.id = id;
    this.kind = kind;
    this.subject = subject;
    this.cost = cost;
    this.startedAt = startedAt;
    this.whenClosed = whenClosed;
  }

  long id() {
    return id;
  }

  Kind kind() {
    return kind;
  }

  /// So many of its rows have been done.
  synchronized void at(long rows) {
    done = rows;
  }

  /// What ends a part of it at once; run now if it was cancelled already.
  void whenCancelled(Runnable stop) {
    if (!addStop(stop)) {
      stop.run();
    }
  }

  private synchronized boolean addStop(Runnable stop) {
    if (cancelled == null) {
      stops.add(stop);
    }
    return cancelled == null;
  }

  /// Ends it.
  ///
  /// @param reason by whom and why, in words
  void cancel(String reason) {
    cancelled(reason).forEach(Runnable::run);
  }

  private synchronized List<Runnable> cancelled(String reason) {
    if (cancelled != null) {
      return List.of();
    }
    cancelled = reason;
    return List.copyOf(stops);
  }

  /// By whom and why it was cancelled; null if it was not.
  synchronized @Nullable String cancelled() {
    return cancelled;
  }

  /// How it stands.
  synchronized JobStatus status() {
    return new JobStatus(
        id,
        kind.name().toLowerCase(Locale.ROOT),
        subject,
        cancelled != null ? "being cancelled" : "",
        startedAt,
        done,
        cost);
  }

  /// It is over.
  @Override
  public void close() {
    whenClosed.run();
  }
}
