package io.cromford.serving;

import io.cromford.core.CromfordException;
import io.cromford.core.ErrorCode;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// The one thread that owns the ledger and all folds, fed by a bounded queue.
///
/// It takes as many tasks as wait, up to a limit, runs them, commits the ledger once for all of
/// them, and only then lets their answers out: a group commit. Nothing that a task throws ends it.
final class Owner implements AutoCloseable {
  /// The most tasks that wait.
  static final int QUEUE_LIMIT = 1024;

  private static final int GROUP_LIMIT = 64;
  private static final long IDLE_MILLIS = 1000;
  private static final System.Logger LOG = System.getLogger(Owner.class.getName());

  private final BlockingQueue<Task> queue = new ArrayBlockingQueue<>(QUEUE_LIMIT);
  private final Care care;
  private final Thread thread;
  private volatile boolean open = true;
  private volatile boolean ended;

  /// What is owned, and how it is looked after; all of it is called on the owning thread.
  interface Care {
    /// Writes what was appended.
    ///
    /// @throws CromfordException if it cannot; what was appended stays
    void commit();

    /// A task failed half-way; nobody has been answered yet.
    void broken(Throwable failure);

    /// Nothing has come for a second: time to try again what could not be done.
    void idle();
  }

  /// Work for the owning thread.
  interface Task {
    /// Does the work; what it appends is not yet on disk.
    void run();

    /// The group is on disk, or is not: answer.
    ///
    /// @param failure why it is not on disk; null if it is
    void answer(@Nullable CromfordException failure);
  }

  Owner(String name, Care care) {
    this.care = care;
    this.thread = Thread.ofPlatform().name(name).start(this::loop);
  }

  int queued() {
    return queue.size();
  }

  /// Hands in a task.
  ///
  /// @return false if the queue is full or the owner is closed
  boolean offer(Task task) {
    return open && queue.offer(task) && !missed(task);
  }

  /// Whether a task came behind the last one: of the owner, which empties the queue at its end, and
  /// of who put it there, one alone takes it out.
  private boolean missed(Task task) {
    return ended && queue.remove(task);
  }

  /// Runs something on the owning thread and waits for its result, committed.
  ///
  /// What the work throws is thrown here, and whatever it appended before is committed all the
  /// same.
  <T> T call(Callable<T> work) {
    return wait(new Call<>(work, false));
  }

  private <T> T wait(Call<T> call) {
    if (!open) {
      throw stopping();
    }
    put(call);
    if (missed(call)) {
      throw stopping();
    }
    try {
      return call.result.get();
    } catch (InterruptedException e) {
      throw interrupted(e);
    } catch (ExecutionException e) {
      throw unwrapped(e);
    }
  }

  /// Runs something on the owning thread that reads only what is on disk, and waits for its result;
  /// it counts whether or not the disk takes what else is going on.
  <T> T look(Callable<T> work) {
    return wait(new Call<>(work, true));
  }

  /// Finishes what waits, and stops.
  @Override
  public void close() {
    if (!open) {
      return;
    }
    open = false;
    put(new Stop());
    try {
      thread.join();
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  private void put(Task task) {
    if (Thread.currentThread().equals(thread)) {
      throw new IllegalStateException("the owning thread waits for itself");
    }
    try {
      queue.put(task);
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  private void loop() {
    List<Task> group = new ArrayList<>();
    boolean stopped = false;
    while (!stopped) {
      Task first = next();
      if (first == null) {
        attempt(care::idle);
        continue;
      }
      group.add(first);
      queue.drainTo(group, GROUP_LIMIT - 1);
      answer(group, runGroup(group));
      stopped = group.stream().anyMatch(Stop.class::isInstance);
      group.clear();
    }
    ended = true;
    queue.drainTo(group);
    answer(group, stopping());
  }

  /// The next task; null if none came for a while.
  private @Nullable Task next() {
    try {
      return queue.poll(IDLE_MILLIS, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      return null;
    }
  }

  private @Nullable CromfordException runGroup(List<Task> group) {
    try {
      group.forEach(Task::run);
      return commit();
    } catch (RuntimeException | Error failure) {
      attempt(() -> care.broken(failure));
      return asExpected(failure);
    }
  }

  private @Nullable CromfordException commit() {
    try {
      care.commit();
      return null;
    } catch (CromfordException failure) {
      return failure;
    }
  }

  private static void answer(List<Task> group, @Nullable CromfordException failure) {
    group.forEach(task -> attempt(() -> task.answer(failure)));
  }

  /// Whoever is called back may fail; the owner goes on.
  private static void attempt(Runnable work) {
    try {
      work.run();
    } catch (RuntimeException | Error failure) {
      LOG.log(
          System.Logger.Level.ERROR,
          "the factory''s thread goes on after a failure: {0}",
          Trace.of(failure));
    }
  }

  private static CromfordException stopping() {
    return new CromfordException(
        ErrorCode.UNAVAILABLE, "the factory is stopping.\nMaybe send it again in a minute.");
  }

  private static CromfordException asExpected(Throwable failure) {
    return failure instanceof CromfordException expected
        ? expected
        : new CromfordException(
            ErrorCode.INTERNAL,
            "the factory failed on a record: " + failure.getClass().getSimpleName(),
            failure);
  }

  private static CromfordException interrupted(InterruptedException e) {
    Thread.currentThread().interrupt();
    return new CromfordException(ErrorCode.UNAVAILABLE, "interrupted while waiting.", e);
  }

  private static RuntimeException unwrapped(ExecutionException wrapped) {
    return switch (wrapped.getCause()) {
      case RuntimeException failure -> failure;
      case Error error -> throw error;
      case null, default ->
          new CromfordException(ErrorCode.INTERNAL, "a task failed: " + wrapped, wrapped);
    };
  }

  private static final class Call<T> implements Task {
    private final Callable<T> work;
    private final boolean readsOnly;
    private final CompletableFuture<T> result = new CompletableFuture<>();
    private @Nullable T value;
    private @Nullable Exception failed;

    Call(Callable<T> work, boolean readsOnly) {
      this.work = work;
      this.readsOnly = readsOnly;
    }

    @Override
    public void run() {
      try {
        value = work.call();
      } catch (Exception e) {
        failed = e;
      }
    }

    @Override
    @SuppressWarnings("NullAway") // a future may well be completed with null
    public void answer(@Nullable CromfordException failure) {
      if (failed != null) {
        result.completeExceptionally(failed);
      } else if (failure != null && !readsOnly) {
        result.completeExceptionally(failure);
      } else {
        result.complete(value);
      }
    }
  }

  private record Stop() implements Task {
    @Override
    public void run() {}

    @Override
    public void answer(@Nullable CromfordException failure) {}
  }
}
