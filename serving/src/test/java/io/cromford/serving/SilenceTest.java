package io.cromford.serving;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A missing file of outcomes must not teach the factory that nothing is a fraud.
class SilenceTest {
  private static final String READ =
      "read: {csv: \"${data}\", columns: {tx_id: TRANSACTION_ID, fraud: TX_FRAUD}}";
  private static final List<String> PAYMENTS = Workshop.payments(1);

  @TempDir private Path folder;

  @Test
  void trainsNothingOnSilenceAndSaysSo() throws IOException {
    FactoryReport.Training training = trainingWith(row -> day(row) < 19);
    assertThat(training.judgements())
        .extracting(FactoryReport.Judgement::at)
        .containsExactly("2018-04-18T00:00:00Z", "2018-04-21T00:00:00Z");
    assertThat(training.skipped())
        .extracting(FactoryReport.Skip::at)
        .containsExactly("2018-04-24T00:00:00Z", "2018-04-27T00:00:00Z");
    assertThat(training.skipped()).allMatch(FactoryReport.Skip::alarm);
    assertThat(training.alarms().getFirst().message())
        .startsWith(
            "nothing was trained: 3 days from 2018-04-19 on: 0 outcomes, where 60 are usual")
        .contains("Maybe a file is missing");
  }

  @Test
  void leavesADayOutWhoseOutcomesAreMissing() throws IOException {
    FactoryReport.Training whole = trainingWith(_ -> true);
    assertThat(whole.alarms()).isEmpty();
    FactoryReport.Training training = trainingWith(row -> day(row) != 13);
    assertThat(training.skipped()).extracting(FactoryReport.Skip::at).hasSize(1);
    assertThat(training.alarms())
        .extracting(FactoryReport.Alarm::message)
        .anyMatch(message -> message.startsWith("days were left out of the training: 1 day from"));
    assertThat(rows(training, "2018-04-21T00:00:00Z"))
        .isEqualTo(rows(whole, "2018-04-21T00:00:00Z") - 60);
  }

  @Test
  void learnsFromTheVerdictsOfADayWhoseOutcomesAreMissing() throws IOException {
    try (Factory factory = withVerdicts(workshop(row -> day(row) != 13)).open()) {
      Workshop.run(factory);
      FactoryReport.Training training = factory.report().training();
      assertThat(training.alarms())
          .extracting(FactoryReport.Alarm::message)
          .anyMatch(message -> message.startsWith("days were left out of the training: 1 day"));
      assertThat(rows(training, "2018-04-21T00:00:00Z"))
          .isEqualTo(rows(trainingWith(_ -> true), "2018-04-21T00:00:00Z"));
    }
  }

  @Test
  void takesAFileThatHoldsPositivesOnly() throws IOException {
    FactoryReport.Training training = trainingWith(row -> row.endsWith(",1"));
    assertThat(training.alarms()).isEmpty();
    assertThat(training.judgements()).hasSize(5);
  }

  @Test
  void takesTheWordOfSomebodyWhoDeclaresDaysComplete() throws IOException {
    Workshop workshop = workshop(row -> day(row) < 19);
    try (Factory factory = workshop.open()) {
      Workshop.run(factory);
      assertThat(factory.report().incompleteDays()).contains("2018-04-19", "2018-04-25");
      factory.declareComplete(
          Instant.parse("2018-05-01T00:00:00Z"), "the desk looked at each", "an owner");
      assertThat(factory.report().incompleteDays()).isEmpty();
    }
    try (Factory again = workshop.open()) {
      assertThat(again.report().incompleteDays()).isEmpty();
    }
  }

  /// The rows that the challenger of a boundary was fitted on.
  private static long rows(FactoryReport.Training training, String boundary) {
    String challenger =
        training.judgements().stream()
            .filter(judged -> judged.at().equals(boundary))
            .findFirst()
            .orElseThrow()
            .challenger();
    return training.runs().stream()
        .filter(run -> run.model().equals(challenger))
        .findFirst()
        .orElseThrow()
        .rows();
  }

  private FactoryReport.Training trainingWith(Predicate<String> outcomes) throws IOException {
    try (Factory factory = workshop(outcomes).open()) {
      Workshop.run(factory);
      return factory.report().training();
    }
  }

  private Workshop workshop(Predicate<String> outcomes) throws IOException {
    Path place = Files.createTempDirectory(folder, "workshop");
    Workshop workshop =
        new Workshop(place).withFactory(READ, READ.replace("${data}", "outcomes.csv"));
    workshop.write(PAYMENTS);
    String header = Files.readAllLines(workshop.data()).getFirst();
    Files.writeString(
        place.resolve("outcomes.csv"),
        header + "\n" + String.join("\n", PAYMENTS.stream().filter(outcomes).toList()) + "\n");
    return workshop;
  }

  /// With an analyst who says of every payment within hours what it was.
  private static Workshop withVerdicts(Workshop workshop) {
    return workshop
        .withFactory(
            "label: {column: fraud, maturity: 2d, when-unknown: false}\n",
            """
              verdicts:
                kind: outcome
                of: payments.tx_id
                schema: {tx_id: bigint, confirmed: boolean}
                arrival: {after: payments.ts, delay: 4h}
                %s
            label:
              column: fraud
              maturity: 2d
              when-unknown: false
              provisional: [{column: confirmed, maturity: 1d}]
            """
                .formatted(READ.replace("fraud:", "confirmed:")))
        .write(PAYMENTS);
  }

  /// The day of April.
  private static int day(String row) {
    return Integer.parseInt(row.split(",", -1)[1].substring(8, 10));
  }
}
