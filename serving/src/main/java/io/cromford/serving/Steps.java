package io.cromford.serving;

import io.cromford.flywheel.Rollout.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/// Turns steps of the roll-out into the control records that say them.
///
/// @param entrance gives what a version brings with it; [Entrance#NONE] for one that scores already
/// @param canaryShare of the entities that a canary answers for
/// @param by `factory`, or the name of who did it
record Steps(Function<String, Entrance> entrance, double canaryShare, String by) {
  /// What the factory does by itself.
  static final String FACTORY = "factory";

  /// The records, in order.
  List<Control> records(List<Step> steps) {
    List<Control> records = new ArrayList<>();
    for (Step step : steps) {
      records.add(record(step));
    }
    return records;
  }

  private Control record(Step step) {
    return switch (step) {
      case Step.Shadow(long at, String version, String judged, long until, String reason) -> {
        Entrance brought = entrance.apply(version);
        yield new Control.Shadowed(
            version, judged, at, until, brought.dailyScores(), brought.bins(), reason);
      }
      case Step.Canary(long at, String version, long until, String reason) ->
          new Control.Canaried(version, at, until, canaryShare, reason);
      case Step.Promote(
              long at,
              String version,
              String judged,
              long formerUntil,
              String reason) -> {
        Entrance brought = entrance.apply(version);
        yield new Control.Promoted(
            version, judged, at, formerUntil, brought.dailyScores(), brought.bins(), reason, by);
      }
      case Step.Propose(long at, String version, String judged, String reason) ->
          Control.Proposed.of(version, judged, at, reason);
      case Step.Withdraw(long at, String version, String reason) ->
          Control.Withdrawn.of(version, at, reason);
      case Step.Compare(long at, String version, String former, boolean worse, String reason) ->
          new Control.Compared(at, version, former, worse, reason);
      case Step.Breach(long at, String version, long coolUntil, String reason) ->
          new Control.Breached(version, at, coolUntil, reason);
    };
  }
}
