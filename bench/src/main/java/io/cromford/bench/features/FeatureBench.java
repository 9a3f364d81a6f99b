package io.cromford.bench.features;

import io.cromford.core.CromfordException;
import io.cromford.core.ErrorCode;
import io.cromford.features.engine.FeatureEngine;
import io.cromford.features.engine.HistoryDriver;
import io.cromford.features.plan.FeaturePlan;
import io.cromford.training.report.JsonReport;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/// The fifteen features over all the handbook's payments: this engine beside DuckDB, which runs the
/// same text over the same table, in turns on the same cores.
///
/// Processor time of the process, kernel included. The first round is cold and does not count. The
/// engine is timed on the table, as DuckDB is, and on payments whose frauds become known a week
/// later, which no table can say.
public final class FeatureBench {
  private static final int FOLDS = 3;
  private static final int WARM_FOLDS = 8;

  private final Payments payments;
  private final Connection connection;
  private final Path scratch;
  private final PrintStream out;
  private double checksum;

  private FeatureBench(Payments payments, Connection connection, Path scratch, PrintStream out) {
    this.payments = payments;
    this.connection = connection;
    this.scratch = scratch;
    this.out = out;
  }

  /// Runs the comparison.
  ///
  /// @param data the handbook's transactions
  /// @param rounds how often each runs, after a first time that does not count
  /// @return the result as JSON
  public static String run(Path data, int rounds, PrintStream out) {
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:")) {
      Payments payments = Payments.load(connection, data);
      Path scratch = Files.createTempDirectory("cromford-features");
      String report = new FeatureBench(payments, connection, scratch, out).run(rounds);
      Files.delete(scratch);
      return report;
    } catch (SQLException failure) {
      throw new CromfordException(
          ErrorCode.INPUT_UNREADABLE,
          "%s cannot be read: %s\nMaybe it is not the handbook's file."
              .formatted(data, failure.getMessage()),
          failure);
    } catch (IOException failure) {
      throw new CromfordException(
          ErrorCode.STORAGE, "no temporary files: " + failure.getMessage(), failure);
    }
  }

  private String run(int rounds) throws SQLException {
    List<Double> duckDb = new ArrayList<>();
    List<Double> table = new ArrayList<>();
    FeaturePlan overTable = FeatureText.overTable();
    double _ = mean(overTable, payments::foldTable, WARM_FOLDS);
    double _ = duckDb();
    for (int round = 1; round <= rounds; round++) {
      duckDb.add(duckDb());
      table.add(mean(overTable, payments::foldTable, FOLDS));
      out.printf(
          "round %d: DuckDB %.2f CPU s, Cromford %.3f%n", round, duckDb.getLast(), table.getLast());
    }
    List<Double> outcomes = new ArrayList<>();
    FeaturePlan overOutcomes = FeatureText.overOutcomes();
    double _ = mean(overOutcomes, payments::foldOutcomes, WARM_FOLDS);
    for (int round = 1; round <= rounds; round++) {
      outcomes.add(mean(overOutcomes, payments::foldOutcomes, FOLDS));
    }
    return report(Cost.median(duckDb), Cost.median(table), Cost.median(outcomes), rounds);
  }

  private String report(double duckDb, double table, double outcomes, int rounds) {
    out.printf(
        "15 features of %,d payments, warm, in the median: DuckDB %.2f CPU s, Cromford %.3f"
            + " (%.0f ns a payment): ratio %.1f%n",
        payments.size(), duckDb, table, nanos(table), duckDb / table);
    out.printf(
        "with outcomes that arrive a week later, which no table can say: %.3f (%.0f ns)%n",
        outcomes, nanos(outcomes));
    return JsonReport.object(json -> {
      json.whole("rows", payments.size()).whole("rounds", rounds);
      json.number("duckdb_cpu_seconds", duckDb).number("cromford_cpu_seconds", table);
      json.number("ratio", duckDb / table).number("nanos_per_payment", nanos(table));
      json.number("with_outcomes_cpu_seconds", outcomes);
      json.number("with_outcomes_nanos_per_payment", nanos(outcomes));
      json.number("checksum", checksum);
    });
  }

  private double nanos(double seconds) {
    return seconds * 1e9 / payments.size();
  }

  private double duckDb() throws SQLException {
    double start = Cost.processSeconds();
    try (Statement statement = connection.createStatement()) {
      statement.execute("CREATE OR REPLACE TABLE features AS " + FeatureText.sql());
    }
    return Cost.processSeconds() - start;
  }

  /// The mean of a few folds: one of ours is too short for the clock of processor time.
  private double mean(FeaturePlan plan, Consumer<HistoryDriver> fold, int folds) {
    double start = Cost.processSeconds();
    for (int i = 0; i < folds; i++) {
      try (FeatureEngine engine = FeatureEngine.open(plan, scratch)) {
        fold.accept(
            new HistoryDriver(engine, (first, rows, features) -> checksum += features[rows - 1]));
      }
    }
    return (Cost.processSeconds() - start) / folds;
  }
}
