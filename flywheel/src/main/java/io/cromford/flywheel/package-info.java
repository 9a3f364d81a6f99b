/// The policies of the loop: when to alert, which days are mature, when to retrain, whom to
/// promote, and what became of the decisions, week by week.
///
/// Open [RetrainSchedule], [PromotionGate] and [Rollout] first, then [AlertThreshold], [Maturity],
/// [ServiceHistory] and [WeeklyLedger], which are folds over the factory's records, and
/// [ClosingReport]. Nothing here reads a clock, draws a random number or touches a file: time and
/// seeds are arguments, so the factory drives it with its clock and a simulation can drive it with
/// another, and a restart gets the same state from the same records.
@NullMarked
package io.cromford.flywheel;

import org.jspecify.annotations.NullMarked;
