package io.cromford.serving;

import static org.assertj.core.api.Assertions.assertThat;

import io.cromford.core.Progress;
import io.cromford.ledger.LedgerReader;
import io.cromford.ledger.RecordKind;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A factory that lets some of what it would stop through at random.
class ExploringTest {
  @TempDir private Path folder;

  private Workshop workshop() {
    return new Workshop(folder)
        .withFactory("alerts-per-day: 2", "alerts-per-day: 4")
        .withFactory("reasons: 1\n", "reasons: 1\n  explore: {one-in: 3}\n")
        .write(Workshop.payments(1));
  }

  private List<DecisionRecord> decisions() {
    List<DecisionRecord> decisions = new ArrayList<>();
    try (LedgerReader reader =
        LedgerReader.openReadOnly(folder.resolve("state").resolve("ledger"))) {
      while (reader.next()) {
        if (reader.kind() == RecordKind.DECISION) {
          decisions.add(DecisionRecord.decode(reader.body()));
        }
      }
    }
    return decisions;
  }

  @Test
  void letsAShareThroughAndRecordsHowLikelyThatWas() {
    Workshop workshop = workshop();
    FactoryReport report;
    try (Factory factory = workshop.open()) {
      Workshop.run(factory);
      report = factory.report();
    }
    List<DecisionRecord> explored =
        decisions().stream().filter(d -> d.answer().action() == Action.EXPLORED).toList();
    List<DecisionRecord> stopped =
        decisions().stream()
            .filter(d -> d.answer().oneIn() > 0 && d.answer().action() != Action.EXPLORED)
            .toList();
    double share = (double) explored.size() / (explored.size() + stopped.size());
    assertThat(share).isBetween(0.2, 0.48);
    assertThat(explored).allMatch(d -> d.answer().propensity() == 1.0 / 3);
    assertThat(explored).allMatch(d -> d.answer().score() >= d.answer().threshold());
    assertThat(stopped).allMatch(d -> d.answer().propensity() == 1 - 1.0 / 3);
    assertThat(decisions())
        .filteredOn(d -> d.answer().action() == Action.PASS)
        .allMatch(d -> d.answer().propensity() == 1);

    assertThat(report.live()).isNotNull();
    assertThat(report.live().weeks())
        .anySatisfy(week -> {
          assertThat(week.explored()).isNotNull();
          assertThat(week.explored().positives()).isPositive();
          assertThat(week.explored().cost()).isPositive();
        });
    try (Factory again = workshop.open()) {
      assertThat(again.report()).as("the same from the ledger").isEqualTo(report);
    }
    String id = Long.toString(explored.getFirst().ordinal());
    DecisionAudit.Rebuilt rebuilt =
        DecisionAudit.of(
            workshop.checked(), workshop.state(), folder.resolve("scratch"), id, Progress.SILENT);
    assertThat(rebuilt.view().decision().action()).isEqualTo(Action.EXPLORED);
    assertThat(rebuilt.agrees()).isTrue();
  }

  @Test
  void stopsAllOfItWhereTheFileSaysNothing() {
    Workshop workshop = new Workshop(folder).write(Workshop.payments(1));
    try (Factory factory = workshop.open()) {
      Workshop.run(factory);
    }
    assertThat(decisions())
        .allMatch(d -> d.answer().action() != Action.EXPLORED && d.answer().oneIn() == 0);
  }
}
