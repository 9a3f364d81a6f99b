package io.cromford.app;

import io.cromford.bench.handbook.HandbookBench;
import io.cromford.core.CromfordException;
import io.cromford.core.ErrorCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `cromford bench`: side-by-side runs against published tables.
@Command(
    name = "bench",
    description = "Compares with published results.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Example: ./cromford bench handbook --data transactions.csv.gz --report bench.json"
    })
final class BenchCommand {
  @Command(
      name = "handbook",
      description = "The fraud detection handbook's protocol: its features and ours.",
      mixinStandardHelpOptions = true,
      footer = {
        "",
        "Example: ./cromford bench handbook --data transactions.csv.gz --report bench.json"
      })
  int handbook(
      @Option(
              names = "--data",
              required = true,
              paramLabel = "FILE",
              description = "the handbook's transactions, CSV or gzip")
          Path data,
      @Option(
              names = "--report",
              required = true,
              paramLabel = "FILE",
              description = "where the result goes, as JSON")
          Path report,
      @Option(
              names = "--factory",
              paramLabel = "DIR",
              description = "the factory whose features are tried (default: the example)")
          @Nullable Path factory) {
    Path example = Path.of(System.getProperty("cromford.home", "."), "examples", "card-fraud");
    try {
      Path scratch = Files.createTempDirectory("cromford-bench");
      HandbookBench.run(
          new HandbookBench.Options(data, report, factory == null ? example : factory, scratch),
          System.out);
    } catch (IOException e) {
      throw new CromfordException(
          ErrorCode.STORAGE, "no folder for temporary files: " + e.getMessage(), e);
    }
    return 0;
  }
}
