package io.cromford.server;

import io.cromford.flywheel.work.WorkStep;
import java.util.Arrays;
import java.util.Optional;

/// What the factory's owner can have done, each by `POST` to [#path]. `/openapi.json` describes the
/// same list.
enum AdminRoute {
  /// Makes a model the champion.
  PROMOTE("models/promote"),
  /// Says no to a model.
  REJECT("models/reject"),
  /// Asks another person to make a model the champion.
  PROPOSE("models/propose"),
  /// Makes the former champion the champion again.
  ROLL_BACK("models/rollback"),
  /// Asks another person to let other policies hold.
  PROPOSE_POLICY("policies/propose"),
  /// Lets what another person proposed hold.
  APPROVE_POLICY("policies/approve"),
  /// Says no to what is proposed.
  WITHDRAW_POLICY("policies/withdraw"),
  /// Takes back what was approved last.
  ROLL_BACK_POLICY("policies/rollback"),
  /// Says that the outcomes of earlier days are complete.
  COMPLETE("outcomes/complete"),
  /// Stops what the flywheel does by itself.
  FREEZE("flywheel/freeze"),
  /// Lets the flywheel go on.
  RESUME("flywheel/resume"),
  /// Has a query computed at each observation.
  PROPOSE_FEATURES("features/propose"),
  /// Has challengers fitted on the champion's features again.
  WITHDRAW_FEATURES("features/withdraw"),
  /// Ends long work.
  CANCEL("jobs/cancel"),
  /// Somebody looks after an alarm.
  ACKNOWLEDGE("alarms/ack"),
  /// Tells nobody of alarms for a while.
  SILENCE("alarms/silence"),
  /// An alarm is over.
  RESOLVE("alarms/resolve"),
  /// A person looks after alerts.
  CLAIM(WorkStep.CLAIM),
  /// They do so no more.
  RELEASE(WorkStep.RELEASE),
  /// They are done with them.
  CLOSE(WorkStep.CLOSE),
  /// They are to be worked on again.
  REOPEN(WorkStep.REOPEN),
  /// A person writes something down about alerts.
  NOTE(WorkStep.NOTE),
  /// A person was shown their scores.
  SEEN(WorkStep.SEEN),
  /// Mends a record in quarantine.
  REPAIR("quarantine/repair"),
  /// Holds records in quarantine against their contracts again.
  REPLAY("quarantine/replay"),
  /// Answers any question that reads.
  SQL("sql");

  /// Where all of them are.
  static final String PREFIX = "/admin/";

  private final String path;
  private final Optional<WorkStep> step;

  AdminRoute(String name) {
    this.path = PREFIX + name;
    this.step = Optional.empty();
  }

  AdminRoute(WorkStep step) {
    this.path = PREFIX + "work/" + step.text();
    this.step = Optional.of(step);
  }

  /// Where it is: `/admin/models/promote`.
  String path() {
    return path;
  }

  /// What a person does about alerts by it; empty if it is about something else.
  Optional<WorkStep> step() {
    return step;
  }

  /// The route at a path; empty if there is none.
  static Optional<AdminRoute> at(String path) {
    return Arrays.stream(values()).filter(route -> route.path.equals(path)).findFirst();
  }
}
