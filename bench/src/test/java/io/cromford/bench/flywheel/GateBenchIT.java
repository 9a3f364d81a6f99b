package io.cromford.bench.flywheel;

import static org.assertj.core.api.Assertions.assertThat;

import io.cromford.core.Progress;
import io.cromford.generator.CardPayments;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The gate's bench at a reduced size: each kind of sabotage twice, and some honest candidates.
class GateBenchIT {
  private static final Path EXAMPLE =
      Path.of("").toAbsolutePath().getParent().resolve("examples/card-fraud");

  @TempDir private Path folder;

  @Test
  void letsNoSabotagedCandidateThroughAndMostGoodOnes() {
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    GateBench.Outcome outcome =
        GateBench.run(
            new GateBench.Options(EXAMPLE, folder, 12, 3, CardPayments.Parameters.small(3)),
            out,
            Progress.SILENT);
    assertThat(outcome.passedSabotage()).isZero();
    assertThat(outcome.sabotaged())
        .allSatisfy(one -> assertThat(one.caught()).as(one.toString()).isTrue());
    assertThat(outcome.good()).hasSize(3);
    assertThat(outcome.goodPassed()).isGreaterThanOrEqualTo(2);
  }
}
