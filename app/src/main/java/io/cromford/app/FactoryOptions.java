package io.cromford.app;

import io.cromford.core.CromfordException;
import io.cromford.core.ErrorCode;
import io.cromford.core.Progress;
import io.cromford.generator.CardPayments;
import io.cromford.serving.Factory;
import io.cromford.serving.definition.Check;
import io.cromford.serving.definition.CheckedFactory;
import io.cromford.serving.definition.GenerateDefinition;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// The arguments of every command that reads a factory's files.
final class FactoryOptions {
  @Mixin private FactoryPlace place = new FactoryPlace();

  @Option(
      names = "--data",
      paramLabel = "FILE",
      description = "the file to read, in place of generated data")
  private @Nullable Path data;

  Path folder() {
    return place.folder();
  }

  Path state() {
    return place.state();
  }

  /// Checks the factory file and its SQL.
  CheckedFactory check() {
    Map<String, String> variables = new HashMap<>();
    if (data != null) {
      if (!Files.exists(data)) {
        throw new CromfordException(
            ErrorCode.NOT_FOUND,
            "%s: there is no such file.\nMaybe check the path given to --data.".formatted(data));
      }
      variables.put("data", data.toAbsolutePath().normalize().toString());
    }
    return Check.check(folder(), variables).orThrow();
  }

  /// Checks, and makes the example's data first if the factory file says so and none was given.
  ///
  /// @param generated which data is made
  /// @throws CromfordException USAGE if an attack is wanted on data that is given
  CheckedFactory checkWithData(Generated generated, Progress progress) {
    CheckedFactory factory = check();
    GenerateDefinition generate = factory.definition().data().generate();
    if (generate == null) {
      if (generated.attack()) {
        throw new CromfordException(
            ErrorCode.USAGE,
            "--attack needs payments that are made, and these are given.\nMaybe leave out --data.");
      }
      return factory;
    }
    Path file = generated.file(generate, state());
    if (!Files.exists(file)) {
      Progress.Step step = progress.start("generate", 0);
      long rows = write(generated.parameters(factory.definition(), generate), file);
      step.finish(String.format(Locale.ROOT, "%,d payments into %s", rows, file));
    }
    data = file;
    return check();
  }

  private static long write(CardPayments.Parameters parameters, Path file) {
    try {
      Path parent = file.toAbsolutePath().getParent();
      if (parent != null) {
        Files.createDirectories(parent);
      }
      return CardPayments.write(parameters, file);
    } catch (IOException e) {
      throw new CromfordException(
          ErrorCode.STORAGE, "%s: cannot be made: %s".formatted(file, e.getMessage()), e);
    }
  }

  Factory open(CheckedFactory factory, Progress progress) {
    return place.open(factory, progress);
  }
}
