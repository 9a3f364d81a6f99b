package io.cromford.bench.features;

import java.time.Duration;

/// A stream to fold live.
///
/// @param name what it is called in the report
/// @param sql the features
/// @param keys customers, and as many terminals
/// @param payments payments over sixty days
/// @param lateness how many come late, and by how much
/// @param group payments taken together, as an endpoint under load commits them; 1 for one by one
/// @param bound what holds it, in words
record LiveCase(
    String name, String sql, int keys, int payments, Lateness lateness, int group, String bound) {
  /// How late payments come.
  ///
  /// @param permille how many of a thousand
  /// @param most by how much at most; each lateness up to that is as likely
  record Lateness(int permille, Duration most) {
    private static final Lateness NONE = new Lateness(0, Duration.ofMillis(1));
  }

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
    return new LiveCase("ordered", FeatureText.sql(), keys, payments, Lateness.NONE, 1, bound);
  }

  static LiveCase grouped(int keys, int payments, int group) {
    String bound = "as one by one: groups only wait less for memory";
    return new LiveCase(
        "in groups of " + group, FeatureText.sql(), keys, payments, Lateness.NONE, group, bound);
  }

  static LiveCase late(int keys, int payments) {
    String bound =
        "a late row waits in a heap once per lag, 16 bytes each, until max-late has passed";
    Lateness lateness = new Lateness(50, Duration.ofDays(2));
    return new LiveCase(
        "5 % late by up to two days", FeatureText.sql(), keys, payments, lateness, 1, bound);
  }

  /// Two sources, of which one is a little behind the other, and keys with many payments each.
  static LiveCase behind(int keys, int payments) {
    String bound = "as in order, and a look at the payments by which it is behind";
    Lateness lateness = new Lateness(500, Duration.ofHours(1));
    return new LiveCase(
        "half of them behind by up to an hour",
        FeatureText.sql(),
        keys,
        payments,
        lateness,
        1,
        bound);
  }

  static LiveCase extremes(int keys, int payments) {
    String bound = "at most one entry of a deque per row in the window";
    return new LiveCase("MIN and MAX", EXTREMES, keys, payments, Lateness.NONE, 1, bound);
  }

  static LiveCase distinct(int keys, int payments) {
    String bound = "one entry per value of a key in the window";
    return new LiveCase("COUNT(DISTINCT)", DISTINCT, keys, payments, Lateness.NONE, 1, bound);
  }
}
