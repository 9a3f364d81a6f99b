package io.cromford.training;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.FutureTask;

/// Runs tasks on an executor and gathers their results in the tasks' order.
final class SideBySide {
  private SideBySide() {}

  /// All tasks started at once; the executor decides how many run together.
  ///
  /// @throws RuntimeException the failure of the first task, by order, that failed; the others are
  ///   cancelled
  static <T> List<FutureTask<T>> start(List<Callable<T>> tasks, Executor executor) {
    List<FutureTask<T>> started = new ArrayList<>();
    for (Callable<T> task : tasks) {
      FutureTask<T> future = new FutureTask<>(task);
      started.add(future);
      executor.execute(future);
    }
    return started;
  }

  /// Waits for one task of those started.
  static <T> T result(FutureTask<T> task, List<FutureTask<T>> all) {
    try {
      return task.get();
    } catch (InterruptedException e) {
      cancel(all);
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while models were being fitted", e);
    } catch (ExecutionException e) {
      cancel(all);
      throw failure(e);
    }
  }

  private static <T> void cancel(List<FutureTask<T>> tasks) {
    tasks.forEach(task -> task.cancel(true));
  }

  private static RuntimeException failure(ExecutionException wrapped) {
    return switch (wrapped.getCause()) {
      case RuntimeException failure -> failure;
      case Error error -> throw error;
      case null, default -> new IllegalStateException("a fit failed", wrapped);
    };
  }
}
