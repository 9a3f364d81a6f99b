package io.cromford.features.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.cromford.core.Row;
import io.cromford.core.Schema;
import io.cromford.features.engine.Streams.Arrival;
import io.cromford.features.plan.FeaturePlan;
import io.cromford.features.sql.Catalog;
import io.cromford.features.sql.Compilation;
import io.cromford.features.sql.FeatureCompiler;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The engine against DuckDB over streams with late rows, late outcomes, corrections and ties.
///
/// DuckDB joins each row with the rows that arrived before it and lie in its frame, and each of
/// these with its latest outcome that arrived before the row.
class DuckDbOracleTest {
  private static final long HOUR = 3_600_000;

  private record Frame(String name, List<String> keys, long start, long end, boolean current) {
    String definition() {
      return "%s AS (PARTITION BY %s ORDER BY ts RANGE BETWEEN INTERVAL '%s' MILLISECOND PRECEDING AND %s)"
          .formatted(
              name,
              String.join(", ", keys),
              start,
              current
                  ? "CURRENT ROW EXCLUDE TIES"
                  : "INTERVAL '%s' MILLISECOND PRECEDING".formatted(end));
    }

    String join() {
      String same =
          keys.stream()
              .map(k -> "q.%s IS NOT DISTINCT FROM r.%s".formatted(k, k))
              .collect(Collectors.joining(" AND "));
      String earlier =
          "q.pos < r.pos AND q.ts BETWEEN r.ts - %d AND r.ts - %d"
              .formatted(start, current ? 1 : end);
      return "%s AND (%s%s)".formatted(same, earlier, current ? " OR q.pos = r.pos" : "");
    }
  }

  private static final Frame CARD = new Frame("card_3h", List.of("card"), 3 * HOUR, 0, true);
  private static final Frame BEFORE = new Frame("before", List.of("card"), 9 * HOUR, 1, false);
  private static final Frame PAIR = new Frame("pair", List.of("card", "shop"), 24 * HOUR, 0, true);
  private static final Frame SHOP =
      new Frame("shop_risk", List.of("shop"), 30 * HOUR, 2 * HOUR, false);
  private static final Frame WEEK =
      new Frame("shop_week", List.of("shop"), 60 * HOUR, 30 * HOUR, false);
  private static final List<Frame> FRAMES = List.of(CARD, BEFORE, PAIR, SHOP, WEEK);

  /// A feature in the dialect, and the same over the join: q is an earlier row, l its outcome.
  private record Feature(Frame frame, String dialect, String oracle) {}

  private static final List<Feature> FEATURES =
      List.of(
          same(CARD, "COUNT(*)", "count(q.pos)"),
          same(CARD, "COUNT(quantity)", "count(q.quantity)"),
          same(CARD, "SUM(amount)", "sum(q.amount)"),
          same(CARD, "SUM(quantity)", "sum(q.quantity)"),
          same(
              CARD,
              "AVG(CAST(amount AS DOUBLE))",
              "sum(q.amount * 100)::DOUBLE / (count(q.amount) * 100)"),
          same(CARD, "STDDEV(CAST(amount AS DOUBLE))", "stddev_samp(q.amount::DOUBLE)"),
          same(CARD, "MIN(amount)", "min(q.amount)"),
          same(CARD, "MAX(ratio)", "max(q.ratio)"),
          same(CARD, "COUNT(DISTINCT tag)", "count(DISTINCT q.tag)"),
          new Feature(
              CARD,
              "COUNT(*) FILTER (WHERE online) OVER card_3h",
              "count(q.pos) FILTER (WHERE q.online)"),
          same(
              BEFORE, "LAST_VALUE(quantity)", "list(q.quantity ORDER BY q.ts DESC, q.pos DESC)[1]"),
          new Feature(
              BEFORE,
              "LENGTH(LAST_VALUE(tag) OVER before)",
              "length(list(q.tag ORDER BY q.ts DESC, q.pos DESC)[1])"),
          new Feature(
              BEFORE,
              "EXTRACT(EPOCH FROM ts) - EXTRACT(EPOCH FROM MAX(ts) OVER before)",
              "r.ts / 1000.0::DOUBLE - max(q.ts) / 1000.0::DOUBLE"),
          same(PAIR, "COUNT(*)", "count(q.pos)"),
          same(PAIR, "COUNT(DISTINCT quantity)", "count(DISTINCT q.quantity)"),
          new Feature(
              SHOP,
              "COUNT(*) FILTER (WHERE fraud) OVER shop_risk",
              "count(q.pos) FILTER (WHERE l.fraud)"),
          new Feature(
              SHOP,
              "COALESCE(CAST(SUM(CASE WHEN fraud THEN 1 ELSE 0 END) OVER shop_risk AS DOUBLE)"
                  + " / NULLIF(COUNT(*) OVER shop_risk, 0), 0)",
              "coalesce(sum(CASE WHEN q.pos IS NULL THEN NULL WHEN l.fraud THEN 1 ELSE 0 END)::DOUBLE"
                  + " / nullif(count(q.pos), 0), 0)"),
          same(SHOP, "SUM(loss)", "sum(l.loss)"),
          same(SHOP, "MAX(loss)", "max(l.loss)"),
          new Feature(
              SHOP,
              "SUM(amount) FILTER (WHERE fraud AND online) OVER shop_risk",
              "sum(q.amount) FILTER (WHERE l.fraud AND q.online)"),
          same(SHOP, "COUNT(DISTINCT note)", "count(DISTINCT l.note)"),
          same(WEEK, "SUM(loss)", "sum(l.loss)"),
          new Feature(
              WEEK,
              "CASE WHEN LAST_VALUE(fraud) OVER shop_week THEN 1 ELSE 0 END",
              "CASE WHEN list(l.fraud ORDER BY q.ts DESC, q.pos DESC)[1] THEN 1 ELSE 0 END"));

  @TempDir Path folder;

  private static Feature same(Frame frame, String call, String oracle) {
    return new Feature(frame, call + " OVER " + frame.name(), oracle);
  }

  @Test
  void computesWhatDuckDbJoins() throws SQLException {
    for (long seed = 0; seed < 6; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      List<Arrival> stream = Streams.random(random, 500, (int) HOUR / 2, 40 * HOUR, seed > 0);
      check(seed, stream, fold(stream), join(stream));
    }
  }

  private static void check(
      long seed, List<Arrival> stream, List<double[]> actual, List<double[]> expected) {
    assertThat(actual).hasSameSizeAs(expected);
    assertThat(stream).hasSizeGreaterThan(actual.size());
    for (int row = 0; row < actual.size(); row++) {
      for (int i = 0; i < FEATURES.size(); i++) {
        double want = expected.get(row)[i];
        double got = actual.get(row)[i];
        boolean rounded = FEATURES.get(i).dialect().startsWith("STDDEV");
        boolean equal =
            Double.isNaN(want)
                ? Double.isNaN(got)
                : Math.abs(got - want) <= (rounded ? 1e-12 * Math.max(1, Math.abs(want)) : 0);
        assertThat(equal)
            .as(
                "seed %d, row %d: %s is %s, not %s",
                seed, row, FEATURES.get(i).dialect(), got, want)
            .isTrue();
      }
    }
  }

  private List<double[]> fold(List<Arrival> stream) {
    List<double[]> features = new ArrayList<>();
    try (FeatureEngine engine = FeatureEngine.open(plan(), folder)) {
      LiveDriver driver = new LiveDriver(engine);
      for (Arrival arrival : stream) {
        if (arrival.isOutcome()) {
          driver.outcome(arrival.ordinal(), arrival.row());
        } else {
          features.add(driver.observe(arrival.row(), arrival.eventMillis()).clone());
        }
      }
    }
    return features;
  }

  private static FeaturePlan plan() {
    List<String> outputs = new ArrayList<>();
    for (int i = 0; i < FEATURES.size(); i++) {
      outputs.add("%s AS f%d".formatted(FEATURES.get(i).dialect(), i));
    }
    String sql =
        "SELECT id, %s FROM payments WINDOW %s"
            .formatted(
                String.join(",\n", outputs),
                FRAMES.stream().map(Frame::definition).collect(Collectors.joining(",\n")));
    Catalog.Outcome outcome =
        new Catalog.Outcome(Plans.OUTCOME.columns(), "fraud", Duration.ofHours(1));
    Catalog catalog = new Catalog("payments", Plans.OBSERVATION, "id", "ts", outcome);
    return switch (FeatureCompiler.compile(sql, "oracle.sql", catalog)) {
      case Compilation.Compiled(FeaturePlan plan) -> plan;
      case Compilation.Refused refused -> throw new AssertionError(refused.toString());
    };
  }

  private static List<double[]> join(List<Arrival> stream) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:")) {
      insert(connection, stream);
      List<double[]> features = new ArrayList<>();
      for (Frame frame : FRAMES) {
        join(connection, frame, features);
      }
      return features;
    }
  }

  private static void join(Connection connection, Frame frame, List<double[]> features)
      throws SQLException {
    List<Integer> places = new ArrayList<>();
    List<String> columns = new ArrayList<>();
    for (int i = 0; i < FEATURES.size(); i++) {
      if (FEATURES.get(i).frame().equals(frame)) {
        places.add(i);
        columns.add("(%s)::DOUBLE".formatted(FEATURES.get(i).oracle()));
      }
    }
    String sql =
        """
        SELECT %s
        FROM payments r
        LEFT JOIN payments q ON %s
        LEFT JOIN LATERAL (SELECT fraud, loss, note FROM outcomes o
                           WHERE o.id = q.id AND o.pos < r.pos ORDER BY o.pos DESC LIMIT 1) l ON true
        GROUP BY r.pos, r.ts ORDER BY r.pos
        """
            .formatted(String.join(", ", columns), frame.join());
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      for (int row = 0; rows.next(); row++) {
        if (row == features.size()) {
          features.add(new double[FEATURES.size()]);
        }
        for (int i = 0; i < places.size(); i++) {
          double value = rows.getDouble(i + 1);
          features.get(row)[places.get(i)] = rows.wasNull() ? Double.NaN : value;
        }
      }
    }
  }

  private static void insert(Connection connection, List<Arrival> stream) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(
          "CREATE TABLE payments (pos BIGINT, id BIGINT, ts BIGINT, card BIGINT, shop VARCHAR,"
              + " amount DECIMAL(10,2), quantity BIGINT, ratio DOUBLE, tag VARCHAR,"
              + " online BOOLEAN, volume DECIMAL(18,3))");
      statement.execute(
          "CREATE TABLE outcomes (pos BIGINT, id BIGINT, fraud BOOLEAN, loss DECIMAL(10,2),"
              + " note VARCHAR)");
    }
    try (PreparedStatement payment =
            connection.prepareStatement("INSERT INTO payments VALUES (?,?,?,?,?,?,?,?,?,?,?)");
        PreparedStatement outcome =
            connection.prepareStatement("INSERT INTO outcomes VALUES (?,?,?,?,?)")) {
      for (int pos = 0; pos < stream.size(); pos++) {
        Arrival arrival = stream.get(pos);
        PreparedStatement into = arrival.isOutcome() ? outcome : payment;
        into.setLong(1, pos);
        int first = arrival.isOutcome() ? 3 : 2;
        if (arrival.isOutcome()) {
          into.setLong(2, arrival.ordinal());
        }
        set(into, first, arrival.row());
        into.executeUpdate();
      }
    }
  }

  private static void set(PreparedStatement into, int first, Row row) throws SQLException {
    Schema schema = row.schema();
    for (int i = 0; i < schema.size(); i++) {
      Object value =
          row.isNull(i)
              ? null
              : switch (schema.column(i).type().kind()) {
                case BIGINT, TIMESTAMP -> (Object) row.slot(i);
                case DOUBLE -> row.doubleValue(i);
                case DECIMAL ->
                    java.math.BigDecimal.valueOf(row.slot(i), schema.column(i).type().scale());
                case BOOLEAN -> row.slot(i) != 0;
                case VARCHAR -> row.text(i);
              };
      into.setObject(first + i, value);
    }
  }
}
