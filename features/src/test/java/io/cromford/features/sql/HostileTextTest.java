package io.cromford.features.sql;

import static org.assertj.core.api.Assertions.assertThat;

import io.cromford.core.Cases;
import io.cromford.core.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Any text is compiled or refused, in bounded time and stack.
class HostileTextTest {
  private static final String[] WORDS =
      ("SELECT tx_id , amount AS x FROM payments WINDOW w AS ( ) PARTITION BY ORDER ts RANGE BETWEEN"
              + " INTERVAL '1' DAY PRECEDING AND CURRENT ROW EXCLUDE TIES COUNT(*) OVER FILTER WHERE"
              + " CASE WHEN THEN ELSE END CAST EXTRACT HOUR NOT IN IS NULL OR + - * / = < <> 1 1.5 1e9"
              + " 'text \" ' -- /* */ . ; COALESCE( SUBSTRING( FOR DISTINCT fraud score online é \0 ::"
              + " ROWS WITH 99999999999999999999 country DECIMAL(10,2) DOUBLE")
          .split(" ");

  private static void refusedOrCompiled(String sql) {
    if (Payments.compile(sql) instanceof Compilation.Refused refused) {
      assertThat(refused.problems()).isNotEmpty();
      long lines = sql.lines().count() + 1;
      for (Problem problem : refused.problems()) {
        assertThat(problem.line()).isBetween(1, (int) lines);
        assertThat(problem.column()).isPositive();
        assertThat(problem.message()).isNotBlank();
        assertThat(problem.advice()).isNotBlank();
      }
    }
  }

  @Test
  void randomWordsAreCompiledOrRefused() {
    Cases.check(
        2_000,
        random ->
            refusedOrCompiled(
                IntStream.range(0, random.nextInt(60))
                    .mapToObj(_ -> WORDS[random.nextInt(WORDS.length)])
                    .collect(
                        Collectors.joining(
                            " ", random.nextBoolean() ? "SELECT tx_id, " : "", ""))));
  }

  @Test
  void randomCharactersAreCompiledOrRefused() {
    Cases.check(
        2_000,
        random ->
            refusedOrCompiled(
                random
                    .ints(random.nextInt(200), 0, random.nextBoolean() ? 128 : 0x3000)
                    .mapToObj(Character::toString)
                    .collect(Collectors.joining())));
  }

  @Test
  void damagedQueriesAreCompiledOrRefused() throws IOException {
    String good = Files.readString(Path.of("..", "docs", "sql.md")).split("```sql\n")[2];
    String query = good.substring(0, good.indexOf("```"));
    Cases.check(500, random -> refusedOrCompiled(damaged(query, random)));
  }

  private static String damaged(String query, SplittableRandom random) {
    StringBuilder text = new StringBuilder(query);
    for (int i = random.nextInt(1, 5); i > 0; i--) {
      int at = random.nextInt(text.length());
      int end = Math.min(text.length(), at + random.nextInt(12));
      text.replace(at, end, random.nextBoolean() ? "" : WORDS[random.nextInt(WORDS.length)]);
    }
    return text.toString();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "(",
        "-",
        "- ",
        "NOT ",
        "ABS(",
        "CASE WHEN ",
        "CASE ",
        "1+(",
        "COALESCE(1,",
        "x IN (",
        "/*",
        "CAST(",
        "1 BETWEEN (",
        "COUNT(*) OVER (PARTITION BY "
      })
  void deepNestingIsRefused(String opening) {
    for (int depth : List.of(101, 20_000)) {
      refusedOrCompiled("SELECT tx_id, %s AS x FROM payments".formatted(opening.repeat(depth)));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {" + 1", " * 2", " AND online", " OR online", ", amount AS a"})
  void longChainsAreCompiledOrRefused(String link) {
    for (int length : List.of(99, 101, 20_000)) {
      refusedOrCompiled("SELECT tx_id, online%s AS x FROM payments".formatted(link.repeat(length)));
      refusedOrCompiled("SELECT tx_id, tx_id%s AS x FROM payments".formatted(link.repeat(length)));
    }
  }

  @Test
  void expressionsThatMultiplyWhenSpelledOutAreRefused() {
    String expression = "tx_id";
    for (int i = 0; i < 30; i++) {
      expression = "CASE %s WHEN 1 THEN 1 WHEN 2 THEN 2 WHEN 3 THEN 3 END".formatted(expression);
    }
    List<Problem> problems =
        Payments.problems("SELECT tx_id, %s AS x FROM payments".formatted(expression));
    assertThat(problems.getFirst().message())
        .isEqualTo("an expression of more than 10000 parts is over the limit");
  }

  @Test
  void aTextOfTheLongestLengthIsRefusedWithinTheStack() {
    refusedOrCompiled("SELECT tx_id, %s AS x FROM payments".formatted("(".repeat(900_000)));
    refusedOrCompiled("SELECT tx_id, 1%s AS x FROM payments".formatted(" + 1".repeat(200_000)));
  }

  @Test
  void limitsAreSaid() {
    String outputs =
        IntStream.range(0, 1_001)
            .mapToObj(", amount AS a%d"::formatted)
            .collect(Collectors.joining());
    assertThat(Payments.problems("SELECT tx_id%s FROM payments".formatted(outputs)).getFirst())
        .extracting(Problem::message)
        .isEqualTo("1002 outputs are over the limit of 1000");
    assertThat(Payments.problems(" ".repeat(1_000_001)).getFirst().message())
        .isEqualTo("a query of 1000001 characters is over the limit of 1000000");
    assertThat(Payments.problems("").getFirst().message())
        .isEqualTo("the end of the text stands where SELECT at the start is expected");
  }
}
