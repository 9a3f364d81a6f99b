package io.cromford.bench.handbook;

import io.cromford.core.CromfordException;
import io.cromford.core.ErrorCode;
import io.cromford.features.plan.FeaturePlan;
import io.cromford.features.sql.Compilation;
import io.cromford.features.sql.FeatureCompiler;
import io.cromford.serving.definition.Check;
import io.cromford.serving.definition.CheckedFactory;
import io.cromford.serving.definition.DecisionDefinition.Missed;
import io.cromford.serving.definition.FactoryDefinition;
import io.cromford.training.LogisticParameters;
import io.cromford.training.TrainingSet;
import io.cromford.training.XGBoostParameters;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/// Runs the published study's protocol on its data: reads it with intake, computes its 15 features
/// with the engine and holds them against DuckDB's and the study's own, fits its learners, then the
/// example factory's own features and tuner.
///
/// Takes some minutes and about 2 GB of heap for the published data. The results depend on data and
/// code alone, not on the number of threads.
public final class HandbookBench {
  private static final String FEATURES = "features_15.sql";
  private static final int STUDY_DAYS = 7;
  private static final List<Double> COSTS = List.of(0.1, 1.0, 10.0, 100.0);
  private static final Instant LATEST = Instant.parse("2100-01-01T00:00:00Z");

  /// What to run on.
  ///
  /// @param data the transactions as one CSV, plain or gzip; the study's sample of features may lie
  ///   beside it
  /// @param report where the result goes, as JSON
  /// @param factory the folder of the factory whose features and tuner are tried
  /// @param scratch a folder for temporary files, deleted at the end
  public record Options(Path data, Path report, Path factory, Path scratch) {}

  private final Options options;
  private final PrintStream out;

  private HandbookBench(Options options, PrintStream out) {
    this.options = options;
    this.out = out;
  }

  /// Runs the bench.
  ///
  /// @param out a line per step and the tables at the end
  /// @throws CromfordException if the data cannot be read or the report cannot be written
  public static void run(Options options, PrintStream out) {
    if (!Files.isRegularFile(options.data())) {
      throw new CromfordException(
          ErrorCode.NOT_FOUND,
          "there is no file %s.\nMaybe give the study's transactions: --data transactions.csv.gz."
              .formatted(options.data()));
    }
    ExecutorService executor =
        Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors());
    try {
      BenchResult result = new HandbookBench(options, out).run(executor);
      Files.writeString(options.report(), BenchReport.json(result));
      out.print(BenchReport.text(result));
      out.println("written to " + options.report());
    } catch (IOException e) {
      throw new CromfordException(
          ErrorCode.STORAGE, "%s cannot be written: %s.".formatted(options.report(), e), e);
    } catch (SQLException e) {
      throw new CromfordException(ErrorCode.EXTERNAL, "DuckDB failed: " + e.getMessage(), e);
    } finally {
      executor.shutdownNow();
    }
  }

  private BenchResult run(ExecutorService executor) throws IOException, SQLException {
    CheckedFactory factory =
        Check.check(options.factory(), Map.of("data", options.data().toAbsolutePath().toString()))
            .orThrow();
    HandbookData data = read(factory.definition());
    FeaturePlan study = studyPlan(factory.definition());
    FeatureTable table = FeatureTable.of(data, study, options.scratch().resolve("study"));
    say("features: %d of %,d payments".formatted(table.names().size(), data.size()));
    BenchResult.Parity parity = parity(data, study, table);
    TrainingSet rows = table.training(data);
    BenchResult.SplitSizes sizes = sizes(rows);
    BenchResult.Baselines baselines = baselines(rows, executor);
    return new BenchResult(
        facts(data, rows), sizes, parity, baselines, own(factory, data, executor));
  }

  private HandbookData read(FactoryDefinition factory) {
    String amount =
        switch (factory.decision().costs().missed()) {
          case Missed.Column(String name) -> name;
          case Missed.Fixed _ -> "amount";
        };
    HandbookData data =
        HandbookData.read(
            factory.data(), factory.decision().entity(), amount, LATEST.toEpochMilli());
    say("read %,d payments, %,d records refused".formatted(data.size(), data.refused()));
    return data;
  }

  private static FeaturePlan studyPlan(FactoryDefinition factory) throws IOException {
    try (InputStream in = HandbookBench.class.getResourceAsStream(FEATURES)) {
      if (in == null) {
        throw new IllegalStateException(FEATURES + " is missing");
      }
      String sql = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      return switch (FeatureCompiler.compile(sql, FEATURES, Check.catalog(factory))) {
        case Compilation.Compiled(FeaturePlan plan) -> plan;
        case Compilation.Refused(var problems) -> throw CromfordException.of(problems);
      };
    }
  }

  private BenchResult.Parity parity(HandbookData data, FeaturePlan plan, FeatureTable table)
      throws IOException, SQLException {
    DuckDbOracle.Finding duckDb =
        DuckDbOracle.compare(options.data(), plan.sql(), data, table, options.scratch());
    say(
        "DuckDB: %,d of %,d rows differ (its averages of doubles are up to %d ulps off)"
            .formatted(duckDb.exact().mismatches(), duckDb.exact().rows(), duckDb.mostUlps()));
    var published = PublishedSample.compare(options.data(), data, table);
    published.ifPresent(sample ->
        say("published: %,d of %,d rows differ".formatted(sample.mismatches(), sample.rows())));
    return new BenchResult.Parity(duckDb, published);
  }

  private BenchResult.Data facts(HandbookData data, TrainingSet rows) {
    String file = String.valueOf(options.data().getFileName());
    return new BenchResult.Data(file, data.size(), rows.positives(), data.refused());
  }

  private static BenchResult.SplitSizes sizes(TrainingSet rows) {
    Split split = Split.TEST.getFirst();
    TrainingSet training = split.training(rows, STUDY_DAYS);
    TrainingSet test = split.test(rows);
    return new BenchResult.SplitSizes(
        training.size(), training.positives(), test.size(), test.positives());
  }

  private BenchResult.Baselines baselines(TrainingSet rows, ExecutorService executor) {
    Recipe xgboost = new Recipe(XGBoostParameters.libraryDefaults(0), STUDY_DAYS);
    Scores trees = xgboost.on(Split.TEST, rows, executor);
    say("XGBoost: average precision %.4f".formatted(trees.averagePrecision().mean()));
    Scores defaults = logistic(1).on(Split.TEST, rows, executor);
    Choice choice =
        Choice.among(
            COSTS.stream().map(HandbookBench::logistic).toList(),
            recipe -> recipe.on(Split.VALIDATION, rows, executor));
    Scores selected = choice.best().recipe().on(Split.TEST, rows, executor);
    say("logistic: average precision %.4f".formatted(selected.averagePrecision().mean()));
    return new BenchResult.Baselines(trees, defaults, selected, choice);
  }

  private static Recipe logistic(double cost) {
    return new Recipe(new LogisticParameters(cost, 1, 1), STUDY_DAYS);
  }

  private BenchResult.Own own(CheckedFactory factory, HandbookData data, ExecutorService executor) {
    FeatureTable table = FeatureTable.of(data, factory.plan(), options.scratch().resolve("own"));
    TrainingSet rows = table.training(data);
    OwnRecipe recipe =
        OwnRecipe.choose(factory.definition().learning().training(), rows, executor, this::say);
    Scores scores = recipe.chosen().on(Split.TEST, rows, executor);
    return new BenchResult.Own(factory.definition().about().name(), table.names(), recipe, scores);
  }

  private void say(String line) {
    out.println(line);
  }
}
