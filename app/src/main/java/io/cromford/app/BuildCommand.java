package io.cromford.app;

import io.cromford.intake.ArrivalStream;
import io.cromford.serving.Factory;
import io.cromford.serving.definition.CheckedFactory;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// `cromford build`: everything up to a trained model, without serving it.
@Command(
    name = "build",
    description =
        "Takes in what lies before go-live, computes features and trains the first model.",
    mixinStandardHelpOptions = true,
    footer = {"", "Example: ./cromford build examples/card-fraud"})
final class BuildCommand implements Callable<Integer> {
  @Mixin private FactoryOptions options;

  @Override
  public Integer call() {
    Terminal terminal = Terminal.standard();
    CheckedFactory checked = options.checkWithData(Generated.AS_DECLARED, terminal);
    try (Factory factory = options.open(checked, terminal);
        ArrivalStream arrivals = factory.arrivals()) {
      factory.intake(arrivals, terminal);
      factory.buildFeatures(terminal);
      factory.train(terminal);
    }
    return 0;
  }
}
