package io.cromford.features.scalar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cromford.core.ColumnType;
import io.cromford.core.CromfordException;
import io.cromford.core.ErrorCode;
import io.cromford.features.plan.Expression;
import io.cromford.features.plan.Expression.Call;
import io.cromford.features.plan.Expression.Cast;
import io.cromford.features.plan.Expression.ColumnValue;
import io.cromford.features.plan.Expression.Operator;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.DoubleBinaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Where libraries differ and numbers end.
class ScalarEdgesTest {
  private static final int CASES = 2_000;
  private static final long MAX_DIGITS = 999_999_999_999_999_999L;

  private static Connection connection;

  @BeforeAll
  static void open() throws SQLException {
    connection = DriverManager.getConnection("jdbc:duckdb:");
  }

  @AfterAll
  static void close() throws SQLException {
    connection.close();
  }

  /// Columns without nulls.
  private static Cells cells(long... slots) {
    return new SlotCells(slots);
  }

  private static long bits(double value) {
    return Double.doubleToRawLongBits(value);
  }

  private static Expression doubles(Operator operator, int arguments) {
    List<Expression> columns =
        List.<Expression>of(
                new ColumnValue(0, ColumnType.DOUBLE), new ColumnValue(1, ColumnType.DOUBLE))
            .subList(0, arguments);
    return new Call(operator, columns, ColumnType.DOUBLE);
  }

  @Test
  void logarithmExponentialAndPowerAreWithinAnUlpOfDuckDb() throws SQLException {
    check("ln(abs(x))", (x, _) -> value(Operator.LN, Math.abs(x)));
    check("exp(x / 1e4)", (x, _) -> value(Operator.EXP, x / 1e4));
    check("power(abs(x), y)", (x, y) -> value(Operator.POWER, Math.abs(x), y));
  }

  private static double value(Operator operator, double... values) {
    long[] slots = Arrays.stream(values).mapToLong(ScalarEdgesTest::bits).toArray();
    return CompiledExpression.of(doubles(operator, values.length)).evaluateDouble(cells(slots));
  }

  private static void check(String sql, DoubleBinaryOperator ours) throws SQLException {
    SplittableRandom random = new SplittableRandom(1);
    List<String> values = new ArrayList<>();
    for (int i = 0; i < CASES; i++) {
      values.add(
          "%se0, %se0"
              .formatted(
                  random.nextInt(-1_000_000, 1_000_000) / 8.0, random.nextInt(-300, 300) / 64.0));
    }
    try (Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "SELECT x, y, %s FROM (VALUES (%s)) t(x, y)"
                    .formatted(sql, String.join("), (", values)))) {
      while (rows.next()) {
        double theirs = rows.getDouble(3);
        double value = ours.applyAsDouble(rows.getDouble(1), rows.getDouble(2));
        assertThat(Math.abs(value - theirs))
            .as(
                "%s of %s, %s: %s, DuckDB %s",
                sql, rows.getDouble(1), rows.getDouble(2), value, theirs)
            .isLessThanOrEqualTo(Math.ulp(theirs));
      }
    }
  }

  @Test
  void decimalsBecomeTheDoublesOfDuckDb() throws SQLException {
    SplittableRandom random = new SplittableRandom(1);
    for (int scale = 0; scale <= 18; scale++) {
      ColumnType type = ColumnType.decimal(18, scale);
      List<String> values = new ArrayList<>();
      for (int i = 0; i < CASES / 10; i++) {
        long unscaled = random.nextLong(-MAX_DIGITS, MAX_DIGITS) >> random.nextInt(60);
        values.add(
            "CAST('%s' AS DECIMAL(18,%d))"
                .formatted(BigDecimal.valueOf(unscaled, scale).toPlainString(), scale));
      }
      CompiledExpression cast =
          CompiledExpression.of(new Cast(new ColumnValue(0, type), ColumnType.DOUBLE));
      try (Statement statement = connection.createStatement();
          ResultSet rows =
              statement.executeQuery(
                  "SELECT x, CAST(x AS DOUBLE) FROM (VALUES (%s)) t(x)"
                      .formatted(String.join("), (", values)))) {
        while (rows.next()) {
          long unscaled = rows.getBigDecimal(1).unscaledValue().longValueExact();
          assertThat(cast.evaluateDouble(cells(unscaled)))
              .as("%d, scale %d", unscaled, scale)
              .isEqualTo(rows.getDouble(2));
        }
      }
    }
  }

  @Test
  void doublesBecomeTheDecimalsOfDuckDb() throws SQLException {
    CompiledExpression cast =
        CompiledExpression.of(
            new Cast(new ColumnValue(0, ColumnType.DOUBLE), ColumnType.decimal(18, 6)));
    try (Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "SELECT x, CAST(x AS DECIMAL(18,6)) FROM (SELECT (hash(i) %% 2000000000 - 1e9) / 2e6 AS x FROM range(%d) t(i))"
                    .formatted(CASES))) {
      while (rows.next()) {
        assertThat(cast.evaluate(cells(bits(rows.getDouble(1)))))
            .as("%s", rows.getDouble(1))
            .isEqualTo(rows.getBigDecimal(2).unscaledValue().longValueExact());
      }
    }
  }

  @Test
  void aDoubleThatIsNotFiniteIsNull() {
    assertThat(value(Operator.DIVIDE, 1, 0)).isNaN();
    assertThat(value(Operator.DIVIDE, 0, 0)).isNaN();
    assertThat(value(Operator.LN, 0)).isNaN();
    assertThat(value(Operator.LN, -1)).isNaN();
    assertThat(value(Operator.SQRT, -1)).isNaN();
    assertThat(value(Operator.EXP, 1_000)).isNaN();
    assertThat(value(Operator.MULTIPLY, 1e200, 1e200)).isNaN();
    CompiledExpression quotient = CompiledExpression.of(doubles(Operator.DIVIDE, 2));
    Cells cells = cells(bits(1), bits(0));
    quotient.evaluate(cells);
    assertThat(cells.wasNull()).isTrue();
  }

  @Test
  void whatDoesNotFitIsRefusedWithItsValues() {
    assertRefused(
        exact(Operator.MULTIPLY, ColumnType.BIGINT),
        "9223372036854775807 * 2 does not fit bigint.",
        Long.MAX_VALUE,
        2);
    assertRefused(
        exact(Operator.ADD, ColumnType.decimal(18, 2)),
        "9999999999999999.99 + 0.01 does not fit decimal(18,2).",
        999_999_999_999_999_999L,
        1);
    assertRefused(
        new Call(Operator.ABS, List.of(new ColumnValue(0, ColumnType.BIGINT)), ColumnType.BIGINT),
        "0 - -9223372036854775808 does not fit bigint.",
        Long.MIN_VALUE);
    assertRefused(
        new Cast(new ColumnValue(0, ColumnType.BIGINT), ColumnType.decimal(5, 2)),
        "1000 does not fit decimal(5,2).",
        1000);
    assertRefused(
        new Cast(new ColumnValue(0, ColumnType.DOUBLE), ColumnType.decimal(5, 2)),
        "1000.5 does not fit decimal(5,2).",
        bits(1000.5));
  }

  private static Expression exact(Operator operator, ColumnType type) {
    return new Call(operator, List.of(new ColumnValue(0, type), new ColumnValue(1, type)), type);
  }

  private static void assertRefused(Expression expression, String message, long... slots) {
    assertThatThrownBy(() -> CompiledExpression.of(expression).evaluate(cells(slots)))
        .isInstanceOfSatisfying(
            CromfordException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.RECORD_REFUSED))
        .hasMessage(message + "\nMaybe cast an operand AS DOUBLE in the feature.");
  }

  @Test
  void capitalsAndSmallLettersAreDuckDbsWhereUnicodeAgrees() throws SQLException {
    int differing = 0;
    try (Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "SELECT i, upper(chr(i::INTEGER)), lower(chr(i::INTEGER)) FROM range(1, 65536) t(i)"
                    + " WHERE i NOT BETWEEN 55296 AND 57343")) {
      while (rows.next()) {
        String text = Character.toString(rows.getInt(1));
        boolean same =
            Texts.upper(text).equals(rows.getString(2))
                && Texts.lower(text).equals(rows.getString(3));
        differing += same ? 0 : 1;
        if (rows.getInt(1) < 0x180) {
          assertThat(same).as("U+%04X", rows.getInt(1)).isTrue();
        }
      }
    }
    assertThat(differing).as("letters newer than the JDK's Unicode").isLessThan(20);
  }

  @Test
  void partsOfTextsCountCodePoints() {
    assertThat(Texts.substring("😀ab", 2, 1)).isEqualTo("a");
    assertThat(Texts.substring("😀ab", 1, 1)).isEqualTo("😀");
    assertThat(Texts.substring("ab", 3, 5)).isEmpty();
    assertThat(Texts.substring("ab", 999_999_999, 5)).isEmpty();
    assertThat(Texts.substring("ab", 2, Integer.MAX_VALUE)).isEqualTo("b");
  }

  @Test
  void comparesAcrossScalesWithoutOverflow() {
    assertThat(Exact.compare(Long.MAX_VALUE, 0, 15, 1)).isPositive();
    assertThat(Exact.compare(Long.MIN_VALUE, 0, 15, 1)).isNegative();
    assertThat(Exact.compare(15, 1, Long.MAX_VALUE, 0)).isNegative();
    assertThat(Exact.compare(150, 2, 15, 1)).isZero();
  }
}
