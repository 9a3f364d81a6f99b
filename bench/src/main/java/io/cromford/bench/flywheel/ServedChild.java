package io.cromford.bench.flywheel;

import io.cromford.core.CromfordException;
import io.cromford.core.ErrorCode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// A process that serves a factory, for benches: the same Java, options and class path as this
/// one's, so that a bench that the launcher starts measures what the launcher starts.
record ServedChild(Process process) implements AutoCloseable {
  /// Starts it, and waits until it serves.
  ///
  /// @param folder the factory's, with `payments.csv` in it
  static ServedChild start(Path folder) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
    command.addAll(
        List.of(
            "-cp",
            System.getProperty("java.class.path"),
            ServedFactory.class.getName(),
            folder.toString()));
    try {
      Process process =
          new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
      BufferedReader said =
          new BufferedReader(
              new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
      List<String> lines = new ArrayList<>();
      while (!lines.contains(ServedFactory.READY)) {
        String line = said.readLine();
        if (line == null) {
          throw new CromfordException(
              ErrorCode.EXTERNAL, "the factory did not begin to serve; it said: " + lines);
        }
        lines.add(line);
      }
      return new ServedChild(process);
    } catch (IOException e) {
      throw new CromfordException(ErrorCode.EXTERNAL, "the bench failed: " + e.getMessage(), e);
    }
  }

  /// Seconds of CPU that it has taken.
  double cpuSeconds() {
    return process.info().totalCpuDuration().orElse(Duration.ZERO).toNanos() / 1e9;
  }

  @Override
  public void close() {
    process.destroy();
    try {
      process.waitFor();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
