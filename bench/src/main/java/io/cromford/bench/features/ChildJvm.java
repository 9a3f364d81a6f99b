package io.cromford.bench.features;

import io.cromford.core.CromfordException;
import io.cromford.core.ErrorCode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Runs a class in a fresh JVM: the same Java and class path as this one's.
final class ChildJvm {
  private static final List<String> FLAGS =
      List.of(
          "--enable-native-access=ALL-UNNAMED",
          "--sun-misc-unsafe-memory-access=allow",
          "-XX:+UseSerialGC",
          "-Duser.timezone=UTC");

  private ChildJvm() {}

  /// Runs [FeatureJob] and returns what it cost.
  ///
  /// @param heap the most heap, as `-Xmx` takes it
  /// @throws CromfordException with the code `EXTERNAL` if it fails
  static Cost run(String heap, List<String> arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(FLAGS);
    command.add("-Xmx" + heap);
    command.add("-cp");
    command.add(System.getProperty("java.class.path"));
    command.add(FeatureJob.class.getName());
    command.addAll(arguments);
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      String output =
          new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
      if (process.waitFor() != 0) {
        throw new CromfordException(ErrorCode.EXTERNAL, "a child process failed: " + output);
      }
      return Cost.parse(output.substring(output.lastIndexOf('\n') + 1));
    } catch (IOException failure) {
      throw new CromfordException(
          ErrorCode.EXTERNAL, "no child process: " + failure.getMessage(), failure);
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
      throw new CromfordException(ErrorCode.UNAVAILABLE, "interrupted", stop);
    }
  }
}
