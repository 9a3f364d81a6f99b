package io.cromford.app;

import io.cromford.serving.definition.CheckedFactory;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// `cromford check`: says everything that is wrong with a factory's files.
@Command(
    name = "check",
    description = "Checks factory.yaml and features.sql, and names every problem at once.",
    mixinStandardHelpOptions = true,
    footer = {"", "Example: ./cromford check examples/card-fraud"})
final class CheckCommand implements Callable<Integer> {
  @Mixin private FactoryOptions options;

  @Override
  public Integer call() {
    CheckedFactory factory = options.check();
    System.out.printf(
        Locale.ROOT,
        "%s holds: %d sources, %d features over %d windows.%n",
        factory.definition().about().name(),
        factory.definition().data().sources().size(),
        factory.plan().features().size(),
        factory.plan().windows().size());
    return 0;
  }
}
