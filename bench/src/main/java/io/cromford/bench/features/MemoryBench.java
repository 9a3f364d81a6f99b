package io.cromford.bench.features;

import io.cromford.core.CromfordException;
import io.cromford.core.ErrorCode;
import io.cromford.training.report.JsonReport;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// The memory of a fresh feature run, CSV to Parquet, over a file and over ten times its rows.
///
/// The most that was resident at once, as the system counts it (`VmHWM`): the JVM itself, its heap,
/// its code, native memory. Ten times the rows are the same days, each time moved on by the half
/// year they span.
public final class MemoryBench {
  private static final String HEAP = "-Xmx96m";
  private static final int TIMES = 10;
  private static final int ROUNDS = 5;

  private MemoryBench() {}

  /// Runs the measurement, in turns.
  ///
  /// @param data the handbook's transactions
  /// @return the medians as JSON
  public static String run(Path data, PrintStream out) {
    List<Cost> once = new ArrayList<>();
    List<Cost> more = new ArrayList<>();
    for (int round = 0; round < ROUNDS; round++) {
      once.add(say(out, run(data, 1)));
      more.add(say(out, run(data, TIMES)));
    }
    double peak = peak(once);
    double morePeak = peak(more);
    double growth = peak == 0 ? 0 : morePeak / peak - 1;
    out.printf(
        "in the median %.0f MB, and %.0f at %d times the rows: %.1f %% more%n",
        peak / (1 << 20), morePeak / (1 << 20), TIMES, 100 * growth);
    return JsonReport.object(json -> {
      json.whole("rows", once.getFirst().rows()).number("peak_bytes", peak);
      json.whole("more_rows", more.getFirst().rows()).number("more_peak_bytes", morePeak);
      json.whole("rounds", ROUNDS).number("growth", growth).text("heap_limit", HEAP);
      json.number("cpu_seconds", seconds(once));
      json.number("more_cpu_seconds", seconds(more));
    });
  }

  private static double peak(List<Cost> costs) {
    return Cost.median(costs.stream().map(cost -> (double) cost.peakBytes()).toList());
  }

  private static double seconds(List<Cost> costs) {
    return Cost.median(costs.stream().map(Cost::cpuSeconds).toList());
  }

  private static Cost say(PrintStream out, Cost cost) {
    out.printf(
        "%,d payments: %d MB resident at most, %.1f CPU s%n",
        cost.rows(), cost.peakMegabytes(), cost.cpuSeconds());
    return cost;
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
