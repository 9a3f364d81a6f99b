package io.cromford.serving;

import io.cromford.core.CromfordException;
import io.cromford.core.ErrorCode;
import io.cromford.flywheel.Rollout;
import java.time.Instant;
import java.util.function.Supplier;

/// Runs a turn of the flywheel so that its failure becomes a record, not a standstill: the boundary
/// counts as passed, the champion goes on serving, and a person is called.
final class TurnAttempt {
  private static final System.Logger LOG = System.getLogger(TurnAttempt.class.getName());

  private TurnAttempt() {}

  /// Runs a turn beside the serving; whatever fails is recorded, and also that somebody cancelled
  /// it, but for a turn that was cut off because the factory stops: it is due again.
  ///
  /// @throws CromfordException UNAVAILABLE
  static Loop.Turn live(long boundary, Supplier<Loop.Turn> turn, Job job) {
    try {
      Loop.Turn done = turn.get();
      return orCancelled(boundary, job, done);
    } catch (RuntimeException | Error failure) {
      if (job.cancelled() != null) {
        return orCancelled(boundary, job, Loop.Turn.of());
      }
      if (failure instanceof CromfordException stopping
          && stopping.code() == ErrorCode.UNAVAILABLE) {
        throw stopping;
      }
      return failed(boundary, failure);
    }
  }

  private static Loop.Turn orCancelled(long boundary, Job job, Loop.Turn done) {
    String cancelled = job.cancelled();
    return cancelled == null
        ? done
        : Loop.Turn.of(
            Control.Skipped.quietly(boundary, "the training was cancelled " + cancelled));
  }

  /// Runs a turn while traffic waits. What the machine lacks (room on its disk, say) is thrown
  /// instead: the same file gives the same records on any machine, so the turn is tried again.
  ///
  /// @throws CromfordException of the category RESOURCE
  static Loop.Turn replayed(long boundary, Supplier<Loop.Turn> turn) {
    try {
      return turn.get();
    } catch (CromfordException failure) {
      if (isForLater(failure)) {
        throw failure;
      }
      return failed(boundary, failure);
    } catch (RuntimeException failure) {
      return failed(boundary, failure);
    }
  }

  /// Holds a champion against its predecessor; a failure takes nobody back.
  ///
  /// @throws CromfordException of the category RESOURCE: it is due again
  static Rollout.Event.Compared compared(long at, Supplier<Rollout.Event.Compared> comparison) {
    try {
      return comparison.get();
    } catch (RuntimeException failure) {
      if (failure instanceof CromfordException expected && isForLater(expected)) {
        throw expected;
      }
      LOG.log(System.Logger.Level.ERROR, "a comparison of models failed: {0}", Trace.of(failure));
      return new Rollout.Event.Compared(at, false, "the comparison failed: " + what(failure));
    }
  }

  /// Whether the same may well work later.
  static boolean isForLater(CromfordException failure) {
    return failure.code().category() == ErrorCode.Category.RESOURCE;
  }

  private static Loop.Turn failed(long boundary, Throwable failure) {
    LOG.log(
        System.Logger.Level.ERROR,
        "the turn at {0} failed; who serves goes on: {1}",
        Instant.ofEpochMilli(boundary),
        Trace.of(failure));
    String reason = "the training failed: " + what(failure);
    return Loop.Turn.of(Control.Skipped.loudly(boundary, reason, AlarmKind.TRAINING_FAILED));
  }

  /// No message: it may name a path, and the record is the same on any machine.
  private static String what(Throwable failure) {
    return failure instanceof CromfordException expected
        ? expected.code().name()
        : failure.getClass().getSimpleName();
  }
}
