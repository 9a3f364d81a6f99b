package io.cromford.features.sql;

import java.sql.SQLException;
import org.junit.jupiter.api.Test;

class DuckDbParityTest {
  @Test
  void randomExpressionsHaveTheValuesOfDuckDb() throws SQLException {
    DuckDbParity.check(30);
  }
}
