package io.cromford.app;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// A command in a Java process of its own, to be killed.
final class ChildRun {
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  private final Process process;
  private final Thread reader;
  private final List<String> lines = Collections.synchronizedList(new ArrayList<>());

  private ChildRun(Process process) {
    this.process = process;
    this.reader = Thread.ofPlatform().daemon().name("child").start(this::read);
  }

  /// Starts a command that is over soon: compiled quickly.
  ///
  /// @param before words that come before the JVM's, as `taskset -c 0`
  /// @param arguments the command line's
  static ChildRun start(List<String> before, Object... arguments) throws IOException {
    return start(before, 1, arguments);
  }

  /// Starts a command that works for minutes: compiled well, as the launcher has it.
  static ChildRun startLong(Object... arguments) throws IOException {
    return start(List.of(), 4, arguments);
  }

  private static ChildRun start(List<String> before, int compilers, Object... arguments)
      throws IOException {
    List<String> words = new ArrayList<>(before);
    words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    words.addAll(
        List.of(
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=" + compilers,
            "-Xmx1g",
            "-Duser.timezone=UTC",
            "-cp",
            System.getProperty("java.class.path"),
            Main.class.getName()));
    Arrays.stream(arguments).map(Object::toString).forEach(words::add);
    return new ChildRun(new ProcessBuilder(words).redirectErrorStream(true).start());
  }

  private void read() {
    try (BufferedReader said = process.inputReader(StandardCharsets.UTF_8)) {
      said.lines().forEach(lines::add);
    } catch (IOException | UncheckedIOException e) {
      lines.add("(cut off: " + e.getMessage() + ")");
    }
  }

  /// Waits for its end.
  ///
  /// @return its exit code
  int end() throws InterruptedException {
    if (!endsWithin(PATIENCE)) {
      process.destroyForcibly();
      throw new AssertionError("it does not end:\n" + said());
    }
    return process.exitValue();
  }

  /// Waits for its end for a while.
  boolean endsWithin(Duration patience) throws InterruptedException {
    return process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS);
  }

  /// Waits until it says something, or ends.
  void awaitLine(String start) throws InterruptedException {
    while (lines.stream().noneMatch(line -> line.startsWith(start))
        && !endsWithin(Duration.ofMillis(20))) {
      Thread.onSpinWait();
    }
  }

  /// kill -9.
  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  /// SIGTERM.
  void terminate() {
    process.toHandle().destroy(); // Process.destroy would also cut off what it says
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /// What it wrote so far.
  String said() {
    try {
      if (!process.isAlive()) {
        reader.join();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return String.join("\n", lines);
  }
}
