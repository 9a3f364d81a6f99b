package io.cromford.bench.features;

import io.cromford.core.CromfordException;
import io.cromford.core.ErrorCode;
import io.cromford.training.report.JsonReport;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// The memory of a fresh feature run, CSV to Parquet, over a file and over ten times its rows.
///
/// The most that was resident at once, as the system counts it (`VmHWM`): the JVM itself, its heap,
/// its code, native memory. Ten times the rows are the same days, each time moved on by the half
/// year they span.
public final class MemoryBench {
  private static final String HEAP = "-Xmx96m";
  private static final int TIMES = 10;

  private MemoryBench() {}

  /// Runs the measurement.
  ///
  /// @param data the handbook's transactions
  /// @return the result as JSON
  public static String run(Path data, PrintStream out) {
    Cost once = run(data, 1);
    say(out, once);
    Cost more = run(data, TIMES);
    say(out, more);
    double growth = once.peakBytes() == 0 ? 0 : more.peakBytes() / (double) once.peakBytes() - 1;
    out.printf("%d times the rows take %.1f %% more memory%n", TIMES, 100 * growth);
    return JsonReport.object(json -> {
      json.whole("rows", once.rows()).whole("peak_bytes", once.peakBytes());
      json.whole("more_rows", more.rows()).whole("more_peak_bytes", more.peakBytes());
      json.number("growth", growth).text("heap_limit", HEAP);
      json.number("cpu_seconds", once.cpuSeconds());
      json.number("more_cpu_seconds", more.cpuSeconds());
    });
  }

  private static void say(PrintStream out, Cost cost) {
    out.printf(
        "%,d payments: %d MB resident at most, %.1f CPU s%n",
        cost.rows(), cost.peakMegabytes(), cost.cpuSeconds());
  }

  private static Cost run(Path data, int times) {
    try {
      Path file = Files.createTempFile("cromford-memory", ".parquet");
      try {
        return ChildJvm.run(
            List.of(HEAP),
            List.of("cromford", data.toString(), file.toString(), String.valueOf(times)));
      } finally {
        Files.deleteIfExists(file);
      }
    } catch (IOException failure) {
      throw new CromfordException(
          ErrorCode.STORAGE, "no temporary files: " + failure.getMessage(), failure);
    }
  }
}
