package io.cromford.app;

import io.cromford.core.CromfordException;
import io.cromford.core.ErrorCode;
import io.cromford.model.ModelVersion;
import io.cromford.model.Registry;
import io.cromford.model.TrainingRecord;
import java.time.Instant;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `cromford models`: the model versions in a factory's registry.
@Command(
    name = "models",
    description = "Lists and shows model versions.",
    mixinStandardHelpOptions = true,
    footer = {"", "Example: ./cromford models list examples/card-fraud"})
final class ModelsCommand {
  @Command(
      name = "list",
      description = "Lists the versions, by id.",
      mixinStandardHelpOptions = true,
      footer = {"", "Example: ./cromford models list examples/card-fraud"})
  int list(@Mixin FactoryOptions options) {
    Registry registry = registry(options);
    for (String id : registry.list()) {
      ModelVersion version = registry.load(id);
      TrainingRecord training = version.contents().training();
      System.out.printf(
          Locale.ROOT,
          "%s  %-9s  %s until %s  %,d rows, %,d positive%n",
          version.shortId(),
          training.learner(),
          Instant.ofEpochMilli(training.interval().fromMillis()),
          Instant.ofEpochMilli(training.interval().toMillis()),
          training.counts().rows(),
          training.counts().positives());
    }
    return 0;
  }

  @Command(
      name = "show",
      description = "Shows one version: its card, its parameters and its metrics.",
      mixinStandardHelpOptions = true,
      footer = {"", "Example: ./cromford models show examples/card-fraud --model 6d9f76347988"})
  int show(
      @Mixin FactoryOptions options,
      @Option(
              names = "--model",
              required = true,
              paramLabel = "VERSION",
              description = "the id, or enough of its start")
          String prefix) {
    Registry registry = registry(options);
    String id =
        registry
            .find(prefix)
            .orElseThrow(() ->
                new CromfordException(
                    ErrorCode.NOT_FOUND,
                    "no model version starts with `%s`.\nMaybe `cromford models list` has it."
                        .formatted(prefix)));
    ModelVersion version = registry.load(id);
    System.out.println(version.id());
    System.out.println(version.contents().card());
    System.out.println("parameters: " + version.contents().training().parameters());
    System.out.println("metrics: " + version.contents().metricsJson());
    return 0;
  }

  private static Registry registry(FactoryOptions options) {
    return Registry.open(options.state().resolve("models"));
  }
}
