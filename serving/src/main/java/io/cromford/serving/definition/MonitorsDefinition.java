package io.cromford.serving.definition;

/// How the factory watches itself.
///
/// @param watch whether it does at all
/// @param falseAlarmsAMonth how many alarms all monitors together may raise by chance, above 0
public record MonitorsDefinition(boolean watch, double falseAlarmsAMonth) {}
