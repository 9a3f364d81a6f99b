package io.cromford.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.cromford.core.Progress;
import io.cromford.serving.LedgerAudit;
import io.cromford.serving.definition.Check;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExplainCommandTest {
  @TempDir static Path folder;

  private static SmallFactory factory = new SmallFactory(Path.of("."), Path.of("."));

  @BeforeAll
  static void run() throws IOException {
    factory = SmallFactory.in(folder);
    Ran ran = factory.runToTheEnd();
    assertThat(ran.exit()).as(ran.err()).isZero();
  }

  private static List<String> ids(String where) {
    Ran ran = factory.run("sql", "SELECT tx_id FROM " + where, "--format", "csv");
    return ran.out().lines().skip(1).toList();
  }

  @Test
  void makesDecisionsAgainAsTheyWereAnswered() {
    for (String order : List.of("position", "position DESC", "score DESC", "hash(tx_id)")) {
      String id = ids("decisions ORDER BY " + order + " LIMIT 1").getFirst();
      Ran ran = factory.run("explain", id);
      assertThat(ran.exit()).as(ran.err()).isZero();
      assertThat(ran.out())
          .contains("tx_id " + id + ",", "decided  ", "outcome  ", "chargebacks: ")
          .doesNotContain("but answered was");
      assertThat(ran.out().lines().filter(line -> line.contains("the same: "))).hasSize(8);
    }
  }

  @Test
  void makesEveryDecisionAgainFromAFolderThatHoldsLedgerAndModelsAlone() throws IOException {
    Path fresh = Files.createDirectories(folder.resolve("fresh/state"));
    for (String part : List.of("ledger", "models")) {
      copy(factory.folder().resolve("state").resolve(part), fresh.resolve(part));
    }
    Ran ran = factory.run("ledger verify", "--decisions", "--state", fresh.toString());
    assertThat(ran.exit()).as(ran.err()).isZero();
    long decisions =
        Long.parseLong(
            factory
                .run("sql", "SELECT count(*) FROM decisions", "--format", "csv")
                .out()
                .lines()
                .toList()
                .getLast());
    assertThat(decisions).isPositive();
    assertThat(ran.out() + ran.err()).contains("%,d decisions, 0 differ".formatted(decisions));
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.toList()) {
        Files.copy(file, to.resolve(from.relativize(file)));
      }
    }
  }

  @Test
  void saysWhyAnAlertWasGiven() {
    String id = ids("decisions WHERE action = 'alert' ORDER BY score DESC LIMIT 1").getFirst();
    assertThat(factory.run("explain", id).out()).containsPattern("(?m)^reasons +[a-z_0-9]+ \\+");
  }

  @Test
  void saysWhatIsNotThere() {
    Ran unknown = factory.run("explain", "4711000");
    assertThat(unknown.exit()).isEqualTo(3);
    assertThat(unknown.err()).contains("no observation with the id `4711000`", "\nMaybe ");
    String early = ids("events ORDER BY position LIMIT 1").getFirst();
    Ran before = factory.run("explain", early);
    assertThat(before.exit()).isEqualTo(3);
    assertThat(before.err()).contains("it arrived before go-live", "\nMaybe ");
  }

  @Test
  void rebuildsByThePoliciesOfItsTimeWhateverTheFileSaysNow() throws IOException {
    String id = ids("decisions ORDER BY position DESC LIMIT 1").getFirst();
    factory.edit("alerts-per-day: 5", "alerts-per-day: 50");
    try {
      assertThat(factory.run("explain", id).exit()).isZero();
    } finally {
      factory.edit("alerts-per-day: 50", "alerts-per-day: 5");
    }
  }

  private static LedgerAudit audited() {
    return LedgerAudit.of(
        Check.check(factory.folder(), Map.of("data", "none.csv")).orThrow(),
        factory.folder().resolve("state"),
        folder.resolve("audit"),
        Progress.SILENT);
  }

  /// Where a decision's score lies: behind the frame's header, ordinal and model.
  private static final int SCORE = 48 + 8 + 4;

  @Test
  void tellsWhenADecisionWasEditedThoughItsChecksumWasMended() throws IOException {
    String id = ids("decisions ORDER BY position DESC LIMIT 1").getFirst();
    int position =
        Integer.parseInt(
            factory
                .run("sql", "SELECT max(position) FROM decisions", "--format", "csv")
                .out()
                .lines()
                .toList()
                .getLast());
    Path segment = factory.folder().resolve("state/ledger/00000000000000000000.log");
    byte[] bytes = Files.readAllBytes(segment);
    byte[] edited = bytes.clone();
    edited[position + SCORE] ^= 1;
    ByteBuffer frame = ByteBuffer.wrap(edited).order(ByteOrder.LITTLE_ENDIAN);
    CRC32C crc = new CRC32C();
    crc.update(edited, position + 4, frame.getInt(position + 4) - 4);
    frame.putInt(position, (int) crc.getValue());
    Files.write(segment, edited);
    try {
      Ran ran = factory.run("explain", id);
      assertThat(ran.exit()).as(ran.err()).isEqualTo(9);
      assertThat(ran.out()).contains("but answered was");
      assertThat(ran.err()).contains("cannot be rebuilt as it was answered: score", "\nMaybe ");
      assertThat(factory.run("ledger verify").exit()).isNotZero();
      assertThat(audited().differ()).isOne();
      assertThat(audited().first()).isEqualTo(position);
    } finally {
      Files.write(segment, bytes);
    }
  }
}
