package io.cromford.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cromford.core.CromfordException;
import io.cromford.core.ErrorCode;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// kill -9 at random moments: what was acknowledged is in the ledger, in order, without a gap.
class KillIT {
  private static final int ROUNDS = 15;
  private static final int MOST_ACKNOWLEDGED = 400;

  @TempDir private Path folder;

  @Test
  void hasWhatTheKilledProcessAcknowledged() throws Exception {
    SplittableRandom random = new SplittableRandom(7);
    long found = -1;
    for (int round = 0; round < ROUNDS; round++) {
      long acknowledged = runAndKill(1 + random.nextInt(MOST_ACKNOWLEDGED));
      assertThat(acknowledged).isGreaterThan(found);
      found = lastNumber();
      assertThat(found).isGreaterThanOrEqualTo(acknowledged);
    }
  }

  @Test
  void namesTheOtherProcessThatWrites() throws Exception {
    Process process = start();
    try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
      lines.readLine();
      assertThatThrownBy(() -> Ledger.open(folder, LedgerOptions.defaults()))
          .isInstanceOfSatisfying(
              CromfordException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.LOCKED))
          .hasMessageContaining("%s is being written to by the process %d.", folder, process.pid());
      try (LedgerReader beside = LedgerReader.openReadOnly(folder)) {
        assertThat(beside.next()).isTrue();
      }
    } finally {
      process.destroyForcibly().waitFor();
    }
    Ledger.open(folder, LedgerOptions.defaults()).close();
  }

  private long runAndKill(int lines) throws IOException, InterruptedException {
    Process process = start();
    String last = "-1";
    try (BufferedReader said = process.inputReader(StandardCharsets.UTF_8)) {
      for (int i = 0; i < lines; i++) {
        last = said.readLine();
      }
      // It goes on writing, so that the kill meets it anywhere.
      process.toHandle().destroyForcibly();
      process.waitFor();
      List<String> rest = said.lines().filter(line -> line.matches("[0-9]+")).toList();
      // The last line may have been cut in the middle of its digits.
      return Long.parseLong(rest.size() > 1 ? rest.get(rest.size() - 2) : last);
    }
  }

  private Process start() throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:+UseSerialGC",
            "-Xmx256m",
            "-cp",
            System.getProperty("java.class.path"),
            KilledWriter.class.getName(),
            folder.toString())
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }

  private long lastNumber() {
    long next = 0;
    try (Ledger ledger = Ledger.open(folder, LedgerOptions.defaults());
        LedgerReader reader = ledger.reader()) {
      while (reader.next()) {
        assertThat(LedgerTest.text(reader.body())).isEqualTo(Long.toString(next));
        next++;
      }
    }
    assertThat(Ledger.verify(folder)).isInstanceOf(Verification.Intact.class);
    return next - 1;
  }
}
