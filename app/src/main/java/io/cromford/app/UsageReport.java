package io.cromford.app;

import io.cromford.core.ErrorCode;
import picocli.CommandLine;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;

/// Says what is wrong with the arguments and where the help is.
final class UsageReport implements IParameterExceptionHandler {
  @Override
  public int handleParseException(ParameterException failure, String[] arguments) {
    CommandLine command = failure.getCommandLine();
    System.err.println("cromford: " + failure.getMessage());
    if (!CommandLine.UnmatchedArgumentException.printSuggestions(failure, command.getErr())) {
      System.err.println(
          "Maybe `%s --help` says what it takes."
              .formatted(command.getCommandSpec().qualifiedName()));
    }
    return ErrorCode.USAGE.exitCode();
  }
}
