package io.cromford.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.cromford.core.Progress;
import io.cromford.serving.Factory;
import io.cromford.serving.definition.Check;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SqlCommandTest {
  @TempDir static Path folder;

  private static SmallFactory factory = new SmallFactory(Path.of("."), Path.of("."));

  @BeforeAll
  static void run() throws IOException {
    factory = SmallFactory.in(folder);
    Ran ran = factory.runToTheEnd();
    assertThat(ran.exit()).as(ran.err()).isZero();
  }

  private static String csv(String statement) {
    Ran ran = factory.run("sql", statement, "--format", "csv");
    assertThat(ran.exit()).as(ran.err()).isZero();
    return ran.out();
  }

  private static Ran refused(String statement, int exit) {
    Ran ran = factory.run("sql", statement);
    assertThat(ran.exit()).as(statement + ran.err()).isEqualTo(exit);
    assertThat(ran.out()).isEmpty();
    assertThat(ran.err()).contains("\nMaybe ");
    return ran;
  }

  @Test
  void hasEveryEventOnceAsItStoodInTheFile() throws IOException {
    long rows = Files.readAllLines(factory.data()).size() - 1L;
    assertThat(csv("SELECT count(*), count(DISTINCT tx_id) FROM events"))
        .isEqualTo("count_star(),count(DISTINCT tx_id)\r\n%d,%d\r\n".formatted(rows, rows));
    String first = Files.readAllLines(factory.data()).get(1);
    String expected = String.join(",", Arrays.copyOf(first.split(","), 5));
    assertThat(csv("SELECT tx_id, ts, customer_id, terminal_id, amount FROM payments LIMIT 1"))
        .endsWith("\r\n" + expected + "\r\n");
  }

  @Test
  void joinsDecisionsWithWhatTheyWereMadeOfAndWhatBecameOfThem() {
    assertThat(
            csv(
                """
                SELECT count(*) > 100, count(*) = count(f.amount), bool_and(d.score BETWEEN 0 AND 1),
                       bool_and(f.amount = CAST(e.amount AS DOUBLE)), bool_and(e.arrival = d.arrival)
                FROM decisions d JOIN events e USING (tx_id) JOIN features f USING (tx_id)
                """))
        .endsWith("true,true,true,true,true\r\n");
    assertThat(csv("SELECT count(*) > 0, min(source) FROM outcomes WHERE fraud"))
        .endsWith("true,chargebacks\r\n");
    assertThat(csv("SELECT count(*) = 1 FROM controls WHERE reason = 'the first model'"))
        .endsWith("true\r\n");
    assertThat(csv("SELECT count(*) FROM quarantine")).endsWith("0\r\n");
  }

  /// The query of docs/outcomes.md: as many as had come by then, each of them in force now too.
  @Test
  void saysWhatWasKnownAtATime() {
    String then = "(SELECT min(arrival) + INTERVAL 5 DAY FROM outcomes)";
    assertThat(
            csv(
                """
                WITH known AS (
                  SELECT * FROM outcomes WHERE arrival <= %s
                  QUALIFY row_number() OVER (PARTITION BY tx_id, source ORDER BY position DESC) = 1),
                believed AS (
                  SELECT * FROM known WHERE positive IS NOT NULL
                  QUALIFY row_number() OVER (PARTITION BY tx_id ORDER BY trust DESC) = 1)
                SELECT count(*) > 100, bool_and(in_force), bool_and(kind = 'label'), max(trust),
                       bool_and(positive = fraud), bool_and(event_time <= arrival),
                       count(*) < (SELECT count(*) FROM outcomes)
                FROM believed
                """
                    .formatted(then)))
        .endsWith("true,true,true,1,true,true,true\r\n");
  }

  /// What the starter's README tells to type.
  @Test
  void answersTheStartersQuestions() throws IOException {
    Matcher call =
        Pattern.compile("(?m)^ {4}cromford sql \\. \"(.*)\"$")
            .matcher(Files.readString(factory.folder().resolve("README.md")));
    int calls = 0;
    while (call.find()) {
      assertThat(csv(call.group(1)).lines()).hasSizeGreaterThan(1);
      calls++;
    }
    assertThat(calls).isEqualTo(3);
  }

  @Test
  void namesActionsModelsAndReasons() {
    assertThat(csv("SELECT DISTINCT action FROM decisions ORDER BY ALL"))
        .contains("\r\nalert\r\n")
        .contains("\r\npass\r\n");
    assertThat(
            csv(
                "SELECT bool_and(length(model) = 64), bool_and(reasons LIKE '%_ +%') FROM decisions"
                    + " WHERE action = 'alert'"))
        .endsWith("true,true\r\n");
  }

  @Test
  void writesTablesCsvAndJson() {
    String statement =
        "SELECT 1 AS a, NULL AS b, 'x,\"y' AS c, 1.50 AS d, TIMESTAMP '2018-04-01' AS e";
    assertThat(factory.run("sql", statement).out().lines())
        .containsExactly(
            "a  b     c        d  e", "1  NULL  x,\"y  1.50  2018-04-01 00:00:00", "(1 row)");
    assertThat(csv(statement))
        .isEqualTo("a,b,c,d,e\r\n1,,\"x,\"\"y\",1.50,2018-04-01 00:00:00\r\n");
    assertThat(factory.run("sql", statement, "--format", "json").out())
        .isEqualTo(
            "[\n{\"a\":1,\"b\":null,\"c\":\"x,\\\"y\",\"d\":1.50,\"e\":\"2018-04-01 00:00:00\"}\n]\n");
  }

  @Test
  void saysUpToWhichPositionAndLoadsOnlyWhatIsAskedFor() {
    Ran ran = factory.run("sql", "SELECT count(*) FROM decisions");
    assertThat(ran.err())
        .containsPattern("load +[\\d,]+ decisions, up to position \\d+ of the ledger, 2018-05-2")
        .doesNotContain("events");
    assertThat(csv("SELECT count(*) > 0 FROM query_table('ev' || 'ents')")).endsWith("true\r\n");
  }

  @Test
  void readsBesideTheProcessThatWrites() {
    var checked =
        Check.check(factory.folder(), Map.of("data", factory.data().toString())).orThrow();
    try (Factory open = Factory.open(checked, factory.folder().resolve("state"), Progress.SILENT)) {
      assertThat(open.status().observations()).isPositive();
      assertThat(csv("SELECT count(*) FROM events"))
          .endsWith(open.status().observations() + "\r\n");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT * FROM read_csv('/etc/passwd')",
        "SELECT * FROM '/etc/passwd'",
        "SELECT * FROM read_text('/etc/passwd')",
        "SELECT * FROM read_blob('/etc/passwd')",
        "SELECT * FROM read_json('/etc/passwd')",
        "SELECT * FROM read_parquet('/etc/passwd')",
        "SELECT * FROM glob('/etc/*')",
        "SELECT * FROM 'https://example.com/x.csv'",
        "SELECT * FROM 's3://bucket/x.parquet'",
        "SELECT * FROM query('SELECT * FROM read_text(''/etc/passwd'')')",
        "SELECT getenv('HOME')",
        "WITH x AS (SELECT * FROM read_text('/etc/passwd')) SELECT * FROM x",
        "EXPLAIN ANALYZE COPY events TO 'must-not-be'",
        "COPY events TO 'must-not-be'",
        "COPY events FROM '/etc/passwd'",
        "EXPORT DATABASE 'must-not-be'",
        "IMPORT DATABASE 'must-not-be'",
        "ATTACH 'must-not-be'",
        "ATTACH ':memory:' AS other",
        "INSTALL httpfs",
        "LOAD httpfs",
        "SET enable_external_access = true",
        "RESET lock_configuration",
        "PRAGMA enable_profiling",
        "CREATE SECRET s (TYPE s3)",
        "CREATE TABLE t AS SELECT 1",
        "DROP TABLE events",
        "CALL pragma_version()",
        "SELECT 1; ATTACH 'must-not-be'",
        "SELECT 1 /* ; */ ; -- ;\n SET threads = 1"
      })
  void reachesNeitherFilesNorTheNetworkNorSettings(String statement) {
    refused(statement, 2);
    assertThat(Path.of("must-not-be")).doesNotExist();
  }

  @Test
  void saysWhatIsWrongWithAStatement() {
    assertThat(refused("SELECT tx FROM events", 2).err())
        .contains("Referenced column \"tx\" not found", "LINE 1: SELECT tx FROM events");
    assertThat(refused("SELEC 1", 2).err()).contains("begins with `SELEC` is not taken");
    assertThat(refused("SELECT 1 +", 2).err()).contains("syntax error");
    assertThat(refused("  -- nothing", 2).err()).contains("the statement is empty");
    assertThat(factory.run("sql", "SELECT ';', 1 AS \"a;b\" -- ;\n;").exit()).isZero();
  }

  @Test
  void saysThatThereIsNoLedger() {
    Ran ran = factory.run("sql", "SELECT 1", "--state", folder.resolve("nowhere"));
    assertThat(ran.exit()).isEqualTo(3);
    assertThat(ran.err())
        .contains("there is no ledger folder", "Maybe the factory has not run yet");
    assertThat(folder.resolve("nowhere")).doesNotExist();
  }
}
