package io.cromford.bench.features;

import com.sun.management.OperatingSystemMXBean;
import io.cromford.features.engine.FeatureEngine;
import io.cromford.features.engine.HistoryDriver;
import io.cromford.features.plan.FeaturePlan;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;

/// The fifteen features over all the handbook's payments: this engine beside DuckDB, which runs the
/// same text over the same table, in turns on the same cores.
///
/// Processor time of the process, kernel included. The first round is cold and does not count. The
/// engine is timed on the table, as DuckDB is, and on payments whose frauds become known a week
/// later, which no table can say.
public final class FeatureSpeed {
  private static final int FOLDS = 3;

  private final Payments payments;
  private final Connection connection;
  private final Path scratch;
  private final PrintStream out;
  private double checksum;

  private FeatureSpeed(Payments payments, Connection connection, Path scratch, PrintStream out) {
    this.payments = payments;
    this.connection = connection;
    this.scratch = scratch;
    this.out = out;
  }

  /// Runs the comparison.
  ///
  /// @param arguments the handbook's file, and the number of rounds
  public static void main(String[] arguments) throws SQLException, IOException {
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    if (arguments.length != 2) {
      out.println("usage: FeatureSpeed transactions.csv.gz ROUNDS");
      return;
    }
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:")) {
      Payments payments = Payments.load(connection, Path.of(arguments[0]));
      Path scratch = Files.createTempDirectory("cromford-features");
      new FeatureSpeed(payments, connection, scratch, out).run(Integer.parseInt(arguments[1]));
      Files.delete(scratch);
    }
  }

  private void run(int rounds) throws SQLException {
    List<Double> duckDb = new ArrayList<>();
    List<Double> table = new ArrayList<>();
    FeaturePlan overTable = FeatureText.overTable();
    for (int round = 0; round <= rounds; round++) {
      double theirs = duckDb();
      double ours = best(overTable, payments::foldTable);
      say(round, "DuckDB %.2f CPU s; engine %.2f".formatted(theirs, ours));
      if (round > 0) {
        duckDb.add(theirs);
        table.add(ours);
      }
    }
    say(
        rounds,
        "DuckDB %.2f, engine %.2f in the median, %.0f ns a payment: ratio %.1f"
            .formatted(
                median(duckDb),
                median(table),
                median(table) * 1e9 / payments.size(),
                median(duckDb) / median(table)));
    runOutcomes(rounds);
  }

  private void runOutcomes(int rounds) {
    List<Double> outcomes = new ArrayList<>();
    FeaturePlan plan = FeatureText.overOutcomes();
    for (int round = 0; round <= rounds; round++) {
      outcomes.add(best(plan, payments::foldOutcomes));
    }
    say(
        rounds,
        "engine with outcomes %.2f in the median, %.0f ns a payment (checksum %.0f)"
            .formatted(median(outcomes), median(outcomes) * 1e9 / payments.size(), checksum));
  }

  private void say(int round, String what) {
    out.println("%s: %s".formatted(round == 0 ? "cold" : "round " + round, what));
  }

  private double duckDb() throws SQLException {
    double start = cpuSeconds();
    try (Statement statement = connection.createStatement()) {
      statement.execute("CREATE OR REPLACE TABLE features AS " + FeatureText.sql());
    }
    return cpuSeconds() - start;
  }

  /// The least of a few folds: one of ours is so short that a neighbour's burst could double it.
  private double best(FeaturePlan plan, Consumer<HistoryDriver> fold) {
    double least = Double.MAX_VALUE;
    for (int i = 0; i < FOLDS; i++) {
      double start = cpuSeconds();
      try (FeatureEngine engine = FeatureEngine.open(plan, scratch)) {
        fold.accept(
            new HistoryDriver(engine, (first, rows, features) -> checksum += features[rows - 1]));
      }
      least = Math.min(least, cpuSeconds() - start);
    }
    return least;
  }

  private static double median(List<Double> values) {
    List<Double> sorted = new ArrayList<>(values);
    Collections.sort(sorted);
    return sorted.get(sorted.size() / 2);
  }

  private static double cpuSeconds() {
    var system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    return system.getProcessCpuTime() / 1e9;
  }
}
