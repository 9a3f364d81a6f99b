package io.cromford.serving;

import io.cromford.core.Progress;
import io.cromford.intake.ArrivalStream;
import io.cromford.intake.Arrived;
import io.cromford.intake.ContractResult.Refused;
import io.cromford.intake.RawRecord;
import io.cromford.intake.SourceDefinition;
import io.cromford.ledger.Disk;
import io.cromford.ledger.Ledger;
import io.cromford.ledger.LedgerOptions;
import io.cromford.serving.definition.Check;
import io.cromford.serving.definition.CheckedFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongConsumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A factory that is small enough to run a life of in a second: four weeks of payments, one of
/// logistic regression's recipes, two weeks live.
final class Workshop {
  static final LocalDateTime START = LocalDateTime.of(2018, 4, 1, 0, 0);
  static final int DAYS = 28;
  static final LocalDateTime END = START.plusDays(DAYS);

  private static final int PAYMENTS_A_DAY = 60;
  private static final String HEADER =
      "TRANSACTION_ID,TX_DATETIME,CUSTOMER_ID,TERMINAL_ID,TX_AMOUNT,TX_FRAUD\n";

  private static final String FACTORY =
      """
      factory: workshop
      sources:
        payments:
          kind: observation
          schema:
            tx_id: bigint
            ts: timestamp
            customer_id: bigint
            terminal_id: bigint
            amount: decimal(10,2)
          id: tx_id
          event-time: {column: ts, zone: UTC, max-ahead: 5m, max-late: 30d}
          rules: {amount-not-negative: amount >= 0}
          read:
            csv: ${data}
            columns:
              tx_id: TRANSACTION_ID
              ts: TX_DATETIME
              customer_id: CUSTOMER_ID
              terminal_id: TERMINAL_ID
              amount: TX_AMOUNT
        chargebacks:
          kind: outcome
          of: payments.tx_id
          schema: {tx_id: bigint, fraud: boolean}
          arrival: {after: payments.ts, delay: 2d}
          read: {csv: "${data}", columns: {tx_id: TRANSACTION_ID, fraud: TX_FRAUD}}
      label: {column: fraud, maturity: 2d, when-unknown: false}
      features: features.sql
      training:
        task: binary
        learners: [logistic]
        metric: average-precision
        window: 10d
        validate: {folds-at-most: 1, test: 3d}
        trials: 1
        seed: 7
      go-live: 2018-04-15T00:00:00
      decision:
        entity: customer_id
        alerts-per-day: 2
        reasons: 1
        costs: {investigation: 5 EUR, missed: amount}
      flywheel: {retrain-every: 3d, promote: auto, min-positives: 2, confidence: 0.6, least-gain: 0}
      """;

  private static final String FEATURES =
      """
      SELECT tx_id,
             CAST(amount AS DOUBLE) AS amount,
             COUNT(*) OVER customer_3d AS customer_count,
             AVG(CAST(amount AS DOUBLE)) OVER customer_3d AS customer_mean,
             COUNT(*) FILTER (WHERE fraud) OVER terminal_known AS terminal_frauds
      FROM payments
      WINDOW customer_3d AS (PARTITION BY customer_id ORDER BY ts
               RANGE BETWEEN INTERVAL '3' DAY PRECEDING AND CURRENT ROW EXCLUDE TIES),
             terminal_known AS (PARTITION BY terminal_id ORDER BY ts
               RANGE BETWEEN INTERVAL '7' DAY PRECEDING AND INTERVAL '2' DAY PRECEDING)
      """;

  private final Path folder;
  private String factory = FACTORY;
  private String features = FEATURES;
  private final Wall wall = new Wall();

  Workshop(Path folder) {
    this.folder = folder;
  }

  Path state() {
    return folder.resolve("state");
  }

  Path data() {
    return folder.resolve("payments.csv");
  }

  /// What its factories' clocks run by.
  Wall wall() {
    return wall;
  }

  /// Changes the factory file.
  Workshop withFactory(String old, String replacement) {
    factory = changed(factory, old, replacement);
    return this;
  }

  /// Changes the feature query.
  Workshop withFeatures(String old, String replacement) {
    features = changed(features, old, replacement);
    return this;
  }

  /// A wall clock that stands until it is set.
  static final class Wall implements InstantSource {
    private volatile Instant now = Instant.parse("2026-11-25T12:00:00Z");

    void set(long millis) {
      now = Instant.ofEpochMilli(millis);
    }

    @Override
    public Instant instant() {
      return now;
    }
  }

  private static String changed(String text, String old, String replacement) {
    if (!text.contains(old)) {
      throw new IllegalArgumentException("there is no " + old);
    }
    return text.replace(old, replacement);
  }

  /// Writes rows as the file to read.
  Workshop write(List<String> rows) {
    try {
      Files.writeString(data(), HEADER + String.join("\n", rows) + "\n");
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
    return this;
  }

  CheckedFactory checked() {
    try {
      Files.writeString(folder.resolve("factory.yaml"), factory);
      Files.writeString(folder.resolve("features.sql"), features);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
    return Check.check(folder, Map.of("data", data().toAbsolutePath().toString())).orThrow();
  }

  /// Opens the factory as the ledger alone has it: what was kept of the folds is deleted first, so
  /// that whoever opens it again shows that all of it can be folded.
  Factory open() {
    deleteSnapshots();
    return resume(Progress.SILENT);
  }

  /// Opens the factory as it is opened in life, with what was kept of the folds.
  Factory resume(Progress progress) {
    return Factory.open(
        checked(),
        state(),
        Ledger.open(state().resolve("ledger"), LedgerOptions.defaults()),
        wall,
        progress);
  }

  /// Opens it with snapshots taken at another pace while it serves.
  Factory resume(Keeper.Pace pace, Progress progress) {
    return Factory.open(
        checked(),
        state(),
        Ledger.open(state().resolve("ledger"), LedgerOptions.defaults()),
        wall,
        pace,
        progress);
  }

  Path snapshots() {
    return state().resolve("snapshots");
  }

  void deleteSnapshots() {
    if (!Files.isDirectory(snapshots())) {
      return;
    }
    try (Stream<Path> files = Files.list(snapshots())) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /// Opens a factory whose ledger lies on a disk of its own.
  Factory open(Disk disk) {
    return Factory.open(
        checked(), state(), Ledger.open(disk, LedgerOptions.defaults()), wall, Progress.SILENT);
  }

  /// Takes in the history, trains, and replays what came later.
  static void run(Factory factory) {
    try (ArrivalStream arrivals = factory.arrivals()) {
      Arrived next = build(factory, arrivals);
      while (next != null) {
        submit(factory, List.of(submission(next)));
        next = arrivals.next();
      }
    }
  }

  /// Takes in the history and trains; the replay is over before it starts.
  static void goLive(Factory factory) {
    try (ArrivalStream arrivals = factory.arrivals()) {
      build(factory, arrivals);
    }
    factory.goOn();
  }

  /// Takes in the history, trains, and sends what came later over the wire, each record when it
  /// arrives.
  ///
  /// @param after hears of each arrival, in milliseconds, when its record is answered
  void runLive(Factory factory, LongConsumer after) {
    try (ArrivalStream arrivals = factory.arrivals()) {
      Arrived next = build(factory, arrivals);
      wall.set(factory.status().clockMillis());
      factory.goOn();
      while (next != null) {
        wall.set(next.arrivalMillis());
        submit(factory, List.of(new Submission(next.source().name(), copy(next), null)));
        after.accept(next.arrivalMillis());
        next = arrivals.next();
      }
    }
  }

  static @Nullable Arrived build(Factory factory, ArrivalStream arrivals) {
    Arrived next = factory.intake(arrivals, Progress.SILENT);
    factory.buildFeatures(Progress.SILENT);
    factory.train(Progress.SILENT);
    return next;
  }

  /// Lets time pass on the wall.
  void pass(Duration time) {
    wall.set(wall.millis() + time.toMillis());
  }

  static List<Result> submit(Factory factory, List<Submission> batch) {
    CompletableFuture<List<Result>> answer = new CompletableFuture<>();
    factory.submit(batch, answer::complete);
    return answer.join();
  }

  static Submission submission(Arrived arrived) {
    return new Submission(
        arrived.source().name(),
        copy(arrived),
        new Submission.Replay(
            arrived.arrivalMillis(),
            arrived.origin(),
            arrived.result() instanceof Refused refused ? refused : null));
  }

  private static RawRecord copy(Arrived arrived) {
    RawRecord record = new RawRecord(arrived.source().schema());
    record.copyFrom(arrived.raw());
    return record;
  }

  /// A record that arrives over the wire, its values in the order of its schema.
  static Submission live(Factory factory, String source, String... values) {
    SourceDefinition definition =
        factory.sources().stream()
            .filter(one -> one.name().equals(source))
            .findFirst()
            .orElseThrow();
    RawRecord record = new RawRecord(definition.schema());
    for (int i = 0; i < values.length; i++) {
      record.setText(i, values[i]);
    }
    return new Submission(source, record, null);
  }

  /// Payments of four weeks in the order of time; one in fifteen is a fraud, and looks it.
  static List<String> payments(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    List<String> rows = new ArrayList<>();
    int count = DAYS * PAYMENTS_A_DAY;
    for (int id = 0; id < count; id++) {
      rows.add(payment(random, id, id * (86_400L / PAYMENTS_A_DAY) + random.nextInt(1000)));
    }
    return rows;
  }

  private static String payment(SplittableRandom random, int id, long second) {
    boolean fraud = random.nextInt(15) == 0;
    int cents = random.nextInt(10_000) + (fraud ? random.nextInt(20_000) : 0);
    return String.format(
        Locale.ROOT,
        "%d,%s,%d,%d,%d.%02d,%d",
        id,
        START.plusSeconds(second).toString().replace('T', ' '),
        random.nextInt(40),
        random.nextInt(12),
        cents / 100,
        cents % 100,
        fraud ? 1 : 0);
  }

  static Instant instant(LocalDateTime time) {
    return time.toInstant(ZoneOffset.UTC);
  }
}
