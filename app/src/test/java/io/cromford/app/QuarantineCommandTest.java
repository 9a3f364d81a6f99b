package io.cromford.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class QuarantineCommandTest {
  private static final Pattern COUNTS =
      Pattern.compile(
          "payments: (\\d+) accepted, (\\d+) quarantined, (\\d+) duplicates;"
              + " chargebacks: (\\d+) accepted, (\\d+) quarantined, (\\d+) duplicates");

  @TempDir Path folder;

  /// Seven rows of history: one amount with noise, one that is no number, one row cut short.
  private SmallFactory factory() throws IOException {
    SmallFactory factory = SmallFactory.in(folder);
    Files.writeString(
        factory.data(),
        """
        TRANSACTION_ID,TX_DATETIME,CUSTOMER_ID,TERMINAL_ID,TX_AMOUNT,TX_FRAUD
        0,2018-04-01 00:00:31,596,3156,57.16,0
        1,2018-04-01 00:02:10,4961,3412,85.64999999999999,1
        2,2018-04-02 00:02:10,4961,3412,12.00,0
        3,2018-04-02 00:03:00,7,3412,minus one,0
        4,2018-04-02 00:03:01,7
        5,2018-04-09 12:00:00,596,3156,3.20,0
        """);
    return factory;
  }

  /// The counts after another run of the intake, which reads nothing twice.
  private static List<Long> counts(SmallFactory factory) {
    Ran ran = factory.run("build", "--data", factory.data());
    Matcher found = COUNTS.matcher(ran.err());
    assertThat(found.find()).as(ran.err()).isTrue();
    return IntStream.rangeClosed(1, 6).mapToObj(i -> Long.valueOf(found.group(i))).toList();
  }

  private static Ran ran(SmallFactory factory, String command, Object... more) {
    Ran ran = factory.run(command, more);
    assertThat(ran.exit()).as(ran.err()).isZero();
    return ran;
  }

  @Test
  void replaysWhatAMendedDeclarationTakesAndOnlyOnce() throws IOException {
    SmallFactory factory = factory();
    assertThat(counts(factory)).containsExactly(3L, 3L, 0L, 3L, 3L, 0L);
    assertThat(ran(factory, "quarantine replay").err())
        .contains(
            "payments: 0 taken in, 0 duplicates, 3 stay in quarantine;"
                + " chargebacks: 0 taken in, 0 duplicates, 3 stay in quarantine");

    factory.edit("# clean: {amount: round, note", "clean: {amount: round}   # note");
    String once =
        "payments: 1 taken in, 0 duplicates, 2 stay in quarantine; chargebacks: 1 taken in";
    assertThat(ran(factory, "quarantine replay").err()).contains(once);
    assertThat(ran(factory, "quarantine replay").err())
        .contains("payments: 0 taken in, 0 duplicates, 2 stay", "chargebacks: 0 taken in");
    assertThat(counts(factory)).containsExactly(4L, 2L, 0L, 4L, 2L, 0L);
    assertThat(
            ran(
                    factory,
                    "sql",
                    "SELECT e.tx_id, amount, e.arrival, fraud FROM events e JOIN outcomes o USING (tx_id)"
                        + " WHERE tx_id = 1",
                    "--format",
                    "csv")
                .out())
        .endsWith("\r\n1,85.65,2018-04-01 00:02:10,true\r\n");
  }

  @Test
  void keepsAnOutcomeThatIsNotDueYet() throws IOException {
    SmallFactory factory = factory();
    Files.writeString(
        factory.data(),
        """
        TRANSACTION_ID,TX_DATETIME,CUSTOMER_ID,TERMINAL_ID,TX_AMOUNT,TX_FRAUD
        0,2018-05-04 00:00:31,596,3156,57.16,0
        1,2018-05-04 00:02:10,4961,3412,85.64999999999999,1
        2,2018-05-05 00:00:31,596,3156,57.16,0
        """);
    counts(factory);
    factory.edit("# clean: {amount: round, note", "clean: {amount: round}   # note");
    assertThat(ran(factory, "quarantine replay").err())
        .contains("payments: 1 taken in, 0 duplicates, 0 stay", "chargebacks: 0 taken in")
        .contains("0 duplicates, 1 stay in quarantine");
  }

  @Test
  void listsByRuleAndShowsOneWhole() throws IOException {
    SmallFactory factory = factory();
    counts(factory);
    String list = ran(factory, "quarantine list").out();
    assertThat(list)
        .containsPattern("payments +scale +1 +2018-04-01T00:00:31Z\n")
        .containsPattern("chargebacks +unknown-id +2 ")
        .containsPattern("\\d+ +payments +type +amount +.*payments.csv:5\n");
    assertThat(ran(factory, "quarantine list", "--limit", 0).out()).doesNotContain("payments.csv");
    Matcher number = Pattern.compile("(\\d+) +payments +scale ").matcher(list);
    assertThat(number.find()).isTrue();
    assertThat(ran(factory, "quarantine show", number.group(1)).out())
        .contains("rule     scale\ncolumn   amount\n", "`amount` is finer than a decimal(10,2)")
        .contains("payments.csv:3\n", "\"amount\":\"85.64999999999999\"")
        .doesNotContain("replayed");
  }

  @Test
  void repairsOneRowAndKeepsWhatItWas() throws IOException {
    SmallFactory factory = factory();
    counts(factory);
    Matcher number =
        Pattern.compile("(\\d+) +payments +type +amount")
            .matcher(ran(factory, "quarantine list").out());
    assertThat(number.find()).isTrue();
    String row = number.group(1);
    Ran again =
        factory.run(
            "quarantine repair", row, "--set", "amount=-3", "--reason", "a comma", "--by", "Kim");
    assertThat(again.exit()).isEqualTo(4);
    Matcher now =
        Pattern.compile("`amount-not-negative`.*\nIt is record (\\d+) now").matcher(again.err());
    assertThat(now.find()).as(again.err()).isTrue();
    Ran late = factory.run("quarantine repair", row, "--set", "amount=3", "--reason", "x");
    assertThat(late.exit()).isEqualTo(5);
    assertThat(late.err()).contains("Kim mended it at", "a comma; nothing was changed.\nMaybe");
    assertThat(
            ran(
                    factory,
                    "quarantine repair",
                    now.group(1),
                    "--set",
                    "amount=3.00",
                    "--reason",
                    "a sign")
                .out())
        .contains("is taken in: observation");
    assertThat(ran(factory, "quarantine show", row).out())
        .contains("\"amount\":\"minus one\"", "It was mended (amount)", "by Kim: a comma")
        .contains("it is record " + now.group(1) + " now");
    assertThat(ran(factory, "quarantine show", now.group(1)).out())
        .contains("It mends record " + row, "It is an observation now");
    assertThat(counts(factory)).startsWith(4L, 2L, 0L, 4L, 2L, 0L);
    assertThat(ran(factory, "history").out())
        .contains("record " + row + " in quarantine: amount, refused again", "taken in, by");
  }

  @Test
  void saysThatThereIsNoSuchRecord() throws IOException {
    SmallFactory factory = factory();
    assertThat(factory.run("quarantine list").exit()).isEqualTo(3);
    counts(factory);
    Ran ran = factory.run("quarantine show", 7);
    assertThat(ran.exit()).isEqualTo(3);
    assertThat(ran.err())
        .contains("no record in quarantine has the number 7.\nMaybe `cromford quarantine list`");
  }
}
