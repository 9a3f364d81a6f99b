package io.cromford.app;

import io.cromford.serving.definition.CheckedFactory;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// Where a factory's endpoint listens: the argument of every command that opens it.
final class EndpointPort {
  private static final int LAST = 65_535;

  @Spec(Spec.Target.MIXEE)
  private CommandSpec command;

  private @Nullable Integer port;

  @Option(
      names = "--port",
      paramLabel = "PORT",
      description = "the endpoint's port, 0 for any (default: the factory file's)")
  void take(int asked) {
    if (asked < 0 || asked > LAST) {
      throw new ParameterException(
          command.commandLine(),
          "--port %d is no port: they go from 1 to %d, and 0 takes any that is free."
              .formatted(asked, LAST));
    }
    port = asked;
  }

  /// The port that was asked for, else the factory file's.
  int of(CheckedFactory factory) {
    return port != null ? port : factory.definition().serve().port();
  }
}
