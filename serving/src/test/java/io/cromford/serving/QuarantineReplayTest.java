package io.cromford.serving;

import static org.assertj.core.api.Assertions.assertThat;

import io.cromford.core.Progress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class QuarantineReplayTest {
  private static final String TERMS = "rules: {amount-not-negative: amount >= 0}";

  @TempDir private Path folder;

  /// Payments of which every hundredth has an amount like 12.340000000000001.
  private static List<String> noisy() {
    List<String> rows = new ArrayList<>();
    for (String row : Workshop.payments(1)) {
      int comma = row.lastIndexOf(',');
      rows.add(
          rows.size() % 100 == 0
              ? row.substring(0, comma) + "0000000000001" + row.substring(comma)
              : row);
    }
    return rows;
  }

  @Test
  void takesInWhatTheMendedDeclarationTakesAndKeepsTheSum() {
    Workshop workshop = new Workshop(folder).write(noisy());
    try (Factory factory = workshop.open()) {
      Workshop.run(factory);
      assertThat(factory.report().intake().get("payments"))
          .isEqualTo(new FactoryReport.Intake(1680, 1663, 17, 0));
    }
    workshop.withFactory(TERMS, "clean: {amount: round}\n    " + TERMS);
    FactoryReport live;
    try (Factory factory = workshop.open()) {
      factory.buildFeatures(Progress.SILENT);
      assertThat(factory.replayQuarantine(ReplayOrder.all("it was mended", "ada")))
          .hasToString(
              "payments: 17 taken in, 0 duplicates, 0 stay in quarantine;"
                  + " chargebacks: 17 taken in, 0 duplicates, 0 stay in quarantine");
      assertThat(factory.replayQuarantine(ReplayOrder.all("it was mended", "ada")))
          .hasToString(
              "payments: 0 taken in, 0 duplicates, 0 stay in quarantine;"
                  + " chargebacks: 0 taken in, 0 duplicates, 0 stay in quarantine");
      live = factory.report();
      assertThat(live.intake().get("payments"))
          .isEqualTo(new FactoryReport.Intake(1680, 1680, 0, 0));
      assertThat(live.intake().get("chargebacks"))
          .isEqualTo(new FactoryReport.Intake(1680, 1680, 0, 0));
      assertThat(factory.parity(Progress.SILENT).mismatches()).isZero();
    }
    try (Factory recovered = workshop.open()) {
      assertThat(recovered.report()).isEqualTo(live);
      recovered.buildFeatures(Progress.SILENT);
      assertThat(recovered.parity(Progress.SILENT).mismatches()).isZero();
    }
  }

  @Test
  void countsWhatIsTakenInLiveForLaterDecisions() {
    Workshop workshop = new Workshop(folder).write(noisy());
    try (Factory factory = workshop.open()) {
      Workshop.run(factory);
    }
    workshop.withFactory(TERMS, "clean: {amount: round}\n    " + TERMS);
    try (Factory factory = workshop.open()) {
      factory.buildFeatures(Progress.SILENT);
      factory.replayQuarantine(ReplayOrder.all("it was mended", "ada"));
      factory.goOn();
      for (int id = 0; id < 40; id++) {
        Submission payment =
            Workshop.live(
                factory,
                "payments",
                Integer.toString(90_000 + id),
                "2018-04-28T23:59:00",
                Integer.toString(id),
                "1",
                "5.00");
        assertThat(Workshop.submit(factory, List.of(payment)).getFirst())
            .isInstanceOf(Result.Decided.class);
      }
      Parity parity = factory.parity(Progress.SILENT);
      assertThat(parity.events()).isPositive();
      assertThat(parity.mismatches()).isZero();
    }
  }
}
