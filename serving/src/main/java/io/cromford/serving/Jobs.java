package io.cromford.serving;

import io.cromford.core.CromfordException;
import io.cromford.core.ErrorCode;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;

/// The long work that runs beside the serving. May be used by several threads.
final class Jobs {
  private final Map<Long, Job> running = new ConcurrentSkipListMap<>();
  private final AtomicLong last = new AtomicLong();

  /// Work begins; it is to be closed when it is over.
  ///
  /// @param subject what it is about
  Job begin(Job.Kind kind, String subject, JobCost cost) {
    long id = last.incrementAndGet();
    Job job = new Job(id, kind, subject, cost, Instant.now(), () -> running.remove(id));
    running.put(id, job);
    return job;
  }

  /// What runs, in the order in which it began.
  List<JobStatus> running() {
    return running.values().stream().map(Job::status).toList();
  }

  /// A job that runs.
  ///
  /// @throws CromfordException NOT_FOUND if it does not
  Job require(long id) {
    Job job = running.get(id);
    if (job == null) {
      throw new CromfordException(
          ErrorCode.NOT_FOUND,
          "no job %d runs.\nMaybe it is over: `cromford jobs list` has those that run."
              .formatted(id));
    }
    return job;
  }
}
