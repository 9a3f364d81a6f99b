package io.cromford.serving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cromford.core.CromfordException;
import io.cromford.core.ErrorCode;
import io.cromford.core.Progress;
import io.cromford.serving.QuarantineView.Asked;
import io.cromford.serving.QuarantineView.Entry;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Rows in quarantine that a person mends.
class QuarantineRepairTest {
  private static final String TIME = "2018-04-28T23:59:00";

  @TempDir private Path folder;

  private Workshop workshop() {
    return new Workshop(folder).write(Workshop.payments(1));
  }

  private static Factory live(Workshop workshop) {
    Factory factory = workshop.open();
    Workshop.run(factory);
    factory.goOn();
    return factory;
  }

  private static Result pay(Factory factory, String id, String at, String amount) {
    return Workshop.submit(
            factory, List.of(Workshop.live(factory, "payments", id, at, "7", "1", amount)))
        .getFirst();
  }

  private static Result judge(Factory factory, String id, String fraud) {
    return Workshop.submit(factory, List.of(Workshop.live(factory, "chargebacks", id, fraud)))
        .getFirst();
  }

  private static Entry newest(Factory factory) {
    return factory.quarantine(Asked.newest(1)).newest().getFirst();
  }

  private static RepairOrder order(long row, @Nullable String... pairs) {
    Map<String, Optional<String>> values = new HashMap<>();
    for (int i = 0; i < pairs.length; i += 2) {
      values.put(String.valueOf(pairs[i]), Optional.ofNullable(pairs[i + 1]));
    }
    return new RepairOrder(row, values, "the feed had it wrong", "kim");
  }

  private static void fails(ErrorCode code, String message, Factory factory, RepairOrder order) {
    long before = factory.ledgerHead().position();
    assertThatThrownBy(() -> factory.repair(order))
        .isInstanceOfSatisfying(CromfordException.class, e -> assertThat(e.code()).isEqualTo(code))
        .hasMessageContaining(message);
    assertThat(factory.ledgerHead().position()).as("nothing was written").isEqualTo(before);
  }

  @Test
  void takesAMendedRowAndKeepsWhatItWas() {
    Workshop workshop = workshop();
    List<FactoryHistory.Entry> told;
    FactoryReport report;
    Entry row;
    try (Factory factory = live(workshop)) {
      pay(factory, "9001", TIME, "seven");
      assertThat(judge(factory, "9001", "true")).isInstanceOf(Result.Refused.class);
      row =
          factory.quarantine(new Asked("payments", "type", Long.MAX_VALUE, 9)).newest().getFirst();
      assertThat(factory.quarantined(row.position()).fields())
          .extracting(field -> field.problem().isPresent())
          .containsExactly(false, false, false, false, true);
      Repaired done = factory.repair(order(row.position(), "amount", "7.00"));
      assertThat(done.became()).isEqualTo(Repaired.Became.OBSERVATION);
      assertThat(factory.quarantine(Asked.newest(9)).records())
          .as("its outcome follows it")
          .isZero();
      assertThat(factory.whyNone("9001")).contains("nothing was decided yet");
      told = factory.history();
      assertThat(told.getLast().text())
          .isEqualTo(
              "record %d in quarantine: amount, taken in, by kim: the feed had it wrong"
                  .formatted(row.position()));
      fails(
          ErrorCode.CHANGED_MEANWHILE,
          "kim mended it at 2018-04",
          factory,
          order(row.position(), "amount", "8.00"));
      pay(factory, "9002", TIME, "5.00");
      assertThat(factory.parity(Progress.SILENT).mismatches()).isZero();
      report = factory.report();
    }
    try (Factory recovered = workshop.open()) {
      recovered.buildFeatures(Progress.SILENT);
      assertThat(recovered.report()).isEqualTo(report);
      assertThat(recovered.history()).isEqualTo(told);
      assertThat(recovered.parity(Progress.SILENT).mismatches()).isZero();
      QuarantinedRow found = recovered.quarantined(row.position());
      assertThat(found.entry()).as("as it came").isEqualTo(row);
      QuarantinedRow.Left left = found.trail().left().orElseThrow();
      assertThat(left.became()).isEqualTo(Repaired.Became.OBSERVATION);
      assertThat(left.mended().orElseThrow().record()).contains("\"7.00\"");
      fails(
          ErrorCode.CHANGED_MEANWHILE,
          "kim mended it",
          recovered,
          order(row.position(), "amount", "1"));
    }
  }

  @Test
  void keepsInQuarantineWhatIsRefusedAgainAsARecordThatPointsToTheOther() {
    try (Factory factory = live(workshop())) {
      pay(factory, "9001", TIME, "seven");
      long first = newest(factory).position();
      Repaired again = factory.repair(order(first, "amount", "-7.00"));
      assertThat(again.refused()).isNotNull();
      assertThat(again.became()).isEqualTo(Repaired.Became.QUARANTINED);
      Entry second = newest(factory);
      assertThat(second.position()).isEqualTo(again.position());
      assertThat(second.record().rule()).isEqualTo("amount-not-negative");
      assertThat(factory.quarantined(second.position()).trail().mends().orElseThrow().row())
          .isEqualTo(first);
      assertThat(factory.quarantine(Asked.newest(0)).records()).isOne();
      Repaired third = factory.repair(order(second.position(), "amount", "7.00"));
      assertThat(third.became()).isEqualTo(Repaired.Became.OBSERVATION);
      assertThat(factory.report().intake().get("payments").quarantined()).isZero();
    }
  }

  @Test
  void holdsAMendedRowAgainstWhatIsKnownByNow() {
    try (Factory factory = live(workshop())) {
      pay(factory, "9001", TIME, "seven");
      long row = newest(factory).position();
      pay(factory, "9001", TIME, "7.00");
      Repaired same = factory.repair(order(row, "amount", "7"));
      assertThat(same.became()).as("the same was sent since").isEqualTo(Repaired.Became.DUPLICATE);
      pay(factory, "9001", TIME, "eight");
      Repaired other = factory.repair(order(newest(factory).position(), "amount", "8.00"));
      assertThat(other.became()).isEqualTo(Repaired.Became.QUARANTINED);
      assertThat(newest(factory).record().rule()).isEqualTo("duplicate-id");
    }
  }

  @Test
  void judgesLatenessByWhenTheRowArrived() {
    Workshop workshop = workshop();
    try (Factory factory = live(workshop)) {
      pay(factory, "9001", TIME, "seven");
      pay(factory, "9002", "2001-01-01T00:00:00", "7.00");
      workshop.pass(java.time.Duration.ofDays(40));
      List<Entry> rows = factory.quarantine(Asked.newest(2)).newest();
      assertThat(rows.getFirst().record().rule()).isEqualTo("max-late");
      assertThat(factory.repair(order(rows.getLast().position(), "amount", "7.00")).became())
          .as("late for having been mended late")
          .isEqualTo(Repaired.Became.OBSERVATION);
      assertThat(
              factory
                  .repair(order(rows.getFirst().position(), "ts", "2001-01-02T00:00:00"))
                  .became())
          .isEqualTo(Repaired.Became.QUARANTINED);
      assertThat(factory.repair(order(newest(factory).position(), "ts", TIME)).became())
          .isEqualTo(Repaired.Became.OBSERVATION);
      assertThat(factory.parity(Progress.SILENT).mismatches()).isZero();
    }
  }

  @Test
  void changesNothingForWhatIsNoRepair() {
    try (Factory factory = live(workshop())) {
      pay(factory, "9001", TIME, "seven");
      long row = newest(factory).position();
      fails(ErrorCode.USAGE, "Maybe you meant `amount`", factory, order(row, "amout", "7"));
      fails(ErrorCode.USAGE, "nothing is changed", factory, order(row, "amount", "seven"));
      fails(ErrorCode.TOO_LARGE, "1048", factory, order(row, "amount", "7".repeat(1 << 20)));
      for (long none : new long[] {-8, 0, 7, 64, row + 8, Long.MAX_VALUE}) {
        fails(ErrorCode.NOT_FOUND, "no record in quarantine", factory, order(none, "amount", "7"));
      }
      assertThatThrownBy(() -> new RepairOrder(row, Map.of(), " ", "kim"))
          .hasMessageContaining("`reason` is missing");
      assertThat(newest(factory).position()).isEqualTo(row);
    }
  }

  @Test
  void replaysOneRuleWithTheOutcomesThatWaited() {
    Workshop workshop = workshop();
    try (Factory factory = live(workshop)) {
      pay(factory, "9001", TIME, "7.000000001");
      judge(factory, "9001", "true");
      pay(factory, "9002", TIME, "seven");
    }
    String terms = "rules: {amount-not-negative: amount >= 0}";
    workshop.withFactory(terms, "clean: {amount: round}\n    " + terms);
    try (Factory factory = workshop.open()) {
      factory.buildFeatures(Progress.SILENT);
      assertThat(
              factory.replayQuarantine(new ReplayOrder("payments", "scale", "rounds now", "kim")))
          .hasToString(
              "payments: 1 taken in, 0 duplicates, 0 stay in quarantine;"
                  + " chargebacks: 1 taken in, 0 duplicates, 0 stay in quarantine");
      assertThat(factory.quarantine(Asked.newest(9)).rules())
          .extracting(QuarantineView.Rule::rule)
          .isEqualTo(List.copyOf(Set.of("type")));
      assertThat(factory.history().getLast().text()).contains("rule `scale`", "by kim: rounds now");
      assertThatThrownBy(() -> factory.replayQuarantine(new ReplayOrder("none", "", "x", "kim")))
          .hasMessageContaining("there is no source `none`");
    }
  }
}
