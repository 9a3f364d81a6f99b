package io.cromford.serving;

import static org.assertj.core.api.Assertions.assertThat;

import io.cromford.core.Progress;
import io.cromford.intake.ArrivalStream;
import io.cromford.intake.Arrived;
import io.cromford.intake.Origin;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Outcomes of several kinds, early, unknown, corrected and repeated.
class OutcomesTest {
  @TempDir private Path folder;
  private Workshop workshop;

  @BeforeEach
  void makeAFactoryWithVerdicts() {
    workshop =
        new Workshop(folder)
            .withFactory(
                "label: {column: fraud, maturity: 2d, when-unknown: false}\n",
                """
                  verdicts:
                    kind: outcome
                    of: payments.tx_id
                    schema: {tx_id: bigint, confirmed: boolean, analyst: {type: varchar, nullable: true}}
                    arrival: {after: payments.ts, delay: 4h}
                label:
                  column: fraud
                  maturity: 2d
                  when-unknown: false
                  provisional: [{column: confirmed, maturity: 1d}]
                """)
            .write(Workshop.payments(1));
  }

  private static Result send(Factory factory, String source, String... values) {
    return Workshop.submit(factory, List.of(Workshop.live(factory, source, values))).getFirst();
  }

  /// Takes a payment in a day after go-live; it alone has no outcome yet.
  private Factory liveWithAPayment() {
    Factory factory = workshop.open();
    Workshop.goLive(factory);
    pay(factory, "9001");
    return factory;
  }

  private static Result pay(Factory factory, String id) {
    LocalDateTime now =
        LocalDateTime.ofInstant(
            Instant.ofEpochMilli(factory.status().clockMillis()), ZoneOffset.UTC);
    return send(factory, "payments", id, now.toString(), "777", "3", "95.00");
  }

  private static FactoryReport.Open open(Factory factory) {
    return factory.report().live().open().getFirst();
  }

  private static String json(Factory factory) {
    return Control.JSON.writeValueAsString(factory.report());
  }

  private static FactoryReport.Outcomes outcomes(Factory factory, String source) {
    return factory.report().outcomes().get(source);
  }

  @Test
  void believesAVerdictUntilTheChargebackSpeaksAndNeverAfter() {
    try (Factory factory = liveWithAPayment()) {
      assertThat(open(factory)).matches(week -> week.open() == 1 && week.positives() == 0);
      send(factory, "verdicts", "9001", "true", "kim");
      assertThat(open(factory))
          .matches(week -> week.open() == 0 && week.provisional() == 1 && week.positives() == 1);
      send(factory, "chargebacks", "9001", "false");
      assertThat(open(factory))
          .matches(
              week -> week.provisional() == 0 && week.definitive() == 1 && week.positives() == 0);
      send(factory, "verdicts", "9001", "true", "lee");
      assertThat(open(factory).positives()).as("a verdict overrules no chargeback").isZero();
      assertThat(outcomes(factory, "verdicts"))
          .isEqualTo(new FactoryReport.Outcomes("provisional", 1, 1, 0));
      send(factory, "chargebacks", "9001", "true");
      assertThat(open(factory).positives()).as("the latest chargeback corrects").isEqualTo(1);
      assertThat(outcomes(factory, "chargebacks"))
          .isEqualTo(new FactoryReport.Outcomes("label", 1, 0, 0));
      assertThat(outcomes(factory, "verdicts").contradictions()).isZero();
      assertThat(factory.find("9001").orElseThrow().outcomes())
          .extracting(DecisionView.Field::json)
          .as("the one in force")
          .containsExactly("9001", "true");
    }
  }

  /// A repeat of one source is known although another has spoken since.
  @Test
  void knowsARepeatThoughAnotherSourceHasSpokenSince() {
    try (Factory factory = liveWithAPayment()) {
      send(factory, "verdicts", "9001", "true", "kim");
      send(factory, "chargebacks", "9001", "true");
      assertThat(send(factory, "verdicts", "9001", "true", "kim"))
          .isInstanceOf(Result.AlreadyKnown.class);
      assertThat(outcomes(factory, "verdicts").corrections()).isZero();
    }
  }

  @Test
  void keepsAnEarlyOutcomeAndJoinsItWhenItsEventArrives() {
    String report;
    try (Factory factory = liveWithAPayment()) {
      for (int i = 0; i < 3; i++) {
        assertThat(send(factory, "chargebacks", "9002", "true"))
            .isInstanceOfSatisfying(
                Result.Refused.class,
                refused -> assertThat(refused.rule()).isEqualTo("unknown-id"));
      }
      send(factory, "verdicts", "9002", "false", "kim");
      assertThat(outcomes(factory, "chargebacks").waiting()).isEqualTo(1);
      assertThat(factory.status().quarantined()).isEqualTo(2);
      assertThat(pay(factory, "9002")).isInstanceOf(Result.Decided.class);
      assertThat(factory.status().quarantined()).isZero();
      assertThat(outcomes(factory, "chargebacks").waiting()).isZero();
      assertThat(open(factory)).matches(week -> week.definitive() == 1 && week.positives() == 1);
      assertThat(outcomes(factory, "verdicts").contradictions()).isEqualTo(1);
      assertThat(factory.report().intake().get("chargebacks").duplicates()).isEqualTo(2);
      assertThat(factory.parity(Progress.SILENT).mismatches()).isZero();
      report = json(factory);
    }
    try (Factory again = workshop.open()) {
      again.buildFeatures(Progress.SILENT);
      assertThat(json(again)).isEqualTo(report);
      assertThat(again.parity(Progress.SILENT).mismatches()).isZero();
      assertThat(again.replayQuarantine(ReplayOrder.all("it was mended", "ada")).sources())
          .allMatch(source -> source.accepted() == 0);
    }
  }

  @Test
  void countsAThousandRepeatsInFewRecords() {
    long repeats = 1000;
    try (Factory factory = liveWithAPayment()) {
      send(factory, "chargebacks", "9001", "true");
      long before = factory.ledgerHead().position();
      for (int i = 0; i < repeats; i++) {
        send(factory, "chargebacks", "9001", "true");
      }
      assertThat(factory.status().duplicates()).isEqualTo(repeats);
      assertThat(factory.ledgerHead().position() - before).isLessThan(1000);
    }
    try (Factory again = workshop.open()) {
      assertThat(again.status().duplicates()).isEqualTo(repeats);
      assertThat(again.status().outcomes())
          .isEqualTo(again.report().intake().get("chargebacks").accepted());
    }
  }

  /// Whatever comes in whatever order, folding the ledger again gives the same.
  @Test
  void foldsTheSameAgain() {
    String report;
    SplittableRandom random = new SplittableRandom(3);
    try (Factory factory = liveWithAPayment()) {
      for (int i = 0; i < 400; i++) {
        String id = Integer.toString(9000 + random.nextInt(60));
        String truth = Boolean.toString(random.nextBoolean());
        switch (random.nextInt(4)) {
          case 0 -> pay(factory, id);
          case 1 -> send(factory, "verdicts", id, truth, random.nextBoolean() ? "kim" : "lee");
          default -> send(factory, "chargebacks", id, truth);
        }
        workshop.pass(Duration.ofMinutes(random.nextInt(90)));
      }
      while (!factory.jobs().isEmpty()) {
        Thread.onSpinWait();
      }
      report = json(factory);
      assertThat(factory.parity(Progress.SILENT).mismatches()).isZero();
    }
    try (Factory again = workshop.open()) {
      assertThat(json(again)).isEqualTo(report);
      assertThat(outcomes(again, "chargebacks").corrections()).isGreaterThan(20);
      assertThat(outcomes(again, "verdicts").contradictions()).isPositive();
      assertThat(again.report().live().weeks().getFirst().lateOutcomes()).isPositive();
    }
  }

  @Test
  void blocksOnAVerdictAndLetsGoWhenItIsOverruled() {
    workshop.withFactory(
        "reasons: 1\n", "reasons: 1\n  known-positives: {action: block, for: 14d}\n");
    try (Factory factory = liveWithAPayment()) {
      send(factory, "verdicts", "9001", "true", "kim");
      assertThat(action(pay(factory, "9002"))).isEqualTo(Action.BLOCK);
      send(factory, "chargebacks", "9001", "false");
      assertThat(action(pay(factory, "9003"))).isNotEqualTo(Action.BLOCK);
    }
  }

  /// What is promoted is fitted on the mature days, and on what has a verdict since: here one
  /// payment in four.
  @Test
  void learnsFromVerdictsBehindTheMatureDays() throws IOException {
    long without = firstRefit(0);
    Files.move(workshop.state(), folder.resolve("without"));
    assertThat(firstRefit(4) - without).as("of two days of sixty").isBetween(20L, 40L);
  }

  /// The rows of the first refit, where one payment in so many has a verdict; 0 for none.
  private long firstRefit(int everyVerdict) {
    try (Factory factory = workshop.open();
        ArrivalStream arrivals = factory.arrivals()) {
      Arrived next = Workshop.build(factory, arrivals);
      for (int i = 0; next != null; next = arrivals.next()) {
        Workshop.submit(factory, List.of(Workshop.submission(next)));
        if (everyVerdict > 0 && next.source().isObservation() && ++i % everyVerdict == 0) {
          String id = String.valueOf(next.raw().text(0));
          Submission verdict = Workshop.live(factory, "verdicts", id, "false", "kim");
          Submission.Replay arrival =
              new Submission.Replay(next.arrivalMillis(), new Origin("v", "v", i, i + 1L), null);
          Workshop.submit(factory, List.of(new Submission("verdicts", verdict.record(), arrival)));
        }
      }
      return factory.report().training().runs().stream()
          .filter(run -> run.purpose().equals("refit"))
          .mapToLong(FactoryReport.Run::rows)
          .findFirst()
          .orElseThrow();
    }
  }

  private static Action action(Result result) {
    return ((Result.Decided) result).decision().action();
  }
}
