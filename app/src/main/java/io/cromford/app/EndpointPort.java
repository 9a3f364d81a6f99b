package io.cromford.app;

import io.cromford.core.CromfordException;
import io.cromford.core.ErrorCode;
import io.cromford.serving.definition.CheckedFactory;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// Where a factory's endpoint listens: the argument of every command that opens it.
final class EndpointPort {
  private static final int LAST = 65_535;

  @Option(
      names = "--port",
      paramLabel = "PORT",
      description = "the endpoint's port, 0 for any (default: the factory file's)")
  private @Nullable Integer port;

  /// The port that was asked for, else the factory file's.
  ///
  /// @throws CromfordException USAGE if there is no such port
  int of(CheckedFactory factory) {
    if (port == null) {
      return factory.definition().serve().port();
    }
    if (port < 0 || port > LAST) {
      throw new CromfordException(
          ErrorCode.USAGE,
          "--port %d is no port: they go from 1 to %d, and 0 takes any that is free."
              .formatted(port, LAST));
    }
    return port;
  }
}
