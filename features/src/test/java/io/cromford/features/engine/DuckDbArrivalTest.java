package io.cromford.features.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.cromford.core.Cases;
import io.cromford.core.Row;
import io.cromford.core.Schema;
import io.cromford.features.plan.FeaturePlan;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The handbook's features where everything comes as it may: payments up to two days late, outcomes
/// 0 to 90 days after their payment, again, or corrected, and many at one instant.
///
/// The oracle is DuckDB with the join written out: of a payment in the frame counts the latest
/// outcome that had arrived when the row being computed arrived.
class DuckDbArrivalTest {
  private static final long DAY = Duration.ofDays(1).toMillis();
  private static final int WIDTH = 15;
  private static final int PAYMENTS = 700;

  /// Something that arrives. At one instant outcomes come first.
  private record Event(long arrived, boolean isOutcome, int payment, boolean fraud) {}

  /// A payment, in the order of arrival.
  private record Payment(long time, long customer, long terminal, long cents) {}

  @TempDir Path folder;

  @Test
  void countsWhatHadArrived() throws SQLException {
    Cases.check(6, random -> check(random));
  }

  private void check(SplittableRandom random) throws SQLException {
    List<Payment> payments = new ArrayList<>();
    List<Event> events = events(random, payments);
    double[] live = live(events, payments);
    assertThat(Arrays.equals(history(events, payments), live)).isTrue();
    double[] expected = oracle(events, payments);
    for (int i = 0; i < expected.length; i++) {
      assertThat(live[i])
          .as("feature %d of payment %d", i % WIDTH, i / WIDTH)
          .isEqualTo(expected[i]);
    }
  }

  /// Payments are numbered in the order of their arrival, as a ledger does.
  private static List<Event> events(SplittableRandom random, List<Payment> payments) {
    long[] arrivals = random.longs(PAYMENTS, 0, 120 * 24).map(h -> h * DAY / 24).sorted().toArray();
    List<Event> events = new ArrayList<>();
    for (int i = 0; i < PAYMENTS; i++) {
      long late = random.nextInt(10) == 0 ? random.nextLong(2 * DAY) / 1000 * 1000 : 0;
      long time = 1_500_000_000_000L + arrivals[i] - late;
      payments.add(new Payment(time, random.nextInt(4), random.nextInt(5), random.nextInt(20_000)));
      events.add(new Event(1_500_000_000_000L + arrivals[i], false, i, false));
      for (int times = random.nextInt(4); times > 0; times--) {
        long delay = random.nextInt(5) == 0 ? 0 : random.nextInt(90 * 24) * DAY / 24;
        long arrived = 1_500_000_000_000L + arrivals[i] + delay;
        boolean afterIt = delay > 0;
        events.add(new Event(afterIt ? arrived : arrived + 1, true, i, random.nextBoolean()));
      }
    }
    events.sort(
        Comparator.comparingLong(Event::arrived).thenComparingInt(e -> e.isOutcome() ? 0 : 1));
    return events;
  }

  private double[] live(List<Event> events, List<Payment> payments) {
    double[] features = new double[PAYMENTS * WIDTH];
    try (FeatureEngine engine = FeatureEngine.open(plan(), folder.resolve("live"))) {
      LiveDriver driver = new LiveDriver(engine);
      run(
          events,
          payments,
          new Handbook.Fold() {
            private int row;

            @Override
            public void observe(Row payment, long eventMillis) {
              double[] one = driver.observe(payment, eventMillis);
              System.arraycopy(one, 0, features, row * WIDTH, WIDTH);
              row++;
            }

            @Override
            public void outcome(long ordinal, Row outcome) {
              driver.outcome(ordinal, outcome);
            }
          });
    }
    return features;
  }

  private double[] history(List<Event> events, List<Payment> payments) {
    double[] features = new double[PAYMENTS * WIDTH];
    try (FeatureEngine engine = FeatureEngine.open(plan(), folder.resolve("history"))) {
      HistoryDriver driver =
          new HistoryDriver(
              engine,
              (first, rows, batch) ->
                  System.arraycopy(batch, 0, features, (int) first * WIDTH, rows * WIDTH));
      run(events, payments, Handbook.Fold.of(driver));
      driver.flush();
    }
    return features;
  }

  private static void run(List<Event> events, List<Payment> payments, Handbook.Fold fold) {
    Row row = new Row(Handbook.OBSERVATION);
    Row outcome = new Row(Schema.of(Handbook.FRAUD));
    for (Event event : events) {
      if (event.isOutcome()) {
        outcome.setBoolean(0, event.fraud());
        fold.outcome(event.payment(), outcome);
      } else {
        Payment payment = payments.get(event.payment());
        row.setSlot(0, event.payment());
        row.setSlot(1, payment.time());
        row.setSlot(2, payment.customer());
        row.setSlot(3, payment.terminal());
        row.setSlot(4, payment.cents());
        fold.observe(row, payment.time());
      }
    }
  }

  private static FeaturePlan plan() {
    return Handbook.plan(Handbook.sql());
  }

  private static double[] oracle(List<Event> events, List<Payment> payments) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = connection.createStatement()) {
      insert(connection, events, payments);
      double[] features = new double[PAYMENTS * WIDTH];
      try (ResultSet rows = statement.executeQuery(query())) {
        for (int row = 0; rows.next(); row++) {
          for (int i = 0; i < WIDTH; i++) {
            features[row * WIDTH + i] = rows.getDouble(i + 1);
          }
        }
      }
      return features;
    }
  }

  private static String query() {
    return """
    WITH known AS (
      SELECT r.pos AS row, q.pos AS earlier,
             (SELECT o.fraud FROM outcomes o WHERE o.payment = q.pos AND o.arrived <= r.arrived
              ORDER BY o.arrived DESC, o.pos DESC LIMIT 1) AS fraud
      FROM payments r JOIN payments q
        ON q.terminal = r.terminal AND q.pos < r.pos
        AND q.ts BETWEEN r.ts - 3196799000 AND r.ts - 604800000)
    SELECT %s FROM payments r ORDER BY r.pos
    """
        .formatted(columns());
  }

  private static String columns() {
    List<String> columns = new ArrayList<>();
    columns.add("r.cents / 100.0::DOUBLE");
    columns.add("CASE WHEN isodow(epoch_ms(r.ts)) >= 6 THEN 1 ELSE 0 END");
    columns.add("CASE WHEN hour(epoch_ms(r.ts)) <= 6 THEN 1 ELSE 0 END");
    for (long seconds : new long[] {86_399, 604_799, 2_591_999}) {
      String in =
          "FROM payments q WHERE q.customer = r.customer AND (q.pos = r.pos OR q.pos < r.pos AND"
              + " q.ts BETWEEN r.ts - %d AND r.ts - 1)".formatted(seconds * 1000);
      columns.add("(SELECT count(*) " + in + ")");
      columns.add("(SELECT sum(q.cents)::DOUBLE / (count(*) * 100) " + in + ")");
    }
    for (long seconds : new long[] {691_199, 1_209_599, 3_196_799}) {
      String in =
          "FROM known k JOIN payments q ON q.pos = k.earlier WHERE k.row = r.pos AND q.ts >= r.ts - %d"
              .formatted(seconds * 1000);
      columns.add("(SELECT count(*) " + in + ")");
      columns.add(
          "(SELECT coalesce(count(*) FILTER (WHERE k.fraud)::DOUBLE / nullif(count(*), 0), 0) "
              + in
              + ")");
    }
    return String.join(",\n", columns);
  }

  private static void insert(Connection connection, List<Event> events, List<Payment> payments)
      throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(
          "CREATE TABLE payments (pos BIGINT, arrived BIGINT, ts BIGINT, customer BIGINT,"
              + " terminal BIGINT, cents BIGINT)");
      statement.execute(
          "CREATE TABLE outcomes (pos BIGINT, arrived BIGINT, payment BIGINT, fraud BOOLEAN)");
    }
    try (PreparedStatement payment =
            connection.prepareStatement("INSERT INTO payments VALUES (?, ?, ?, ?, ?, ?)");
        PreparedStatement outcome =
            connection.prepareStatement("INSERT INTO outcomes VALUES (?, ?, ?, ?)")) {
      for (int pos = 0; pos < events.size(); pos++) {
        Event event = events.get(pos);
        if (event.isOutcome()) {
          set(outcome, pos, event.arrived(), event.payment());
          outcome.setBoolean(4, event.fraud());
          outcome.executeUpdate();
        } else {
          Payment one = payments.get(event.payment());
          set(
              payment,
              event.payment(),
              event.arrived(),
              one.time(),
              one.customer(),
              one.terminal(),
              one.cents());
          payment.executeUpdate();
        }
      }
    }
  }

  private static void set(PreparedStatement statement, long... values) throws SQLException {
    for (int i = 0; i < values.length; i++) {
      statement.setLong(i + 1, values[i]);
    }
  }
}
