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
import java.util.stream.Stream;

/// CSV to features in Parquet: this house beside DuckDB, each in a fresh JVM, in turns.
///
/// Processor time of the whole process, from the start of the JVM to its end. Both read the same
/// file, compute the same text, and write the same columns with zstd. Where the class path has jars
/// only, both run a second time with classes that the JDK loaded and profiled ahead of time, as
/// software that is installed does; making that cache is not counted.
public final class ParquetBench {
  private static final String HEAP = "-Xmx512m";

  private final Path data;
  private final Path folder;
  private final PrintStream out;
  private final List<Cost> ours = new ArrayList<>();
  private final List<Cost> theirs = new ArrayList<>();
  private final List<Cost> oursAhead = new ArrayList<>();
  private final List<Cost> theirsAhead = new ArrayList<>();

  private ParquetBench(Path data, Path folder, PrintStream out) {
    this.data = data;
    this.folder = folder;
    this.out = out;
  }

  /// Runs the comparison.
  ///
  /// @param data the handbook's transactions
  /// @param rounds how often each runs
  /// @return the result as JSON
  public static String run(Path data, int rounds, PrintStream out) {
    try {
      Path folder = Files.createTempDirectory("cromford-parquet");
      try {
        return new ParquetBench(data, folder, out).run(rounds);
      } finally {
        delete(folder);
      }
    } catch (IOException failure) {
      throw new CromfordException(
          ErrorCode.STORAGE, "no temporary files: " + failure.getMessage(), failure);
    }
  }

  private String run(int rounds) throws IOException {
    boolean ahead = ChildJvm.canCacheClasses();
    if (ahead) {
      Cost _ = job("cromford", "-XX:AOTCacheOutput=" + cache("cromford"));
      Cost _ = job("duckdb", "-XX:AOTCacheOutput=" + cache("duckdb"));
    } else {
      out.println("the class path has folders: nothing is loaded ahead of time");
    }
    for (int round = 1; round <= rounds; round++) {
      theirs.add(job("duckdb", "-XX:+UseSerialGC"));
      ours.add(job("cromford", "-XX:+UseSerialGC"));
      say("round " + round, ours.getLast(), theirs.getLast());
      if (ahead) {
        theirsAhead.add(job("duckdb", "-XX:AOTCache=" + cache("duckdb")));
        oursAhead.add(job("cromford", "-XX:AOTCache=" + cache("cromford")));
        say("  loaded ahead of time", oursAhead.getLast(), theirsAhead.getLast());
      }
    }
    return report();
  }

  private Path cache(String who) {
    return folder.resolve(who + ".aot");
  }

  private Path file(String who) {
    return folder.resolve(who + ".parquet");
  }

  private Cost job(String who, String flag) {
    return ChildJvm.run(
        List.of(HEAP, flag), List.of(who, data.toString(), file(who).toString(), "1"));
  }

  private void say(String what, Cost mine, Cost other) {
    out.printf(
        "%s: Cromford %.2f CPU s and %d MB, DuckDB %.2f and %d%n",
        what, mine.cpuSeconds(), mine.peakMegabytes(), other.cpuSeconds(), other.peakMegabytes());
  }

  private String report() throws IOException {
    conclude("CSV to Parquet in a fresh JVM", ours, theirs);
    if (!oursAhead.isEmpty()) {
      conclude("the same, loaded ahead of time", oursAhead, theirsAhead);
    }
    long bytes = Files.size(file("cromford"));
    long theirBytes = Files.size(file("duckdb"));
    return JsonReport.object(json -> {
      json.whole("rows", ours.getLast().rows()).whole("rounds", ours.size());
      write(json, ours, theirs);
      json.whole("cromford_file_bytes", bytes).whole("duckdb_file_bytes", theirBytes);
      if (!oursAhead.isEmpty()) {
        json.object("ahead_of_time", inner -> write(inner, oursAhead, theirsAhead));
      }
    });
  }

  private void conclude(String what, List<Cost> mine, List<Cost> other) {
    out.printf(
        "%s, in the median: Cromford %.2f CPU s, DuckDB %.2f: ratio %.1f%n",
        what, median(mine), median(other), median(other) / median(mine));
  }

  private static void write(JsonReport json, List<Cost> mine, List<Cost> other) {
    json.number("cromford_cpu_seconds", median(mine)).number("duckdb_cpu_seconds", median(other));
    json.number("ratio", median(other) / median(mine));
    json.whole("cromford_peak_bytes", peak(mine)).whole("duckdb_peak_bytes", peak(other));
  }

  private static double median(List<Cost> costs) {
    return Cost.median(costs.stream().map(Cost::cpuSeconds).toList());
  }

  private static long peak(List<Cost> costs) {
    return costs.stream().mapToLong(Cost::peakBytes).max().orElse(0);
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
    Files.delete(folder);
  }
}
