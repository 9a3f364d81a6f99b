package io.cromford.serving;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// How a process of the same binary is started for work beside the serving: niced, with a heap of
/// its own.
public final class ChildCommand {
  private static final Path NICE = Path.of("/usr/bin/nice");

  private ChildCommand() {}

  /// The command line.
  ///
  /// @param heapBytes the most that its heap may take
  /// @param options further options of the virtual machine
  /// @param mainClass the name of the class that is run
  public static List<String> of(
      long heapBytes, List<String> options, String mainClass, Path... arguments) {
    List<String> command = new ArrayList<>();
    if (Files.isExecutable(NICE)) {
      command.addAll(List.of(NICE.toString(), "-n", "10"));
    }
    command.addAll(
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow",
            "-XX:+UseSerialGC",
            "-Xmx" + (heapBytes >> 20) + "m"));
    command.addAll(options);
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), mainClass));
    for (Path argument : arguments) {
      command.add(argument.toString());
    }
    return command;
  }

  /// Called in such a process: it ends when whoever started it does, however that came about.
  static void endWithParent() {
    Thread.ofPlatform().daemon().name("parent").start(ChildCommand::await);
  }

  /// The parent holds the other end of the input and says nothing.
  private static void await() {
    try {
      System.in.read();
    } catch (IOException _) {
      // It is gone.
    }
    Runtime.getRuntime().halt(1);
  }
}
