package io.cromford.features.sql;

import java.sql.SQLException;
import org.junit.jupiter.api.Test;

class DuckDbParityIT {
  @Test
  void thousandsOfRandomExpressionsHaveTheValuesOfDuckDb() throws SQLException {
    DuckDbParity.check(1_000);
  }
}
