package io.cromford.app;

import io.cromford.core.CromfordException;
import io.cromford.core.ErrorCode;
import io.cromford.core.Progress;
import io.cromford.serving.FactoryTable;
import io.cromford.serving.FactoryTables;
import io.cromford.serving.ScratchFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `cromford export`: a factory's tables as files.
@Command(
    name = "export",
    description = {
      "Writes a factory's events, outcomes, decisions and features as files, a table each.",
      "It reads beside a running factory, up to one position of the ledger for all of them."
    },
    mixinStandardHelpOptions = true,
    footer = {"", "Example: ./cromford export examples/card-fraud --out exported --format csv"})
final class ExportCommand implements Callable<Integer> {
  private static final List<String> TABLES = List.of("events", "outcomes", "decisions", "features");

  @Mixin private FactoryPlace place;

  @Option(
      names = "--out",
      required = true,
      paramLabel = "DIR",
      description = "where the files go; none is overwritten")
  private Path out = Path.of(".");

  /// The form of a file.
  private enum Format {
    PARQUET("(FORMAT parquet, COMPRESSION zstd)"),
    CSV("(FORMAT csv, HEADER)");

    private final String words;

    Format(String words) {
      this.words = words;
    }

    private Path file(Path folder, FactoryTable table) {
      return folder.resolve(table.name() + "." + name().toLowerCase(Locale.ROOT));
    }
  }

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      description = "parquet or csv (default: parquet)")
  private Format format = Format.PARQUET;

  @Override
  public Integer call() {
    Progress progress = Terminal.standard();
    try (ScratchFolder scratch = ScratchFolder.create();
        FactoryTables tables =
            FactoryTables.open(place.checkWithoutFiles(), place.state(), scratch.path());
        TableStore store = TableStore.open(scratch.path())) {
      List<FactoryTable> wanted =
          tables.tables().stream().filter(table -> TABLES.contains(table.name())).toList();
      prepare(wanted);
      for (FactoryTable table : wanted) {
        export(table, tables, store, progress);
      }
      System.out.printf("up to position %d of the ledger, %s%n", tables.position(), tables.clock());
    }
    return 0;
  }

  private void prepare(List<FactoryTable> wanted) {
    try {
      Files.createDirectories(out);
    } catch (IOException e) {
      throw notWritten(out, e);
    }
    for (FactoryTable table : wanted) {
      if (Files.exists(format.file(out, table))) {
        throw new CromfordException(
            ErrorCode.STATE_CONFLICT,
            "%s is there already.\nMaybe name an empty folder.".formatted(format.file(out, table)));
      }
    }
  }

  /// A table is written beside its name first, so that under its name it is whole.
  private void export(
      FactoryTable table, FactoryTables tables, TableStore store, Progress progress) {
    Progress.Step step = progress.start("export", tables.position());
    Path file = format.file(out, table);
    Path part = file.resolveSibling(file.getFileName() + ".part");
    store.create(table);
    long rows = store.load(table, tables, step);
    store.execute(
        "COPY %s TO '%s' %s"
            .formatted(
                TableStore.quoted(table.name()),
                part.toAbsolutePath().toString().replace("'", "''"),
                format.words));
    store.execute("DROP TABLE " + TableStore.quoted(table.name()));
    try {
      Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw notWritten(file, e);
    }
    step.finish(String.format(Locale.ROOT, "%,d rows into %s", rows, file));
  }

  private static CromfordException notWritten(Path file, IOException cause) {
    return new CromfordException(
        ErrorCode.STORAGE,
        "%s cannot be written: %s.\nMaybe name a folder that is yours."
            .formatted(file, cause.getMessage()),
        cause);
  }
}
