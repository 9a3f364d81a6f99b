package io.cromford.serving.definition;

/// The endpoint. It listens on this machine only; its limits are those of the server.
///
/// @param port 1 to 65,535; 0 for any that is free
public record ServeDefinition(int port) {}
