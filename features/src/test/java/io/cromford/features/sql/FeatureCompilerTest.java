package io.cromford.features.sql;

import static org.assertj.core.api.Assertions.assertThat;

import io.cromford.core.ColumnType;
import io.cromford.core.Problem;
import io.cromford.features.plan.Aggregate;
import io.cromford.features.plan.FeaturePlan;
import io.cromford.features.plan.Output;
import io.cromford.features.plan.Window;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class FeatureCompilerTest {
  private static final long DAY = 86_400_000;

  private static String handbook() throws IOException {
    try (InputStream in = FeatureCompilerTest.class.getResourceAsStream("handbook.sql")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @Test
  void compilesTheHandbooksFifteenFeatures() throws IOException {
    FeaturePlan plan = Payments.plan(handbook());
    assertThat(plan.features()).hasSize(15);
    assertThat(plan.windows()).hasSize(6);
    assertThat(plan.windows().getFirst()).isEqualTo(new Window(List.of(2), DAY - 1000, 0, true));
    assertThat(plan.windows().getLast())
        .isEqualTo(new Window(List.of(3), 37 * DAY - 1000, 7 * DAY, false));
    assertThat(plan.aggregates()).hasSize(12);
    assertThat(plan.aggregates().get(1).function()).isEqualTo(Aggregate.Function.AVG);
    assertThat(plan.aggregates().get(1).argument().type()).isEqualTo(ColumnType.decimal(10, 2));
    assertThat(plan.outputs().getLast().expression().type()).isEqualTo(ColumnType.DOUBLE);
  }

  private static String text(List<Problem> problems) {
    return problems.stream().map(Problem::toString).collect(Collectors.joining("\n"));
  }

  @Test
  void saysWhereALabelLeaksAndWhatToWrite() {
    String sql =
        """
        SELECT tx_id,
               SUM(CASE WHEN fraud THEN 1 ELSE 0 END) OVER terminal_1d AS frauds,
               COUNT(*) FILTER (WHERE loss > 5) OVER (PARTITION BY terminal_id ORDER BY ts
                 RANGE BETWEEN INTERVAL '30' DAY PRECEDING AND INTERVAL '36' HOUR PRECEDING) AS losses
        FROM payments
        WINDOW terminal_1d AS (PARTITION BY terminal_id ORDER BY ts
                               RANGE BETWEEN INTERVAL '86399' SECOND PRECEDING AND CURRENT ROW EXCLUDE TIES)
        """;
    assertThat(text(Payments.problems(sql)))
        .isEqualTo(
            """
            features.sql:2:22: SUM reads the outcome `fraud` in the frame `terminal_1d` (line 6), which ends at the current row; an outcome is mature only after 7 days
            Maybe end the frame at the maturity: RANGE BETWEEN INTERVAL '691199' SECOND PRECEDING AND INTERVAL '7' DAY PRECEDING.
            features.sql:3:31: COUNT reads the outcome `loss` in the frame on line 3, which ends 36 hours before the row; an outcome is mature only after 7 days
            Maybe end the frame at the maturity: RANGE BETWEEN INTERVAL '852' HOUR PRECEDING AND INTERVAL '7' DAY PRECEDING.\
            """);
    String mended =
        sql.replace(
                "'86399' SECOND PRECEDING AND CURRENT ROW EXCLUDE TIES",
                "'691199' SECOND PRECEDING AND INTERVAL '7' DAY PRECEDING")
            .replace(
                "'30' DAY PRECEDING AND INTERVAL '36' HOUR",
                "'852' HOUR PRECEDING AND INTERVAL '7' DAY");
    assertThat(Payments.plan(mended).aggregates()).hasSize(2);
  }

  @Test
  void reportsEveryProblemAtOnceInTheOrderOfTheText() {
    String sql =
        """
        SELECT tx_id,
               amuont + 1 AS a,
               (score + AS b,
               MEDIAN(amount) OVER w AS c,
               tx_id / 2 AS d,
               COUNT(*) OVER v AS e
        FROM payment
        WINDOW w AS (ORDER BY ts ROWS 3 PRECEDING),
               x AS (PARTITION BY nothing ORDER BY ts RANGE BETWEEN INTERVAL '1' MONTH PRECEDING AND CURRENT ROW)
        """;
    assertThat(Payments.problems(sql).stream().map(p -> p.line() + ":" + p.column()))
        .containsExactly(
            "2:8", "3:17", "4:8", "5:8", "6:22", "7:6", "8:26", "9:27", "9:47", "9:61");
  }

  @Test
  void namesACycleOverThreeOutputs() {
    List<Problem> problems =
        Payments.problems(
            "SELECT tx_id, b + 1 AS a, c + 1 AS b, a + 1 AS c, a + 1 AS d FROM payments");
    assertThat(problems).hasSize(4);
    assertThat(problems.getFirst().message())
        .isEqualTo("a cyclic definition: `a` and `b` and `c` are defined by each other");
    assertThat(problems.getLast().message())
        .isEqualTo("`a` is an output of this query, and an output cannot read another");
  }

  @Test
  void readsNamesInAnyCaseAndAlsoQuotedOrQualified() {
    FeaturePlan plan =
        Payments.plan(
            "select TX_ID, p.\"Amount\" as \"Big Amount\", count(*) over W as N from Payments p"
                + " window w as (partition by p.Customer_Id order by TS asc range between interval"
                + " '1' day preceding and current row exclude ties);");
    assertThat(plan.outputs().stream().map(Output::name))
        .containsExactly("tx_id", "Big Amount", "n");
  }

  @Test
  void sharesWindowsAndAggregatesThatAreTheSame() {
    String frame = "ORDER BY ts RANGE BETWEEN INTERVAL '%s PRECEDING AND CURRENT ROW EXCLUDE TIES";
    FeaturePlan plan =
        Payments.plan(
            "SELECT tx_id, COUNT(*) OVER (%s) AS a, COUNT(*) OVER (%s) + 1 AS b, SUM(amount) OVER w AS c FROM payments WINDOW w AS (%s)"
                .formatted(
                    frame.formatted("1' DAY"),
                    frame.formatted("24' HOUR"),
                    frame.formatted("86400.000' SECOND")));
    assertThat(plan.windows()).containsExactly(new Window(List.of(), DAY, 0, true));
    assertThat(plan.aggregates()).hasSize(2);
  }

  @Test
  void findsNoOutcomeWhereThereIsNone() {
    Catalog alone = new Catalog("payments", Payments.COLUMNS, "tx_id", "ts", null);
    assertThat(FeatureCompiler.compile("SELECT tx_id, amount FROM payments", "f", alone))
        .isInstanceOf(Compilation.Compiled.class);
    assertThat(FeatureCompiler.compile("SELECT tx_id, fraud FROM payments", "f", alone))
        .isInstanceOfSatisfying(
            Compilation.Refused.class,
            r ->
                assertThat(r.problems().getFirst().message())
                    .isEqualTo("payments has no column `fraud`"));
  }
}
