package io.cromford.app;

import io.cromford.serving.definition.Starter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// `cromford init`: a starter factory that a person can edit.
@Command(
    name = "init",
    description = "Writes a starter factory into a new folder.",
    mixinStandardHelpOptions = true,
    footer = {"", "Example: ./cromford init my-factory"})
final class InitCommand implements Callable<Integer> {
  @Parameters(index = "0", paramLabel = "DIR", description = "the new folder")
  private Path folder = Path.of(".");

  @Override
  public Integer call() {
    Starter.write(folder);
    System.out.printf("%s is a factory now. Edit it, then: ./cromford check %s%n", folder, folder);
    return 0;
  }
}
