package io.cromford.serving;

import io.cromford.flywheel.RetrainSchedule;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// When challengers are fitted: by the schedule, and in haste after an alarm. A fold over control
/// records.
final class Cadence {
  private final Map<String, Long> fittedUntil = new HashMap<>();
  private @Nullable RetrainSchedule schedule;
  private RetrainSchedule.Haste haste;
  private RetrainSchedule.@Nullable Plan next;
  private long passed;
  private long hasteUntil = Long.MIN_VALUE;
  private int lost;
  private boolean takingBack;

  /// @param haste how often after an alarm
  Cadence(RetrainSchedule.Haste haste) {
    this.haste = haste;
  }

  boolean isLive() {
    return schedule != null;
  }

  /// The factory is live from a boundary on.
  void goLive(RetrainSchedule live) {
    schedule = live;
    passed = live.goLiveMillis();
    next = null;
  }

  /// Other policies hold from here on.
  void configured(RetrainSchedule.Haste other) {
    haste = other;
    next = null;
  }

  /// Takes a control record.
  void take(Control control) {
    switch (control) {
      case Control.Trained trained -> {
        if (!trained.isLastResort()) {
          fittedUntil.put(trained.model(), trained.untilMillis());
        }
      }
      case Control.BoundaryPassed boundary -> passed(boundary.atMillis());
      case Control.Judged judged -> lost = judged.passed() ? 0 : lost + 1;
      case Control.Hastened hastened -> hasten(hastened);
      case Control.Breached _ -> takingBack = true;
      case Control.Promoted promoted -> promoted(promoted);
      case Control.Configured _,
          Control.Skipped _,
          Control.Alarmed _,
          Control.DeclaredComplete _,
          Control.Frozen _,
          Control.Resumed _,
          Control.OfAlarms _,
          Control.OfPolicies _,
          Control.Worked _,
          Control.OfQuarantine _,
          Control.Overridden _,
          Control.Shadowed _,
          Control.Canaried _,
          Control.Withdrawn _,
          Control.Compared _,
          Control.ViewOpened _,
          Control.ViewReady _,
          Control.ViewClosed _,
          Control.Proposed _,
          Control.OfMonitors _ -> {}
    }
    next = null;
  }

  /// Nobody wins in haste any more: what there was to learn is learnt, or it was a false alarm.
  private void passed(long boundaryMillis) {
    passed = Math.max(passed, boundaryMillis);
    if (haste.losses() > 0 && lost >= haste.losses()) {
      hasteUntil = Math.min(hasteUntil, boundaryMillis);
    }
  }

  private void hasten(Control.Hastened hastened) {
    lost = 0;
    if (hastened.untilMillis() > hastened.atMillis()) {
      hasteUntil = hastened.untilMillis();
      passed = Math.max(passed, hastened.atMillis() - 1);
    }
  }

  /// As long as challengers win, the world is not what the champion learnt.
  private void promoted(Control.Promoted promoted) {
    boolean isWon = !takingBack && promoted.by().equals(Steps.FACTORY);
    takingBack = false;
    if (isWon && isHasty(promoted.atMillis())) {
      hasteUntil = Math.max(hasteUntil, promoted.atMillis() + haste.lasts().toMillis());
    }
  }

  /// Whether there is haste at a moment.
  boolean isHasty(long atMillis) {
    return atMillis <= hasteUntil;
  }

  /// The next boundary that is to be passed.
  ///
  /// @param champion who serves
  /// @throws io.cromford.core.CromfordException with STATE_CONFLICT before go-live
  RetrainSchedule.Plan next(String champion) {
    if (next == null) {
      next = after(passed, champion);
    }
    return next;
  }

  /// The first boundary after a moment, if nothing changes until then.
  ///
  /// @param champion who serves
  /// @throws io.cromford.core.CromfordException with STATE_CONFLICT before go-live
  RetrainSchedule.Plan after(long moment, String champion) {
    RetrainSchedule live = schedule();
    long fitted = fittedUntil.getOrDefault(champion, Long.MIN_VALUE / 2);
    RetrainSchedule.Plan regular = live.next(moment, fitted, haste.test());
    if (moment >= hasteUntil) {
      return regular;
    }
    RetrainSchedule.Plan hasty = live.hasty(moment, fitted, haste);
    return hasty.atMillis() <= regular.atMillis() ? hasty : regular;
  }

  /// The schedule of retraining.
  ///
  /// @throws io.cromford.core.CromfordException with STATE_CONFLICT before go-live
  RetrainSchedule schedule() {
    if (schedule == null) {
      throw Loop.notLive();
    }
    return schedule;
  }
}
