package io.cromford.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Hundreds of megabytes of rows that are far too long, before go-live and after it.
class HugeRowsIT {
  private static final int MEGABYTES = 10;
  private static final int BEFORE = 30;
  private static final int AFTER = 4;

  @TempDir private Path folder;

  @Test
  void quarantinesMoreOfThemThanACommitHolds() throws IOException {
    SmallFactory factory = SmallFactory.in(folder);
    List<String> lines = Files.readAllLines(factory.data());
    Path file = folder.resolve("huge.csv.gz");
    try (OutputStream out = Files.newOutputStream(file);
        Writer rows = new OutputStreamWriter(new GZIPOutputStream(out), StandardCharsets.UTF_8)) {
      for (int i = 0; i < lines.size(); i++) {
        rows.write(lines.get(i) + "\n");
        if (i == 100 || i == lines.size() - 100) {
          huge(rows, lines.get(i), i == 100 ? BEFORE : AFTER);
        }
      }
    }
    Ran run = factory.run("run", "--data", file, "--exit", "--port", 0);
    assertThat(run.exit()).as(run.err()).isZero();
    Ran count =
        factory.run(
            "sql",
            "SELECT count(*), max(rule) FROM quarantine WHERE source = 'payments'",
            "--format",
            "csv");
    assertThat(count.out()).endsWith((BEFORE + AFTER) + ",row-too-long\r\n");
  }

  private static void huge(Writer rows, String line, int count) throws IOException {
    String megabyte = "9".repeat(1 << 20);
    for (int i = 0; i < count; i++) {
      rows.write(line);
      for (int j = 0; j < MEGABYTES; j++) {
        rows.write(megabyte);
      }
      rows.write("\n");
    }
  }
}
