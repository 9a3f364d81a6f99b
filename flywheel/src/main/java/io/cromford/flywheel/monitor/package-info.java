/// Monitors: one number a day and subject, held against the data's own past.
///
/// [io.cromford.flywheel.monitor.Monitors] is the type to open first: a fold over the days' figures
/// and the alarms that were raised. All monitors of a factory share one budget of false alarms
/// ([io.cromford.flywheel.monitor.AlarmBudget]). Nothing here counts events; who does hands in
/// [io.cromford.flywheel.monitor.DayFigures]. Nothing here hastens, promotes or rolls back.
@org.jspecify.annotations.NullMarked
package io.cromford.flywheel.monitor;
