package io.cromford.bench.flywheel;

import static org.assertj.core.api.Assertions.assertThat;

import io.cromford.bench.flywheel.AttackBench.Defence;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.EnumSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The attack's and the quiet world's benches at two seeds.
class AttackBenchIT {
  private static final Path EXAMPLE =
      Path.of("").toAbsolutePath().getParent().resolve("examples/card-fraud");

  private final PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);

  @TempDir private Path folder;

  @Test
  void defendsItselfBetterThanItsFirstModel() {
    AttackOutcome outcome =
        AttackBench.run(
            new AttackBench.Options(
                EXAMPLE, folder, 2, AttackBench.Outcomes.HONEST, EnumSet.allOf(Defence.class)),
            out);
    assertThat(outcome.savedMore(Defence.FACTORY, Defence.FROZEN).low()).isPositive();
    assertThat(outcome.savedMore(Defence.FACTORY, Defence.UNGATED).mean()).isGreaterThan(-0.02);
    assertThat(outcome.savedMore(Defence.VERDICTS, Defence.FACTORY).mean()).isGreaterThan(-0.02);
    assertThat(outcome.caught(Defence.FACTORY).mean())
        .isGreaterThan(1.5 * outcome.caught(Defence.FROZEN).mean());
    assertThat(outcome.daysToAlarm(Defence.FACTORY).mean()).isBetween(7.0, 12.0);
    assertThat(outcome.daysToChampion(Defence.FACTORY).mean()).isBetween(7.5, 16.0);
  }

  @Test
  void leavesItsModelAloneWhereNothingChanges() {
    QuietBench.Outcome outcome = QuietBench.run(EXAMPLE, folder, 2, out);
    assertThat(outcome.boundaries()).isGreaterThanOrEqualTo(14);
    assertThat(outcome.promotions()).isLessThanOrEqualTo(1);
    assertThat(outcome.alarms()).isLessThanOrEqualTo(2);
    assertThat(outcome.worse()).isZero();
  }
}
