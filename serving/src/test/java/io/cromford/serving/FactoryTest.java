package io.cromford.serving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.cromford.core.CromfordException;
import io.cromford.core.ErrorCode;
import io.cromford.core.Progress;
import io.cromford.intake.ArrivalStream;
import io.cromford.serving.definition.Check;
import io.cromford.serving.definition.CheckedFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FactoryTest {
  private static final String HEADER =
      "TRANSACTION_ID,TX_DATETIME,CUSTOMER_ID,TERMINAL_ID,TX_AMOUNT,TX_FRAUD\n";

  @TempDir Path folder;

  @Test
  void accountsForEveryRowAndReadsNothingTwice() throws IOException {
    CheckedFactory checked =
        checked(
            """
            0,2018-04-01 00:00:31,596,3156,57.16,0
            1,2018-04-01 00:02:10,4961,3412,85.64999999999999,1
            1,2018-04-01 00:02:10,4961,3412,85.65,1
            1,2018-04-01 00:02:11,4961,3412,85.65,1
            2,2018-04-01 00:03:00,7,3412,minus one,0
            """);
    String expected =
        "{payments=Intake[read=5, accepted=2, quarantined=2, duplicates=1],"
            + " chargebacks=Intake[read=5, accepted=2, quarantined=1, duplicates=2],"
            + " verdicts=Intake[read=0, accepted=0, quarantined=0, duplicates=0]}";
    assertThat(intakeOf(checked)).isEqualTo(expected);
    assertThat(intakeOf(checked)).as("a second run").isEqualTo(expected);
  }

  @Test
  void readsAFileThatTookAnothersPlace() throws IOException {
    assertThat(intakeOf(checked(row(1, "04-01") + row(2, "04-02")))).contains("read=2, accepted=2");
    assertThat(intakeOf(checked(row(3, "04-03") + row(4, "04-04") + row(5, "04-05"))))
        .as("the night's file over yesterday's")
        .contains("payments=Intake[read=5, accepted=5, quarantined=0, duplicates=0]");
  }

  @Test
  void readsOnlyWhatAFileGrewBy() throws IOException {
    assertThat(intakeOf(checked(row(1, "04-01").strip()))).contains("read=1, accepted=1");
    assertThat(intakeOf(checked(row(1, "04-01") + row(2, "04-02"))))
        .contains("payments=Intake[read=2, accepted=2, quarantined=0, duplicates=0]");
  }

  @Test
  void readsNothingTwiceWhenItIsMoved() throws IOException {
    String rows = row(1, "04-01") + row(2, "04-02");
    String first = intakeOf(checked(rows));
    Path moved = Files.createDirectories(folder.resolve("elsewhere"));
    Files.move(folder.resolve("state"), moved.resolve("state"));
    folder = moved;
    assertThat(intakeOf(checked(rows))).isEqualTo(first);
  }

  /// What is older than a source allows is still known when it is there already.
  @Test
  void takesWhatItKnowsForADuplicateHoweverLateItIs() throws IOException {
    String first = row(1, "04-01");
    assertThat(intakeOf(checked(first + row(2, "05-05")))).contains("accepted=2");
    assertThat(intakeOf(checked(row(3, "05-05") + first)))
        .contains("payments=Intake[read=4, accepted=3, quarantined=0, duplicates=1]");
    assertThat(intakeOf(checked(row(4, "05-05") + row(5, "04-01"))))
        .contains("payments=Intake[read=6, accepted=4, quarantined=1, duplicates=1]");
  }

  @Test
  void saysWhyThereIsNothingToLearnFrom() throws IOException {
    assertThat(trainingOn(row(1, "06-01"))).contains("arrived before go-live", "before the data");
    assertThat(trainingOn(row(2, "01-02")))
        .contains("happened in the days to learn from, 2018-03-04", "2018-01-02T00:00:31Z");
    StringBuilder genuine = new StringBuilder();
    for (int day = 1; day <= 25; day++) {
      genuine.append(row(10 + day, "04-%02d".formatted(day)));
    }
    assertThat(trainingOn(genuine.toString()))
        .contains("of the 25 observations", "none is positive");
  }

  private String trainingOn(String rows) throws IOException {
    folder = Files.createDirectory(folder.resolve("next"));
    try (Factory factory = Factory.open(checked(rows), state(), Progress.SILENT);
        ArrivalStream arrivals = factory.arrivals()) {
      factory.intake(arrivals, Progress.SILENT);
      factory.buildFeatures(Progress.SILENT);
      CromfordException refused =
          catchThrowableOfType(CromfordException.class, () -> factory.train(Progress.SILENT));
      assertThat(refused.code()).isEqualTo(ErrorCode.STATE_CONFLICT);
      return String.valueOf(refused.getMessage());
    }
  }

  private static String row(int id, String day) {
    return "%d,2018-%s 00:00:31,596,3156,57.16,0\n".formatted(id, day);
  }

  @Test
  void refusesASecondWriter() throws IOException {
    CheckedFactory checked = checked("0,2018-04-01 00:00:31,596,3156,57.16,0\n");
    try (Factory first = Factory.open(checked, state(), Progress.SILENT)) {
      assertThat(first.status().ready()).isFalse();
      assertThatThrownBy(() -> Factory.open(checked, state(), Progress.SILENT))
          .isInstanceOfSatisfying(
              CromfordException.class,
              refused -> assertThat(refused.code()).isEqualTo(ErrorCode.LOCKED));
    }
  }

  private String intakeOf(CheckedFactory checked) {
    try (Factory factory = Factory.open(checked, state(), Progress.SILENT);
        ArrivalStream arrivals = factory.arrivals()) {
      factory.intake(arrivals, Progress.SILENT);
      return factory.report().intake().toString();
    }
  }

  private Path state() {
    return folder.resolve("state");
  }

  private CheckedFactory checked(String rows) throws IOException {
    Path data = Files.writeString(folder.resolve("payments.csv"), HEADER + rows);
    Path example = Path.of("..", "examples", "card-fraud");
    for (String file : new String[] {"factory.yaml", "features.sql"}) {
      Files.writeString(folder.resolve(file), Files.readString(example.resolve(file)));
    }
    return Check.check(folder, Map.of("data", data.toAbsolutePath().toString())).orThrow();
  }
}
