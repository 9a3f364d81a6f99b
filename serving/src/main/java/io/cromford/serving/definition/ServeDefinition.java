package io.cromford.serving.definition;

/// The endpoint and its limits.
///
/// @param host the address it listens on
/// @param port 1 to 65,535; 0 for any that is free
/// @param limits what a client may send
public record ServeDefinition(String host, int port, Limits limits) {
  /// What a client may send.
  ///
  /// @param bodyBytes the largest body of a request
  /// @param batch the most records in one request
  /// @param connections the most connections at once
  public record Limits(long bodyBytes, int batch, int connections) {}
}
