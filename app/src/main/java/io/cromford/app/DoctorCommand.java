package io.cromford.app;

import io.cromford.core.ErrorCode;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `cromford doctor`: what this machine has and lacks.
@Command(
    name = "doctor",
    description = {
      "Says what this machine has and lacks to run a factory: JDK, Maven, memory, cores, disk, port,"
          + " native libraries, folders, clock.",
      "The exit code is 0 if nothing is lacking, else 10."
    },
    mixinStandardHelpOptions = true,
    footer = {"", "Example: ./cromford doctor examples/card-fraud"})
final class DoctorCommand implements Callable<Integer> {
  private static final int USUAL_PORT = 8080;

  @Parameters(
      index = "0",
      arity = "0..1",
      paramLabel = "FACTORY",
      description = "a factory's folder, whose state has to be writable (default: this folder)")
  private Path folder = Path.of(".");

  @Option(
      names = "--state",
      paramLabel = "DIR",
      description = "where the ledger and the models lie (default: state/ in the factory's folder)")
  private @Nullable Path state;

  @Option(
      names = "--port",
      paramLabel = "PORT",
      description = "the endpoint's port (default: 8080)")
  private int port = USUAL_PORT;

  @Override
  public Integer call() {
    Path stateFolder = state != null ? state : folder.resolve("state");
    List<Finding> findings = new Doctor(stateFolder, port).examine();
    findings.forEach(System.out::println);
    boolean well = findings.stream().allMatch(Finding::isWell);
    System.out.println(well ? "Nothing is lacking." : "Something is lacking.");
    return well ? 0 : ErrorCode.EXTERNAL.exitCode();
  }
}
