package io.cromford.app;

import io.cromford.serving.definition.CheckedFactory;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// Where a factory's endpoint listens: the argument of every command that opens it.
final class EndpointPort {
  @Option(
      names = "--port",
      paramLabel = "PORT",
      description = "the endpoint's port, 0 for any (default: the factory file's)")
  private @Nullable Integer port;

  /// The port that was asked for, else the factory file's.
  int of(CheckedFactory factory) {
    return port != null ? port : factory.definition().serve().port();
  }
}
