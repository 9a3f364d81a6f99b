package io.cromford.bench.features;

/// A stream to fold live.
///
/// @param name what it is called in the report
/// @param sql the features
/// @param keys customers, and as many terminals
/// @param payments payments over sixty days
/// @param latePermille how many of a thousand come late, by up to two days
/// @param group payments taken together, as an endpoint under load commits them; 1 for one by one
/// @param bound what holds it, in words
record LiveCase(
    String name, String sql, int keys, int payments, int latePermille, int group, String bound) {
  private static final String EXTREMES =
      """
      SELECT tx_id, MIN(amount) OVER w AS least, MAX(amount) OVER w AS most FROM payments
      WINDOW w AS (PARTITION BY customer_id ORDER BY ts
                   RANGE BETWEEN INTERVAL '7' DAY PRECEDING AND CURRENT ROW EXCLUDE TIES)
      """;

  private static final String DISTINCT =
      """
      SELECT tx_id, COUNT(DISTINCT terminal_id) OVER w AS terminals FROM payments
      WINDOW w AS (PARTITION BY customer_id ORDER BY ts
                   RANGE BETWEEN INTERVAL '7' DAY PRECEDING AND CURRENT ROW EXCLUDE TIES)
      """;

  static LiveCase ordered(int keys, int payments) {
    String bound = "at most 1 µs an event and 150 bytes of heap a key";
    return new LiveCase("ordered", FeatureText.sql(), keys, payments, 0, 1, bound);
  }

  static LiveCase grouped(int keys, int payments, int group) {
    String bound = "as one by one: groups only wait less for memory";
    return new LiveCase(
        "in groups of " + group, FeatureText.sql(), keys, payments, 0, group, bound);
  }

  static LiveCase late(int keys, int payments) {
    String bound =
        "a late row waits in a heap once per lag, 16 bytes each, until max-late has passed";
    return new LiveCase("5 % late", FeatureText.sql(), keys, payments, 50, 1, bound);
  }

  static LiveCase extremes(int keys, int payments) {
    String bound = "at most one entry of a deque per row in the window";
    return new LiveCase("MIN and MAX", EXTREMES, keys, payments, 0, 1, bound);
  }

  static LiveCase distinct(int keys, int payments) {
    String bound = "one entry per value of a key in the window";
    return new LiveCase("COUNT(DISTINCT)", DISTINCT, keys, payments, 0, 1, bound);
  }
}
