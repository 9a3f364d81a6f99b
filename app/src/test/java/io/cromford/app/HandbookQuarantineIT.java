package io.cromford.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.io.TempDir;

/// The handbook's amounts like 85.64999999999999: without declared rounding exactly those are
/// quarantined, and replayed once it is declared.
@EnabledIfEnvironmentVariable(named = "CROMFORD_HANDBOOK", matches = ".+")
class HandbookQuarantineIT {
  private static final Path EXAMPLE = Path.of("..", "examples", "card-fraud");
  private static final String CLEAN = "    clean: {amount: round}";

  @TempDir private Path folder;

  /// The example with all of the file as history, and hardly any training.
  private void write(String clean) throws IOException {
    String text =
        Files.readString(EXAMPLE.resolve("factory.yaml"))
            .replaceFirst("(?m)^    clean: .*$", clean)
            .replace("go-live: 2018-05-06T00:00:00", "go-live: 2018-10-15T00:00:00")
            .replace("learners: [xgboost, logistic]", "learners: [logistic]")
            .replace("trials: 20", "trials: 1");
    Files.writeString(folder.resolve("factory.yaml"), text);
    Files.copy(
        EXAMPLE.resolve("features.sql"),
        folder.resolve("features.sql"),
        StandardCopyOption.REPLACE_EXISTING);
  }

  private Ran run(Object... arguments) {
    Ran ran = Ran.cromford(arguments);
    assertThat(ran.exit()).as(ran.err()).isZero();
    return ran;
  }

  private Ran build() {
    return run("build", folder, "--data", System.getenv("CROMFORD_HANDBOOK"));
  }

  @Test
  void replaysExactlyTheNoisyAmounts() throws IOException {
    write("");
    assertThat(build().err())
        .contains("payments: 1,752,941 accepted, 1,214 quarantined, 0 duplicates")
        .contains("chargebacks: 1,752,941 accepted, 1,214 quarantined, 0 duplicates");
    assertThat(run("quarantine", "list", folder, "--limit", 0).out())
        .containsPattern("payments +scale +1,214 ")
        .containsPattern("chargebacks +unknown-id +1,214 ");
    write(CLEAN);
    assertThat(run("quarantine", "replay", folder).err())
        .contains("payments: 1,214 taken in, 0 duplicates, 0 stay in quarantine")
        .contains("chargebacks: 1,214 taken in, 0 duplicates, 0 stay in quarantine");
    assertThat(run("quarantine", "replay", folder).err())
        .contains("payments: 0 taken in, 0 duplicates, 0 stay in quarantine");
    assertThat(build().err())
        .contains("payments: 1,754,155 accepted, 0 quarantined, 0 duplicates")
        .contains("chargebacks: 1,754,155 accepted, 0 quarantined, 0 duplicates");
    assertThat(run("quarantine", "list", folder).out()).isEqualTo("The quarantine is empty.\n");
    String sums =
        run(
                "sql",
                folder,
                "SELECT count(*), count(DISTINCT tx_id), count(fraud), count(*) FILTER (WHERE fraud)"
                    + " FROM payments LEFT JOIN chargebacks USING (tx_id)",
                "--format",
                "csv")
            .out();
    assertThat(sums.lines().toList().getLast()).isEqualTo("1754155,1754155,1754155,14681");
  }
}
