package io.cromford.app;

import picocli.CommandLine.Option;

/// Why a person changes a factory: the argument of every command that does.
final class Reason {
  @Option(
      names = "--reason",
      required = true,
      paramLabel = "TEXT",
      description = "why; it stays in the ledger with your name")
  private String text = "";

  String text() {
    return text;
  }

  /// Who is logged in.
  static String user() {
    return System.getProperty("user.name", "somebody");
  }
}
