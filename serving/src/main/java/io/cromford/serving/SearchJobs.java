package io.cromford.serving;

import io.cromford.core.CromfordException;
import io.cromford.core.ErrorCode;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/// Searches that go through years of decisions: one after the other on a thread of their own, as
/// jobs that are listed and can be cancelled. What they found is kept for a while in memory; a
/// restart forgets it. Any thread may call.
final class SearchJobs implements AutoCloseable {
  /// The most that run or wait at once.
  static final int MOST_AT_ONCE = 4;

  /// The most that are remembered.
  static final int MOST_KEPT = 8;

  /// How long what was found is kept.
  static final Duration KEPT = Duration.ofMinutes(10);

  /// Of a line with its columns, as a guess.
  private static final long BYTES_FOUND = 1000;

  private static final System.Logger LOG = System.getLogger(SearchJobs.class.getName());

  private final Function<DecisionSearch, Prepared> searches;
  private final Jobs jobs;
  private final InstantSource wall;
  private final Executor worker;
  private final Map<String, Search> known = new LinkedHashMap<>();

  /// A search that was checked and can begin.
  interface Prepared {
    /// How many observations it looks at at most.
    long rows();

    /// Does it.
    ///
    /// @param progress is told how many observations were looked at
    /// @param isCancelled ends it soon
    DecisionPage run(LongConsumer progress, BooleanSupplier isCancelled);
  }

  /// @param searches checks a search
  /// @param wall by which what was found is forgotten
  /// @param worker runs them
  SearchJobs(
      Function<DecisionSearch, Prepared> searches, Jobs jobs, InstantSource wall, Executor worker) {
    this.searches = searches;
    this.jobs = jobs;
    this.wall = wall;
    this.worker = worker;
  }

  /// On a thread of its own.
  static SearchJobs start(
      Function<DecisionSearch, Prepared> searches, Jobs jobs, InstantSource wall) {
    return new SearchJobs(
        searches,
        jobs,
        wall,
        Executors.newSingleThreadExecutor(Thread.ofPlatform().daemon().name("searches").factory()));
  }

  /// One of them. Its fields are this class's to guard.
  private static final class Search {
    private final String id = UUID.randomUUID().toString();
    private final Job job;
    private final long rows;
    private SearchJob.State state = SearchJob.State.RUNNING;
    private long done;
    private @Nullable DecisionPage page;
    private @Nullable Instant expiresAt;

    Search(Job job, long rows) {
      this.job = job;
      this.rows = rows;
    }

    SearchJob view() {
      return new SearchJob(
          id,
          job.id(),
          state,
          done,
          rows,
          Optional.ofNullable(page),
          Optional.ofNullable(expiresAt));
    }
  }

  /// Begins a search.
  ///
  /// @throws CromfordException USAGE if it asks for a column that is none; UNAVAILABLE if there are
  ///   as many as may be
  SearchJob begin(DecisionSearch asked) {
    Prepared prepared = searches.apply(asked);
    Search search = accept(prepared.rows());
    try {
      worker.execute(() -> run(search, prepared));
    } catch (RejectedExecutionException e) {
      search.job.close();
      throw new CromfordException(ErrorCode.UNAVAILABLE, "the factory is stopping.", e);
    }
    return find(search.id);
  }

  private synchronized Search accept(long rows) {
    forget();
    long running =
        known.values().stream().filter(one -> one.state == SearchJob.State.RUNNING).count();
    if (running >= MOST_AT_ONCE) {
      throw new CromfordException(
          ErrorCode.UNAVAILABLE,
          "%d searches run or wait already.\nMaybe wait for one of them, or cancel it: `cromford jobs list` has them."
              .formatted(running));
    }
    JobCost cost = new JobCost(rows, Duration.ZERO, SearchJob.MOST_FOUND * BYTES_FOUND, 0);
    Search search = new Search(jobs.begin(Job.Kind.SEARCH, "older decisions", cost), rows);
    known.put(search.id, search);
    return search;
  }

  /// Forgets what has expired, and the oldest of too many.
  private void forget() {
    Instant now = wall.instant();
    known.values().removeIf(search -> search.expiresAt != null && !now.isBefore(search.expiresAt));
    while (known.size() > MOST_KEPT - 1 && hasEnded()) {
      Search oldest =
          known.values().stream()
              .filter(search -> search.state != SearchJob.State.RUNNING)
              .findFirst()
              .orElseThrow();
      known.remove(oldest.id);
    }
  }

  private boolean hasEnded() {
    return known.values().stream().anyMatch(one -> one.state != SearchJob.State.RUNNING);
  }

  private void run(Search search, Prepared prepared) {
    try (Job job = search.job) {
      DecisionPage found = prepared.run(rows -> at(search, rows), () -> job.cancelled() != null);
      ended(
          search,
          job.cancelled() != null ? SearchJob.State.CANCELLED : SearchJob.State.DONE,
          job.cancelled() != null ? null : found);
    } catch (RuntimeException e) {
      LOG.log(System.Logger.Level.WARNING, "a search of older decisions failed", e);
      ended(search, SearchJob.State.FAILED, null);
    }
  }

  private synchronized void at(Search search, long rows) {
    search.done = rows;
    search.job.at(rows);
  }

  private synchronized void ended(
      Search search, SearchJob.State state, @Nullable DecisionPage found) {
    search.state = state;
    search.page = found;
    search.expiresAt = wall.instant().plus(KEPT);
  }

  /// How a search stands, and what it found.
  ///
  /// @throws CromfordException NOT_FOUND if there is none, or it is forgotten
  synchronized SearchJob find(String id) {
    forget();
    Search search = known.get(id);
    if (search == null) {
      throw new CromfordException(
          ErrorCode.NOT_FOUND,
          "there is no such search.\nMaybe it is over since more than %d minutes, or the factory was started again: search anew."
              .formatted(KEPT.toMinutes()));
    }
    return search.view();
  }

  @Override
  public void close() {
    synchronized (this) {
      known.values().forEach(search -> search.job.cancel("the factory stops"));
    }
    if (worker instanceof ExecutorService threads) {
      threads.shutdownNow();
    }
  }
}
