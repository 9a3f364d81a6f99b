package io.cromford.serving;

import io.cromford.core.CromfordException;
import io.cromford.core.ErrorCode;
import io.cromford.flywheel.work.ReasonCode;
import io.cromford.flywheel.work.WorkBook;
import io.cromford.flywheel.work.WorkItem;
import io.cromford.flywheel.work.WorkStep;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What persons do about alerts: checks it against how the work stands, and gives the record that
/// says it. What one person holds no other takes away without a word.
final class WorkDesk {
  private final FactoryState state;
  private final Archive archive;

  WorkDesk(FactoryState state, Archive archive) {
    this.state = state;
    this.archive = archive;
  }

  /// Folds a record.
  static void fold(Control.Worked worked, WorkBook into) {
    WorkStep step = WorkStep.of(worked.deed()).orElseThrow();
    String code = worked.code();
    ReasonCode of = code == null ? null : ReasonCode.of(code).orElse(ReasonCode.OTHER);
    String note = Objects.requireNonNullElse(worked.note(), "");
    into.take(
        worked.alerts(),
        new WorkBook.Deed(step, of, new WorkItem.Word(worked.atMillis(), worked.by(), note)));
  }

  /// The record of what is to be done; empty if nothing is left to do.
  ///
  /// @throws CromfordException NOT_FOUND if one is no alert of the last days, STATE_CONFLICT if
  ///   another person was first: nothing is done then
  Optional<Control> record(WorkOrder order, long now) {
    List<Integer> ordinals = new ArrayList<>();
    for (String id : order.ids()) {
      int ordinal = archive.ordinal(id);
      if (isDue(order, id, ordinal)) {
        ordinals.add(ordinal);
      }
    }
    return ordinals.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Control.Worked(
                order.step().text(),
                ordinals,
                now,
                order.code().map(ReasonCode::text).orElse(null),
                order.note().isEmpty() ? null : order.note(),
                order.by()));
  }

  /// Whether something is left to do about an alert.
  private boolean isDue(WorkOrder order, String id, int ordinal) {
    @Nullable WorkItem item = state.work().find(ordinal).orElse(null);
    if (order.step() == WorkStep.SEEN) {
      requireDecided(id, ordinal);
      return item == null || !item.wasSeenBy(order.by());
    }
    if (item == null) {
      throw new CromfordException(
          ErrorCode.NOT_FOUND,
          "`%s` is no alert of the last %d days.\nMaybe look at /v1/work for those that are."
              .formatted(id, WorkBook.KEPT.toDays()));
    }
    return switch (order.step()) {
      case CLAIM -> {
        requireOpen(id, item);
        requireNobodyElse(id, item, order.by());
        yield item.claimed() == null;
      }
      case RELEASE -> {
        requireOpen(id, item);
        requireOwnOrSaidWhy(id, item, order);
        yield item.claimed() != null;
      }
      case CLOSE -> {
        requireOpen(id, item);
        requireNobodyElse(id, item, order.by());
        yield true;
      }
      case REOPEN -> {
        requireClosed(id, item);
        yield true;
      }
      case NOTE, SEEN -> true;
    };
  }

  private void requireDecided(String id, int ordinal) {
    if (ordinal < 0 || state.books().decisionPosition(ordinal) < 0) {
      throw new CromfordException(
          ErrorCode.NOT_FOUND, "nothing was decided on `%s`.".formatted(id));
    }
  }

  private static void requireOpen(String id, WorkItem item) {
    WorkItem.Closing closed = item.closed();
    if (closed != null) {
      throw conflict(
          "`%s` was closed by %s at %s as %s",
          id, closed.word(), closed.code().text(), "reopen it first");
    }
  }

  private static void requireClosed(String id, WorkItem item) {
    if (item.closed() == null) {
      throw new CromfordException(
          ErrorCode.STATE_CONFLICT,
          "`%s` is not closed.\nMaybe somebody was first: look at it again.".formatted(id));
    }
  }

  private static void requireNobodyElse(String id, WorkItem item, String by) {
    WorkItem.Word claimed = item.claimed();
    if (claimed != null && !claimed.by().equals(by)) {
      throw conflict(
          "`%s` was claimed by %s at %s%s",
          id, claimed, "", "leave it to them, or release it and say why");
    }
  }

  private static void requireOwnOrSaidWhy(String id, WorkItem item, WorkOrder order) {
    WorkItem.Word claimed = item.claimed();
    boolean isAnothers = claimed != null && !claimed.by().equals(order.by());
    if (claimed != null && isAnothers && order.note().isEmpty()) {
      throw conflict("`%s` was claimed by %s at %s%s", id, claimed, "", "say why in a note");
    }
  }

  private static CromfordException conflict(
      String message, String id, WorkItem.Word word, String code, String advice) {
    return new CromfordException(
        ErrorCode.STATE_CONFLICT,
        message.formatted(id, word.by(), Instant.ofEpochMilli(word.atMillis()), code)
            + "; nothing was changed.\nMaybe "
            + advice
            + ".");
  }
}
