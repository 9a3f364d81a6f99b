package io.cromford.generator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cromford.generator.CardPayments.Parameters;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CardPaymentsTest {
  private static final Parameters TWO_WEEKS = Parameters.small(7).withDays(14);

  @TempDir Path folder;

  @Test
  void writesTheSameBytesForTheSameSeedOnEveryMachine() throws Exception {
    Path file = folder.resolve("payments.csv");
    CardPayments.write(TWO_WEEKS, file);
    byte[] hash = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file));
    assertThat(HexFormat.of().formatHex(hash))
        .isEqualTo("792e5414af4921ab1fb074691521b1ca0858e9facd0d2e9ffff2d79a5a53929b");
  }

  @Test
  void writesOtherPaymentsForAnotherSeed() throws IOException {
    Path one = folder.resolve("one.csv");
    Path other = folder.resolve("other.csv");
    CardPayments.write(TWO_WEEKS, one);
    CardPayments.write(Parameters.small(8).withDays(14), other);
    assertThat(Files.mismatch(one, other)).isNotEqualTo(-1);
  }

  @Test
  void compressesByName() throws IOException {
    Path plain = folder.resolve("payments.csv");
    Path gzip = folder.resolve("payments.csv.gz");
    CardPayments.write(TWO_WEEKS, plain);
    CardPayments.write(TWO_WEEKS, gzip);
    try (GZIPInputStream in = new GZIPInputStream(Files.newInputStream(gzip))) {
      assertThat(in.readAllBytes()).isEqualTo(Files.readAllBytes(plain));
    }
  }

  @Test
  void leavesNothingBehindWhenItCannotWrite() throws IOException {
    Path taken = Files.createDirectories(folder.resolve("payments.csv/inside"));
    assertThatThrownBy(() -> CardPayments.write(TWO_WEEKS, taken.getParent()))
        .isInstanceOf(IOException.class);
    try (Stream<Path> left = Files.list(folder)) {
      assertThat(left).containsExactly(taken.getParent());
    }
  }

  @Test
  void writesLinesThatSayWhatThePaymentIs() throws IOException {
    Path file = folder.resolve("payments.csv");
    CardPayments.write(TWO_WEEKS, file);
    List<String> lines = Files.readAllLines(file, StandardCharsets.US_ASCII);
    Payments payments = CardPayments.generate(TWO_WEEKS);
    assertThat(lines).hasSize(payments.size() + 1);
    assertThat(lines.getFirst())
        .isEqualTo(
            "TRANSACTION_ID,TX_DATETIME,CUSTOMER_ID,TERMINAL_ID,TX_AMOUNT,"
                + "TX_TIME_SECONDS,TX_TIME_DAYS,TX_FRAUD,TX_FRAUD_SCENARIO");
    assertThat(lines.subList(1, lines.size()))
        .allMatch(line ->
            line.matches(
                "\\d+,2018-04-\\d\\d \\d\\d:\\d\\d:\\d\\d,\\d+,\\d+,\\d+\\.\\d\\d,\\d+,\\d+,[01],[0-3]"));
  }

  @Test
  void paysInTimeOrderAtTerminalsNearbyWithinTheDays() {
    Payments payments = CardPayments.generate(TWO_WEEKS);
    for (int i = 1; i < payments.size(); i++) {
      assertThat(payments.second(i)).isGreaterThanOrEqualTo(payments.second(i - 1));
      assertThat(payments.day(i)).isBetween(0, 13);
    }
  }

  @Test
  void marksEveryPaymentOver220AndNoHonestOneIsOver() {
    Payments payments = CardPayments.generate(TWO_WEEKS);
    for (int i = 0; i < payments.size(); i++) {
      if (payments.cents(i) > 220_00) {
        assertThat(payments.isFraud(i)).isTrue();
      }
      if (payments.scenario(i) == 1) {
        assertThat(payments.cents(i)).isGreaterThan(220_00);
      }
    }
  }

  @Test
  void hasTheSharesOfFraudThatTheSmallPresetPromises() {
    Payments payments = CardPayments.generate(Parameters.small(7));
    Statistics statistics = Statistics.of(payments);
    assertThat(statistics.rows()).isBetween(165_000, 190_000);
    assertThat((double) statistics.frauds() / statistics.rows()).isBetween(0.015, 0.025);
    assertThat(statistics.meanAmount()).isBetween(51.0, 57.0);
  }

  @Test
  void makesNewWaysOfFraudFromTheDayOfAnAttackOn() {
    Parameters attacked = Parameters.small(7).attackedFrom(40);
    Payments before = CardPayments.generate(Parameters.small(7));
    Payments after = CardPayments.generate(attacked);
    int[] frauds = new int[8];
    assertThat(after.size()).isEqualTo(before.size());
    for (int i = 0; i < after.size(); i++) {
      frauds[after.scenario(i)]++;
      if (after.day(i) < 40) {
        assertThat(after.cents(i)).isEqualTo(before.cents(i));
        assertThat(after.scenario(i)).isEqualTo(before.scenario(i));
      } else if (after.scenario(i) <= 3) {
        assertThat(after.cents(i)).isEqualTo(before.cents(i));
      }
    }
    int days = attacked.days() - 40;
    int wanted = attacked.attack().fraudsADay() * days;
    assertThat(frauds[4]).isBetween(wanted * 3 / 5, wanted * 7 / 5);
    assertThat(frauds[5]).isBetween(wanted / 2, wanted * 6 / 5);
    assertThat(frauds[6]).isBetween(wanted * 4 / 5, wanted * 6 / 5);
    assertThat(frauds[7]).as("a week in three").isBetween(wanted / 4, wanted * 3 / 5);
  }

  @Test
  void refusesParametersThatGiveNothing() {
    assertThatThrownBy(() -> TWO_WEEKS.withDays(0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("not 0");
    assertThatThrownBy(() -> new CardPayments.Population(0, 1, 1, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("0 customers");
  }
}
