package io.cromford.features.sql;

import static org.assertj.core.api.Assertions.assertThat;

import io.cromford.core.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.SplittableRandom;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What docs/sql.md says is so.
class SqlDocumentTest {
  private static final Pattern ROW =
      Pattern.compile("^\\| `(.*?)` \\| (.*?) \\| (.*) \\|$", Pattern.MULTILINE);
  private static final Pattern EXAMPLE = Pattern.compile("```sql\n(.*?)```", Pattern.DOTALL);
  private static final String WINDOW =
      " WINDOW w AS (PARTITION BY customer_id ORDER BY ts RANGE BETWEEN INTERVAL '7' DAY PRECEDING"
          + " AND CURRENT ROW EXCLUDE TIES)";

  /// A row of the table of refusals.
  record Refusal(String text, String message, String advice) {
    String query() {
      if (text.startsWith("SELECT") || text.startsWith("WITH")) {
        return text;
      }
      String expression = text.startsWith("OVER") ? "COUNT(*) " + text : text;
      return "SELECT tx_id, %s AS x FROM payments%s".formatted(expression, WINDOW);
    }
  }

  private static String document() throws IOException {
    return Files.readString(Path.of("..", "docs", "sql.md"));
  }

  static Stream<Refusal> refusals() throws IOException {
    String document = document();
    return ROW.matcher(document.substring(document.indexOf("## What is refused")))
        .results()
        .map(row -> new Refusal(cell(row, 1), cell(row, 2), cell(row, 3)));
  }

  private static String cell(MatchResult row, int group) {
    return row.group(group).replace("\\|", "|");
  }

  @Test
  void theTableHasItsRows() throws IOException {
    assertThat(refusals()).hasSizeGreaterThan(90);
  }

  @ParameterizedTest
  @MethodSource("refusals")
  void refusesWithTheMessageAndTheAdviceOfTheTable(Refusal refusal) {
    Problem first = Payments.problems(refusal.query()).getFirst();
    assertThat(first.message()).isEqualTo(refusal.message());
    assertThat(first.advice()).isEqualTo(refusal.advice());
    assertThat(first.line()).isEqualTo(1);
    assertThat(first.column()).isPositive();
  }

  @Test
  void theExamplesCompileAndDuckDbExecutesThem() throws IOException, SQLException {
    List<String> examples =
        EXAMPLE.matcher(document()).results().map(example -> example.group(1)).toList();
    assertThat(examples).hasSize(2);
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = connection.createStatement()) {
      Table.of(new SplittableRandom(1), 20).create(connection);
      for (String example : examples) {
        assertThat(Payments.plan(example).features()).isNotEmpty();
        statement.executeQuery(example).close();
      }
    }
  }
}
