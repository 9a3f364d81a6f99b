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
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The one thread that owns the ledger and all folds, fed by a bounded queue.
///
/// It takes as many tasks as wait, up to a limit, runs them, commits the ledger once for all of
/// them, and only then lets their answers out: a group commit.
final class Owner implements AutoCloseable {
  /// The most tasks that wait.
  static final int QUEUE_LIMIT = 1024;

  private static final int GROUP_LIMIT = 64;

  private final BlockingQueue<Task> queue = new ArrayBlockingQueue<>(QUEUE_LIMIT);
  private final Runnable commit;
  private final Consumer<RuntimeException> broken;
  private final Thread thread;
  private volatile boolean open = true;

  /// Work for the owning thread.
  interface Task {
    /// Does the work; what it appends is not yet on disk.
    void run();

    /// The group is on disk, or is not: answer.
    ///
    /// @param failure why it is not on disk; null if it is
    void answer(@Nullable CromfordException failure);
  }

  /// @param commit writes what was appended; throws a [CromfordException] if it cannot
  /// @param broken hears, on the owning thread, of a task that failed half-way, before anyone is
  ///   answered
  Owner(String name, Runnable commit, Consumer<RuntimeException> broken) {
    this.commit = commit;
    this.broken = broken;
    this.thread = Thread.ofPlatform().name(name).start(this::loop);
  }

  int queued() {
    return queue.size();
  }

  /// Hands in a task.
  ///
  /// @return false if the queue is full or the owner is closed
  boolean offer(Task task) {
    return open && queue.offer(task);
  }

  /// Runs something on the owning thread and waits for its result, committed.
  ///
  /// What the work throws is thrown here, and whatever it appended before is committed all the
  /// same.
  <T> T call(Callable<T> work) {
    if (!open) {
      throw new CromfordException(ErrorCode.UNAVAILABLE, "the factory is stopping.");
    }
    CompletableFuture<T> result = new CompletableFuture<>();
    put(new Call<>(work, result));
    try {
      return result.get();
    } catch (InterruptedException e) {
      throw interrupted(e);
    } catch (ExecutionException e) {
      throw unwrapped(e);
    }
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
      try {
        group.add(queue.take());
      } catch (InterruptedException e) {
        continue;
      }
      queue.drainTo(group, GROUP_LIMIT - 1);
      CromfordException failure = runGroup(group);
      group.forEach(task -> task.answer(failure));
      stopped = group.stream().anyMatch(Stop.class::isInstance);
      group.clear();
    }
  }

  private @Nullable CromfordException runGroup(List<Task> group) {
    try {
      group.forEach(Task::run);
    } catch (RuntimeException failure) {
      broken.accept(failure);
      return asExpected(failure);
    }
    try {
      commit.run();
      return null;
    } catch (CromfordException failure) {
      return failure;
    }
  }

  private static CromfordException asExpected(RuntimeException failure) {
    return failure instanceof CromfordException expected
        ? expected
        : new CromfordException(
            ErrorCode.INTERNAL, "the factory failed on a record: " + failure, failure);
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

  private record Call<T>(Callable<T> work, CompletableFuture<T> result, Outcome<T> outcome)
      implements Task {
    Call(Callable<T> work, CompletableFuture<T> result) {
      this(work, result, new Outcome<>());
    }

    @Override
    public void run() {
      try {
        outcome.value = work.call();
      } catch (Exception e) {
        outcome.failure = e;
      }
    }

    @Override
    @SuppressWarnings("NullAway") // a future may well be completed with null
    public void answer(@Nullable CromfordException failure) {
      if (outcome.failure != null) {
        result.completeExceptionally(outcome.failure);
      } else if (failure != null) {
        result.completeExceptionally(failure);
      } else {
        result.complete(outcome.value);
      }
    }
  }

  private static final class Outcome<T> {
    private @Nullable T value;
    private @Nullable Exception failure;
  }

  private record Stop() implements Task {
    @Override
    public void run() {}

    @Override
    public void answer(@Nullable CromfordException failure) {}
  }
}
