package io.cromford.features.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cromford.core.Column;
import io.cromford.core.ColumnType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.calcite.avatica.util.Casing;
import org.apache.calcite.jdbc.CalciteSchema;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.schema.SchemaPlus;
import org.apache.calcite.schema.impl.AbstractTable;
import org.apache.calcite.sql.parser.SqlParseException;
import org.apache.calcite.sql.parser.SqlParser;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.tools.Frameworks;
import org.apache.calcite.tools.Planner;
import org.apache.calcite.tools.ValidationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The dialect is a subset of standard SQL: what a second parser and validator says of it.
///
/// Every alternative of the grammar is either valid for Calcite, or a difference that docs/sql.md
/// lists with its reason.
class CalciteTest {
  private static final Pattern DIFFERENCE =
      Pattern.compile("^\\| `([^`]*)` \\| ([^`]*) \\| (?:`([^`]*)`|–) \\|$", Pattern.MULTILINE);
  private static final String WINDOWS =
      """
      WINDOW w AS (PARTITION BY customer_id ORDER BY ts
                   RANGE BETWEEN INTERVAL '7' DAY PRECEDING AND CURRENT ROW EXCLUDE TIES),
             v AS (PARTITION BY terminal_id, online ORDER BY ts ASC
                   RANGE BETWEEN INTERVAL '30' DAY PRECEDING AND INTERVAL '7' DAY PRECEDING)
      """;

  /// The alternatives of the grammar, as outputs.
  private static final List<String> OUTPUTS =
      List.of(
          "COUNT(*) OVER w",
          "COUNT(country) OVER w",
          "COUNT(DISTINCT terminal_id) OVER w",
          "SUM(amount) OVER w",
          "SUM(loss) OVER v",
          "AVG(CAST(amount AS DOUBLE)) OVER w",
          "MIN(amount) OVER w",
          "MAX(score) OVER v",
          "STDDEV(CAST(amount AS DOUBLE)) OVER w",
          "LAST_VALUE(amount) OVER v",
          "COUNT(CASE WHEN fraud THEN 1 END) OVER v",
          "COUNT(*) OVER (ORDER BY ts RANGE BETWEEN INTERVAL '400' DAY PRECEDING"
              + " AND CURRENT ROW EXCLUDE TIES)",
          "COUNT(*) OVER (ORDER BY ts RANGE BETWEEN INTERVAL '40' HOUR PRECEDING"
              + " AND INTERVAL '5' MINUTE PRECEDING)",
          "COUNT(*) OVER (ORDER BY ts RANGE BETWEEN INTERVAL '604799.999' SECOND PRECEDING"
              + " AND INTERVAL '0.001' SECOND PRECEDING)",
          "amount <> 1 AND score >= 2 OR NOT online",
          "score = 1 OR score < 2 OR score <= 3 OR score > 4",
          "country IS NULL",
          "country IS NOT NULL",
          "amount IN (1, 2.5)",
          "country NOT IN ('a', 'b')",
          "amount BETWEEN 1 AND 2",
          "amount NOT BETWEEN 1 AND 2",
          "tx_id + 1 - 2 * -3",
          "score / NULLIF(amount, 0)",
          "payments.amount",
          "\"amount\" + 1",
          "CASE WHEN online THEN 1 ELSE 0 END",
          "CASE tx_id WHEN 1 THEN 2 WHEN 3 THEN NULL END",
          "CAST(tx_id AS DECIMAL(12,3))",
          "CAST(FLOOR(score) AS BIGINT)",
          "CAST(amount AS DOUBLE)",
          "CAST(NULL AS BOOLEAN)",
          "EXTRACT(YEAR FROM ts) + EXTRACT(MONTH FROM ts) + EXTRACT(DAY FROM ts)",
          "EXTRACT(HOUR FROM ts) + EXTRACT(MINUTE FROM ts)",
          "EXTRACT(ISODOW FROM ts) + EXTRACT(DOY FROM ts)",
          "EXTRACT(EPOCH FROM ts)",
          "ts > TIMESTAMP '2018-04-01 12:00:00.123'",
          "COALESCE(amount, 0.5)",
          "ABS(amount)",
          "LN(score) + EXP(score) + SQRT(score) + POWER(score, 2)",
          "ROUND(amount, 1)",
          "ROUND(score)",
          "FLOOR(amount)",
          "UPPER(country) = 'X' OR LOWER(country) = 'x'",
          "SUBSTRING(country, 1, 3) = 'abc'",
          "SUBSTRING(country FROM 1 FOR 3) = 'it''s'",
          "online = TRUE OR online = FALSE",
          "1e3 + 1.50 + 12");

  private static final SchemaPlus TABLES = CalciteSchema.createRootSchema(false).plus();

  static {
    TABLES.add("payments", new CalcitePayments());
  }

  /// What Calcite does not take as it stands.
  ///
  /// @param instead what both take; empty if nothing is
  record Difference(String text, String reason, String instead) {}

  private static final class CalcitePayments extends AbstractTable {
    @Override
    public RelDataType getRowType(RelDataTypeFactory factory) {
      RelDataTypeFactory.Builder row = factory.builder();
      Stream.concat(
              Payments.COLUMNS.columns().stream(), Payments.CATALOG.outcome().columns().stream())
          .forEach(column -> row.add(column.name(), type(factory, column)));
      return row.build();
    }

    private static RelDataType type(RelDataTypeFactory factory, Column column) {
      ColumnType type = column.type();
      RelDataType sql =
          switch (type.kind()) {
            case BIGINT -> factory.createSqlType(SqlTypeName.BIGINT);
            case DOUBLE -> factory.createSqlType(SqlTypeName.DOUBLE);
            case BOOLEAN -> factory.createSqlType(SqlTypeName.BOOLEAN);
            case VARCHAR -> factory.createSqlType(SqlTypeName.VARCHAR);
            case TIMESTAMP -> factory.createSqlType(SqlTypeName.TIMESTAMP, 3);
            case DECIMAL ->
                factory.createSqlType(SqlTypeName.DECIMAL, type.precision(), type.scale());
          };
      return factory.createTypeWithNullability(sql, column.nullable());
    }
  }

  static Stream<String> outputs() {
    return OUTPUTS.stream();
  }

  static Stream<Difference> differences() throws IOException {
    return DIFFERENCE
        .matcher(Files.readString(Path.of("..", "docs", "sql.md")))
        .results()
        .map(row ->
            new Difference(row.group(1), row.group(2), row.group(3) == null ? "" : row.group(3)));
  }

  @ParameterizedTest
  @MethodSource("outputs")
  void takesWhatTheDialectHas(String output) {
    takesBoth(query(output));
  }

  @ParameterizedTest
  @MethodSource("differences")
  void refusesTheDifferencesAndTakesWhatIsToBeWrittenInstead(Difference difference) {
    String sql = query(difference.text());
    assertThat(Payments.plan(sql).features()).isNotEmpty();
    assertThatThrownBy(() -> validate(sql))
        .as(difference.reason())
        .isInstanceOfAny(SqlParseException.class, ValidationException.class);
    if (!difference.instead().isEmpty()) {
      takesBoth(query(difference.instead()));
    }
  }

  @Test
  void theTableHasItsRows() throws IOException {
    assertThat(differences()).hasSizeGreaterThan(6);
  }

  private static void takesBoth(String sql) {
    assertThat(Payments.plan(sql).features()).as(sql).isNotEmpty();
    assertThatCode(() -> validate(sql)).as(sql).doesNotThrowAnyException();
  }

  private static String query(String output) {
    return "SELECT tx_id, %s AS x FROM payments %s".formatted(output, WINDOWS);
  }

  private static void validate(String sql) throws SqlParseException, ValidationException {
    try (Planner planner =
        Frameworks.getPlanner(
            Frameworks.newConfigBuilder()
                .defaultSchema(TABLES)
                .parserConfig(
                    SqlParser.config()
                        .withUnquotedCasing(Casing.UNCHANGED)
                        .withQuotedCasing(Casing.UNCHANGED)
                        .withCaseSensitive(false))
                .build())) {
      planner.validate(planner.parse(sql));
    }
  }
}
