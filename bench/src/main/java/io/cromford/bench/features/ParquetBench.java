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

/// CSV to features in Parquet: this house beside DuckDB, each in a fresh JVM, in turns.
///
/// Processor time of the whole process, from the start of the JVM to its end. Both read the same
/// file, compute the same text, and write the same columns with zstd.
public final class ParquetBench {
  private static final String HEAP = "512m";

  private ParquetBench() {}

  /// Runs the comparison.
  ///
  /// @param data the handbook's transactions
  /// @param rounds how often each runs
  /// @return the result as JSON
  public static String run(Path data, int rounds, PrintStream out) {
    List<Cost> ours = new ArrayList<>();
    List<Cost> theirs = new ArrayList<>();
    try {
      Path folder = Files.createTempDirectory("cromford-parquet");
      Path mine = folder.resolve("cromford.parquet");
      Path other = folder.resolve("duckdb.parquet");
      for (int round = 1; round <= rounds; round++) {
        theirs.add(ChildJvm.run(HEAP, List.of("duckdb", data.toString(), other.toString())));
        ours.add(ChildJvm.run(HEAP, List.of("cromford", data.toString(), mine.toString(), "1")));
        out.printf("round %d: %s%n", round, line(ours.getLast(), theirs.getLast()));
      }
      String report = report(ours, theirs, out, Files.size(mine), Files.size(other));
      Files.delete(mine);
      Files.delete(other);
      Files.delete(folder);
      return report;
    } catch (IOException failure) {
      throw new CromfordException(
          ErrorCode.STORAGE, "no temporary files: " + failure.getMessage(), failure);
    }
  }

  private static String line(Cost ours, Cost theirs) {
    return "Cromford %.2f CPU s and %d MB, DuckDB %.2f and %d"
        .formatted(
            ours.cpuSeconds(), ours.peakMegabytes(), theirs.cpuSeconds(), theirs.peakMegabytes());
  }

  private static String report(
      List<Cost> ours, List<Cost> theirs, PrintStream out, long ourBytes, long theirBytes) {
    double mine = median(ours);
    double other = median(theirs);
    out.printf(
        "CSV to Parquet in the median: Cromford %.2f CPU s, DuckDB %.2f: ratio %.1f%n",
        mine, other, other / mine);
    return JsonReport.object(json -> {
      json.whole("rows", ours.getLast().rows()).whole("rounds", ours.size());
      json.number("cromford_cpu_seconds", mine).number("duckdb_cpu_seconds", other);
      json.number("ratio", other / mine);
      json.whole("cromford_peak_bytes", peak(ours)).whole("duckdb_peak_bytes", peak(theirs));
      json.whole("cromford_file_bytes", ourBytes).whole("duckdb_file_bytes", theirBytes);
    });
  }

  private static double median(List<Cost> costs) {
    return Cost.median(costs.stream().map(Cost::cpuSeconds).toList());
  }

  private static long peak(List<Cost> costs) {
    return costs.stream().mapToLong(Cost::peakBytes).max().orElse(0);
  }
}
