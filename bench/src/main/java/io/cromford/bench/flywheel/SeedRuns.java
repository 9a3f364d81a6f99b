package io.cromford.bench.flywheel;

import io.cromford.core.CromfordException;
import io.cromford.core.ErrorCode;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;

/// Runs something for each of some seeds, as many at a time as there are cores.
final class SeedRuns {
  private SeedRuns() {}

  /// The results in the order of the seeds.
  ///
  /// @param seeds how many, from 1 on
  static <T> List<T> of(int seeds, IntFunction<T> run) {
    List<T> results = new ArrayList<>();
    try (ExecutorService pool =
        Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors())) {
      List<Future<T>> runs = new ArrayList<>();
      for (int seed = 1; seed <= seeds; seed++) {
        int number = seed;
        runs.add(pool.submit(() -> run.apply(number)));
      }
      for (Future<T> one : runs) {
        results.add(one.get());
      }
    } catch (ExecutionException e) {
      throw new CromfordException(ErrorCode.EXTERNAL, "a run failed: " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CromfordException(ErrorCode.UNAVAILABLE, "interrupted", e);
    }
    return results;
  }
}
