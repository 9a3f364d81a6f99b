package io.cromford.bench.features;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/// What a process has cost from its start.
///
/// @param cpuSeconds processor time, kernel included, all threads
/// @param peakBytes the most memory that was resident at once; 0 where the system does not say
/// @param rows the payments it computed features of
record Cost(double cpuSeconds, long peakBytes, long rows) {
  /// How the line of a child process starts.
  static final String MARK = "cost";

  private static final Path STATUS = Path.of("/proc/self/status");

  /// What this process has cost so far.
  static Cost ofThisProcess(long rows) {
    return new Cost(processSeconds(), peak(), rows);
  }

  /// Processor time of this process, all threads.
  static double processSeconds() {
    var system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    return system.getProcessCpuTime() / 1e9;
  }

  /// As a child process prints it.
  static Cost parse(String line) {
    String[] parts = line.split(" ");
    return new Cost(
        Double.parseDouble(parts[1]), Long.parseLong(parts[2]), Long.parseLong(parts[3]));
  }

  /// As [#parse] reads it.
  String line() {
    return String.format(Locale.ROOT, "%s %.3f %d %d", MARK, cpuSeconds, peakBytes, rows);
  }

  /// The peak in whole megabytes.
  long peakMegabytes() {
    return peakBytes >> 20;
  }

  /// The middle of some figures; of an even number, the upper.
  static double median(List<Double> values) {
    List<Double> sorted = new ArrayList<>(values);
    Collections.sort(sorted);
    return sorted.get(sorted.size() / 2);
  }

  private static long peak() {
    if (!Files.isReadable(STATUS)) {
      return 0;
    }
    try (var lines = Files.lines(STATUS)) {
      return lines
          .filter(line -> line.startsWith("VmHWM:"))
          .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) << 10)
          .findFirst()
          .orElse(0);
    } catch (IOException _) {
      return 0;
    }
  }
}
