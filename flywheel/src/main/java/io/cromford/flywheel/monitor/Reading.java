package io.cromford.flywheel.monitor;

/// What a monitor read on a day.
///
/// @param value in the unit of its [MonitorKind]
/// @param count of how many records it is, ≥ 0
record Reading(double value, long count) {}
