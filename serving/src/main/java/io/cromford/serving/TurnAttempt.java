package io.cromford.serving;

import io.cromford.core.CromfordException;
import io.cromford.core.ErrorCode;
import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;

/// Runs a turn of the flywheel so that its failure becomes a record, not a standstill: the boundary
/// counts as passed, the champion goes on serving, and a person is called.
final class TurnAttempt {
  private static final System.Logger LOG = System.getLogger(TurnAttempt.class.getName());

  private TurnAttempt() {}

  /// Runs a turn beside the serving; whatever fails is recorded.
  static List<Control> live(long boundary, Supplier<List<Control>> turn) {
    try {
      return turn.get();
    } catch (RuntimeException | Error failure) {
      return failed(boundary, failure);
    }
  }

  /// Runs a turn while traffic waits. What the machine lacks (room on its disk, say) is thrown
  /// instead: the same file gives the same records on any machine, so the turn is tried again.
  ///
  /// @throws CromfordException of the category RESOURCE
  static List<Control> replayed(long boundary, Supplier<List<Control>> turn) {
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

  /// Whether the same may well work later.
  static boolean isForLater(CromfordException failure) {
    return failure.code().category() == ErrorCode.Category.RESOURCE;
  }

  private static List<Control> failed(long boundary, Throwable failure) {
    LOG.log(
        System.Logger.Level.ERROR,
        "the turn at {0} failed; who serves goes on: {1}",
        Instant.ofEpochMilli(boundary),
        Trace.of(failure));
    String reason = "the training failed: " + what(failure);
    return List.of(
        new Control.Skipped(boundary, reason, true), new Control.BoundaryPassed(boundary));
  }

  /// No message: it may name a path, and the record is the same on any machine.
  private static String what(Throwable failure) {
    return failure instanceof CromfordException expected
        ? expected.code().name()
        : failure.getClass().getSimpleName();
  }
}
