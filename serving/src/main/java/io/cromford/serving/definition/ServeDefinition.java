package io.cromford.serving.definition;

/// What stands between the factory and others: its endpoint, which listens on this machine only and
/// whose limits are those of the server, and where its alarms go.
///
/// @param port 1 to 65,535; 0 for any that is free
/// @param alarms where its alarms go
public record ServeDefinition(int port, AlarmsDefinition alarms) {}
