package io.cromford.app;

import io.cromford.bench.features.FeatureBench;
import io.cromford.bench.features.LiveBench;
import io.cromford.bench.features.MemoryBench;
import io.cromford.bench.features.ParquetBench;
import io.cromford.bench.flywheel.AttackBench;
import io.cromford.bench.flywheel.BesideBench;
import io.cromford.bench.flywheel.ConsoleBench;
import io.cromford.bench.flywheel.GateBench;
import io.cromford.bench.flywheel.QuietBench;
import io.cromford.bench.handbook.HandbookBench;
import io.cromford.core.CromfordException;
import io.cromford.core.ErrorCode;
import io.cromford.generator.CardPayments;
import io.cromford.serving.ReportFolder;
import io.cromford.serving.ScratchFolder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `cromford bench`: side-by-side runs against published tables and against DuckDB.
@Command(
    name = "bench",
    description = "Compares with published results, and measures what features cost.",
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
    try (ScratchFolder scratch = ScratchFolder.create()) {
      HandbookBench.run(
          new HandbookBench.Options(
              data, report, factory == null ? example() : factory, scratch.path()),
          System.out);
    }
    return 0;
  }

  @Command(
      name = "features",
      description = "The 15 features over all rows, warm, beside DuckDB: CPU time.",
      mixinStandardHelpOptions = true,
      footer = {"", "Example: ./cromford bench features --data transactions.csv.gz --rounds 5"})
  int features(@Mixin Data data, @Mixin Rounds rounds, @Mixin Report report) {
    atLeastOne("--rounds", rounds.rounds);
    return report.write(FeatureBench.run(data.existing(), rounds.rounds, System.out));
  }

  @Command(
      name = "parquet",
      description = "CSV to features in Parquet, each in a fresh JVM, beside DuckDB: CPU time.",
      mixinStandardHelpOptions = true,
      footer = {"", "Example: ./cromford bench parquet --data transactions.csv.gz --rounds 3"})
  int parquet(@Mixin Data data, @Mixin Rounds rounds, @Mixin Report report) {
    atLeastOne("--rounds", rounds.rounds);
    return report.write(ParquetBench.run(data.existing(), rounds.rounds, System.out));
  }

  @Command(
      name = "live",
      description = "The features live, at very many keys: CPU time an event and heap a key.",
      mixinStandardHelpOptions = true,
      footer = {"", "Example: ./cromford bench live --keys 1000000 --payments 20000000"})
  int live(
      @Option(
              names = "--keys",
              defaultValue = "500000",
              paramLabel = "N",
              description = "customers, and as many terminals (default: ${DEFAULT-VALUE})")
          int keys,
      @Option(
              names = "--payments",
              defaultValue = "10000000",
              paramLabel = "N",
              description = "payments in all (default: ${DEFAULT-VALUE})")
          int payments,
      @Mixin Report report) {
    atLeastOne("--keys", keys);
    atLeastOne("--payments", payments);
    return report.write(LiveBench.run(keys, payments, System.out));
  }

  @Command(
      name = "memory",
      description = "Resident memory of a fresh feature run, and at ten times the rows.",
      mixinStandardHelpOptions = true,
      footer = {"", "Example: ./cromford bench memory --data transactions.csv.gz"})
  int memory(@Mixin Data data, @Mixin Report report) {
    return report.write(MemoryBench.run(data.existing(), System.out));
  }

  @Command(
      name = "gate",
      description = "Sabotaged and honest challengers against one recorded ledger.",
      mixinStandardHelpOptions = true,
      footer = {"", "Example: ./cromford bench gate --sabotaged 100 --honest 20"})
  int gate(
      @Option(
              names = "--sabotaged",
              defaultValue = "100",
              paramLabel = "N",
              description = "candidates that must not pass (default: ${DEFAULT-VALUE})")
          int sabotaged,
      @Option(
              names = "--honest",
              defaultValue = "20",
              paramLabel = "N",
              description = "candidates that are better (default: ${DEFAULT-VALUE})")
          int honest,
      @Option(
              names = "--seed",
              defaultValue = "3",
              paramLabel = "N",
              description = "of the generated payments (default: ${DEFAULT-VALUE})")
          long seed,
      @Mixin Report report) {
    atLeastOne("--sabotaged", sabotaged);
    atLeastOne("--honest", honest);
    try (ScratchFolder scratch = ScratchFolder.create()) {
      GateBench.Options options =
          new GateBench.Options(
              example(), scratch.path(), sabotaged, honest, CardPayments.Parameters.small(seed));
      return report.write(GateBench.run(options, System.out, Terminal.standard()).json());
    }
  }

  @Command(
      name = "attack",
      description =
          "New ways of fraud against the factory: frozen, ungated, gated weekly, and with verdicts.",
      mixinStandardHelpOptions = true,
      footer = {"", "Example: ./cromford bench attack --seeds 10"})
  int attack(
      @Mixin Seeds seeds,
      @Option(
              names = "--outcomes",
              defaultValue = "HONEST",
              paramLabel = "WHICH",
              description =
                  "those of one week of the attack: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE})")
          AttackBench.Outcomes outcomes,
      @Option(
              names = "--defences",
              split = ",",
              defaultValue = "FROZEN,UNGATED,WEEKLY,FACTORY,VERDICTS",
              paramLabel = "NAMES",
              description = "who is tried, of ${COMPLETION-CANDIDATES} (default: all)")
          Set<AttackBench.Defence> defences,
      @Mixin Report report) {
    try (ScratchFolder scratch = ScratchFolder.create()) {
      AttackBench.Options options =
          new AttackBench.Options(
              example(), scratch.path(), seeds.some(), outcomes, new TreeSet<>(defences));
      return report.write(AttackBench.run(options, System.out).json());
    }
  }

  @Command(
      name = "quiet",
      description = "A world that does not change: promotions and alarms that should not be.",
      mixinStandardHelpOptions = true,
      footer = {"", "Example: ./cromford bench quiet --seeds 10"})
  int quiet(@Mixin Seeds seeds, @Mixin Report report) {
    try (ScratchFolder scratch = ScratchFolder.create()) {
      return report.write(
          QuietBench.run(example(), scratch.path(), seeds.some(), System.out).json());
    }
  }

  @Command(
      name = "beside",
      description = "Latency over HTTP at half load, alone and while a challenger is trained.",
      mixinStandardHelpOptions = true,
      footer = {"", "Example: ./cromford bench beside --seconds 20"})
  int beside(
      @Option(
              names = "--seconds",
              defaultValue = "20",
              paramLabel = "N",
              description = "how long each measurement takes (default: ${DEFAULT-VALUE})")
          int seconds,
      @Mixin Report report) {
    atLeastOne("--seconds", seconds);
    try (ScratchFolder scratch = ScratchFolder.create()) {
      BesideBench.Options options =
          new BesideBench.Options(
              example(), scratch.path(), CardPayments.Parameters.full(1), seconds);
      return report.write(BesideBench.run(options, System.out).json());
    }
  }

  @Command(
      name = "console",
      description =
          "The console in a real browser: its first view, what its pages ask for, and what five open ones cost decisions.",
      mixinStandardHelpOptions = true,
      footer = {"", "Example: ./cromford bench console --seconds 15 --rounds 7"})
  int console(
      @Option(
              names = "--seconds",
              defaultValue = "15",
              paramLabel = "N",
              description = "how long each measurement takes (default: ${DEFAULT-VALUE})")
          int seconds,
      @Mixin Rounds rounds,
      @Mixin Report report) {
    atLeastOne("--seconds", seconds);
    atLeastOne("--rounds", rounds.rounds);
    try (ScratchFolder scratch = ScratchFolder.create()) {
      ConsoleBench.Options options =
          new ConsoleBench.Options(
              example(), scratch.path(), CardPayments.Parameters.small(1), seconds, rounds.rounds);
      return report.write(ConsoleBench.run(options, System.out).json());
    }
  }

  private static Path example() {
    return Path.of(System.getProperty("cromford.home", "."), "examples", "card-fraud");
  }

  private static void atLeastOne(String option, int value) {
    if (value < 1) {
      throw new CromfordException(
          ErrorCode.USAGE,
          "%s %d is not at least 1.\nMaybe leave it out.".formatted(option, value));
    }
  }

  /// The handbook's file.
  static final class Data {
    @Option(
        names = "--data",
        required = true,
        paramLabel = "FILE",
        description = "the handbook's transactions, CSV or gzip")
    private Path file;

    Path existing() {
      if (!Files.isReadable(file)) {
        throw new CromfordException(
            ErrorCode.NOT_FOUND,
            "there is no file %s that can be read.\nMaybe the path is relative to another folder."
                .formatted(file));
      }
      return file.toAbsolutePath();
    }
  }

  /// How often each side runs.
  static final class Rounds {
    @Option(
        names = "--rounds",
        defaultValue = "5",
        paramLabel = "N",
        description = "how often each side runs, in turns (default: ${DEFAULT-VALUE})")
    private int rounds;
  }

  /// How many streams of payments are made.
  static final class Seeds {
    @Option(
        names = "--seeds",
        defaultValue = "10",
        paramLabel = "N",
        description = "how many streams of payments (default: ${DEFAULT-VALUE})")
    private int seeds;

    int some() {
      atLeastOne("--seeds", seeds);
      return seeds;
    }
  }

  /// Where the result goes.
  static final class Report {
    @Option(
        names = "--report",
        paramLabel = "FILE",
        description = "where the result goes, as JSON (default: nowhere)")
    private @Nullable Path file;

    int write(String json) {
      if (file != null) {
        ReportFolder.replace(file, json);
      }
      return 0;
    }
  }
}
