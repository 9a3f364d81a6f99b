package io.cromford.features.sql;

import static org.assertj.core.api.Assertions.assertThat;

import io.cromford.features.plan.Expression;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Test;

class DuckDbParityTest {
  @Test
  void randomExpressionsHaveTheValuesOfDuckDb() throws SQLException {
    DuckDbParity.check(30);
  }

  @Test
  void operatorsBindAsInDuckDb() throws SQLException {
    DuckDbParity.check(
        List.of(
            "NOT online = TRUE",
            "NOT online AND online OR tx_id > 3",
            "online OR online AND tx_id > 100",
            "NOT tx_id IN (1, 2, 3)",
            "NOT tx_id BETWEEN 3 AND 7 AND customer_id = 1",
            "tx_id + 1 BETWEEN customer_id AND customer_id * 4 AND online",
            "-tx_id * 2 - 3 - customer_id",
            "- - tx_id - -2",
            "1e0 / 4 / 8 * 2",
            "score / 2 - score * 3 + 1",
            "-amount IS NULL",
            "-customer_id + terminal_id IS NOT NULL",
            "amount * 2 = amount + amount",
            "NOT NOT online",
            "CASE WHEN online THEN 1 END + 2",
            "CASE tx_id WHEN 1 THEN 2 WHEN 3 THEN NULL ELSE 4 END",
            "COUNT(*) FILTER (WHERE online) OVER w1 * 2 - COUNT(amount) OVER w3",
            "COALESCE(LAST_VALUE(country) OVER w3, '') = country",
            "COALESCE(LAST_VALUE(CASE WHEN online THEN amount END) OVER w3, -1)",
            "EXTRACT(EPOCH FROM ts) - EXTRACT(EPOCH FROM MAX(ts) OVER w3)",
            "9223372036854775807 > amount",
            "-9223372036854775808 < rate",
            "customer_id = 1.00",
            "customer_id IN (0.5, 1.0, 2)",
            "SUM(amount) OVER w1 > 100.125",
            "SUM(tx_id) OVER w1 * 0.5 + amount",
            "NULLIF(customer_id, 1.0) + 1"));
  }

  @Test
  void aColumnComesBeforeAnOutputOfItsName() {
    assertThat(
            Payments.plan("SELECT tx_id, amount * 2 AS amount, amount + 1 AS more FROM payments")
                .outputs()
                .getLast()
                .expression())
        .isInstanceOfSatisfying(
            Expression.Call.class,
            sum ->
                assertThat(sum.arguments().getFirst()).isInstanceOf(Expression.ColumnValue.class));
  }
}
