package io.cromford.app;

import io.cromford.core.CromfordException;
import io.cromford.core.ErrorCode;
import io.cromford.serving.Factory;
import io.cromford.serving.definition.CheckedFactory;
import io.cromford.serving.delivery.AlarmDelivery;
import java.nio.file.Files;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `cromford serve`: decides on what it is sent, with what was built before.
@Command(
    name = "serve",
    description = "Serves a factory that was built, live; reads no files.",
    mixinStandardHelpOptions = true,
    footer = {"", "Example: ./cromford serve my-factory --port 8080"})
final class ServeCommand implements Callable<Integer> {
  @Mixin private FactoryPlace place;

  @Mixin private EndpointPort port;

  /// What time it is for the factory.
  private enum Clock {
    WALL,
    DATA
  }

  @Option(
      names = "--clock",
      paramLabel = "CLOCK",
      description =
          "wall: real time; data: runs on from the last record, for data of the past (default: wall)")
  private Clock clock = Clock.WALL;

  @Override
  public Integer call() {
    Terminal terminal = Terminal.standard();
    CheckedFactory checked = place.checkWithoutFiles();
    AlarmDelivery.Targets targets = AlarmDelivery.Targets.of(checked.definition(), System.getenv());
    requireBuilt(Files.isDirectory(place.ledger()));
    try (Factory factory = place.open(checked, terminal)) {
      requireBuilt(!factory.status().champion().isEmpty());
      factory.buildFeatures(terminal);
      switch (clock) {
        case WALL -> factory.goLive();
        case DATA -> factory.goOn();
      }
      try (OpenEndpoint endpoint =
          OpenEndpoint.of(factory, checked.folder(), port.of(checked), targets)) {
        endpoint.serve(() -> {});
      }
    }
    return 0;
  }

  private void requireBuilt(boolean isBuilt) {
    if (!isBuilt) {
      throw new CromfordException(
          ErrorCode.STATE_CONFLICT,
          "%s: nothing was built, so no model serves.\nMaybe `cromford build %s` first, or `cromford run`."
              .formatted(place.folder(), place.folder()));
    }
  }
}
