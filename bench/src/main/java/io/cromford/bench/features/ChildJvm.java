package io.cromford.bench.features;

import io.cromford.core.CromfordException;
import io.cromford.core.ErrorCode;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
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

  /// Whether the class path has jars only: the JDK keeps classes of nothing else ahead of time.
  static boolean canCacheClasses() {
    return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
        .allMatch(part -> part.endsWith(".jar"));
  }

  /// Runs [FeatureJob] and returns what it cost.
  ///
  /// @param flags more flags of the JVM, the most heap (`-Xmx`) among them
  /// @throws CromfordException with the code `EXTERNAL` if it fails
  static Cost run(List<String> flags, List<String> arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(FLAGS);
    command.addAll(flags);
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
      return output
          .lines()
          .filter(line -> line.startsWith(Cost.MARK))
          .map(Cost::parse)
          .findFirst()
          .orElseThrow(() -> new CromfordException(ErrorCode.EXTERNAL, "a child said: " + output));
    } catch (IOException failure) {
      throw new CromfordException(
          ErrorCode.EXTERNAL, "no child process: " + failure.getMessage(), failure);
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
      throw new CromfordException(ErrorCode.UNAVAILABLE, "interrupted", stop);
    }
  }
}
