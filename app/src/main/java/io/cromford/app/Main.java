package io.cromford.app;

import io.cromford.core.CromfordException;
import io.cromford.core.ErrorCode;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// The entry point of the command line.
@Command(
    name = "cromford",
    description = "An AI factory: events in, decisions out, outcomes back.",
    mixinStandardHelpOptions = true,
    version = "Cromford 0.1.0",
    subcommands = {
      RunCommand.class,
      BuildCommand.class,
      ServeCommand.class,
      CheckCommand.class,
      InitCommand.class,
      ModelsCommand.class,
      HistoryCommand.class,
      MonitorsCommand.class,
      ExplainCommand.class,
      SqlCommand.class,
      QuarantineCommand.class,
      OutcomesCommand.class,
      FlywheelCommand.class,
      FeaturesCommand.class,
      PolicyCommand.class,
      JobsCommand.class,
      WorkCommand.class,
      AlarmsCommand.class,
      ExportCommand.class,
      LedgerCommand.class,
      DoctorCommand.class,
      BenchCommand.class,
      HelpCommand.class
    },
    footer = {"", "Example: ./cromford run examples/card-fraud"})
public final class Main implements Runnable {
  /// Wide enough for the examples, so that each stays on a line and can be copied.
  private static final int HELP_WIDTH = 100;

  private static final String LOG_FORMAT = "java.util.logging.SimpleFormatter.format";

  @Spec private CommandSpec spec;

  private Main() {}

  /// Runs a command and ends the process with its exit code: 0, or that of an [ErrorCode].
  public static void main(String[] arguments) {
    logInOneLine();
    System.exit(run(arguments));
  }

  /// What is logged is read beside the progress of a run, and later in a file: the moment, how bad
  /// it is, and what it is, unless whoever starts it wants it otherwise.
  private static void logInOneLine() {
    if (System.getProperty(LOG_FORMAT) == null) {
      System.setProperty(LOG_FORMAT, "%1$tFT%1$tT%1$tz %4$s %5$s%6$s%n");
    }
  }

  static int run(String... arguments) {
    return commandLine().execute(arguments);
  }

  /// All commands.
  static CommandLine commandLine() {
    CommandLine line = new CommandLine(new Main());
    line.setExecutionExceptionHandler((failure, _, _) -> report(failure));
    line.setUsageHelpWidth(HELP_WIDTH);
    line.setCaseInsensitiveEnumValuesAllowed(true);
    line.setParameterExceptionHandler(new UsageReport());
    return line;
  }

  @Override
  public void run() {
    spec.commandLine().usage(System.out);
  }

  private static int report(Exception failure) {
    if (failure instanceof CromfordException expected) {
      System.err.println("cromford: " + expected.getMessage());
      return expected.code().exitCode();
    }
    System.err.println("cromford: a defect of ours, please report it with what follows.");
    failure.printStackTrace(System.err);
    return ErrorCode.INTERNAL.exitCode();
  }
}
