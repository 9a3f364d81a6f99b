package io.cromford.bench.handbook;

import io.cromford.bench.handbook.BenchResult.Own;
import io.cromford.bench.handbook.BenchResult.Parity;
import io.cromford.bench.handbook.BenchResult.SplitSizes;
import io.cromford.bench.handbook.Scores.Summary;
import io.cromford.training.report.JsonReport;
import java.util.List;
import java.util.Locale;

/// The bench's result as JSON and as a page of text, beside the published tables.
final class BenchReport {
  /// A line of the study's tables: area under the curve, average precision, card precision.
  private record Published(String model, double auc, double averagePrecision, double card) {}

  private static final List<Published> SINGLE =
      List.of(
          new Published("published: logistic regression, defaults", .871, .606, .291),
          new Published("published: XGBoost, defaults", .862, .639, .273));

  private static final List<Published> FOLDS =
      List.of(
          new Published("published: logistic regression, selected", .868, .623, .297),
          new Published("published: XGBoost, defaults", .859, .659, .285),
          new Published("published: XGBoost, selected", .869, .687, .303),
          new Published("published: the best of each column", .879, .694, .305),
          new Published("what can be known at all", .886, .756, .311));

  private static final String CHOICES =
      "All choices were made on the validation folds (training weeks from 2018-06-20 to 07-11, validation "
          + "weeks 07-04 to 07-25) by mean average precision: for the logistic regression its cost; for the "
          + "factory's own recipe first the training window, with the first learner's defaults, then learner and "
          + "parameters by the factory's tuner on all payments of the validation weeks. Training windows end "
          + "where the study's training week ends, 7 days before the test. The four test folds were scored "
          + "with what was chosen, and with the defaults that the study used. The factory's query was taken as it "
          + "stands; the example's features were picked on the same validation folds, in the knowledge of the "
          + "published description of how such frauds come about.";

  private BenchReport() {}

  static String json(BenchResult result) {
    return JsonReport.object(json -> {
      json.object("data", data -> data(data, result.data()));
      json.object("published_split", split -> split(split, result.split()));
      json.object("features", features -> features(features, result.parity()));
      json.object("xgboost_15", scores -> scores(scores, result.baselines().xgboost()));
      json.object("logistic_15", scores -> logistic(scores, result.baselines()));
      json.object("own", scores -> own(scores, result.own()));
      json.text("choices", CHOICES);
    });
  }

  private static void data(JsonReport json, BenchResult.Data data) {
    json.text("file", data.file()).whole("rows", data.rows());
    json.whole("frauds", data.frauds()).whole("refused", data.refused());
  }

  private static void split(JsonReport json, SplitSizes split) {
    json.whole("train_rows", split.trainRows()).whole("train_frauds", split.trainFrauds());
    json.whole("test_rows", split.testRows()).whole("test_frauds", split.testFrauds());
  }

  private static void features(JsonReport json, Parity parity) {
    comparison(json, "duckdb", parity.duckDb().exact());
    json.whole("duckdb_double_average_mismatches", parity.duckDb().verbatim().mismatches());
    json.whole("duckdb_double_average_most_ulps", parity.duckDb().mostUlps());
    parity.published().ifPresent(published -> comparison(json, "published", published));
  }

  private static void comparison(JsonReport json, String name, Comparison comparison) {
    json.whole(name + "_rows", comparison.rows());
    json.whole(name + "_mismatches", comparison.mismatches());
    json.texts(name + "_examples", comparison.examples().stream().map(String::valueOf).toList());
    json.text(name + "_first_difference", comparison.firstDifference());
  }

  private static void scores(JsonReport json, Scores scores) {
    summary(json, "auc", scores.auc());
    summary(json, "average_precision", scores.averagePrecision());
    summary(json, "card_precision_100", scores.cardPrecision());
    json.rows(
        "folds",
        scores.folds(),
        fold -> new double[] {fold.auc(), fold.averagePrecision(), fold.cardPrecision()});
  }

  private static void summary(JsonReport json, String name, Summary summary) {
    json.object(
        name,
        inner ->
            inner
                .number("mean", summary.mean())
                .number("deviation", summary.deviation())
                .number("single_split", summary.single()));
  }

  private static void logistic(JsonReport json, BenchResult.Baselines baselines) {
    scores(json, baselines.logistic());
    json.object("defaults", defaults -> scores(defaults, baselines.logisticDefaults()));
    tried(json, "tried", baselines.logisticChoice());
    json.values("chosen", baselines.logisticChoice().best().recipe().parameters().toMap());
  }

  private static void own(JsonReport json, Own own) {
    scores(json, own.scores());
    json.text("factory", own.factory()).texts("features", own.features());
    json.object("chosen", chosen -> chosen(chosen, own.recipe()));
    tried(json, "windows", own.recipe().windows());
    json.objects(
        "trials",
        own.recipe().tuning().trials(),
        (one, trial) -> {
          one.whole("number", trial.number()).number("average_precision", trial.mean());
          one.text("learner", trial.parameters().learner());
          one.values("parameters", trial.parameters().toMap());
        });
  }

  private static void chosen(JsonReport json, OwnRecipe recipe) {
    json.whole("training_days", recipe.chosen().trainingDays());
    json.text("learner", recipe.chosen().parameters().learner());
    json.values("parameters", recipe.chosen().parameters().toMap());
    json.number("validation_average_precision", recipe.tuning().best().mean());
  }

  private static void tried(JsonReport json, String name, Choice choice) {
    json.objects(
        name,
        choice.tried(),
        (one, tried) -> {
          one.whole("training_days", tried.recipe().trainingDays());
          one.number("average_precision", tried.averagePrecision());
          one.values("parameters", tried.recipe().parameters().toMap());
        });
  }

  static String text(BenchResult result) {
    StringBuilder text = new StringBuilder();
    SplitSizes split = result.split();
    text.append(
        String.format(
            Locale.ROOT,
            "%npublished split: %,d training payments with %,d frauds, %,d test payments with %,d%n",
            split.trainRows(),
            split.trainFrauds(),
            split.testRows(),
            split.testFrauds()));
    text.append(
        String.format(Locale.ROOT, "%n%-44s %8s %8s %8s%n", "one split", "AUC", "AP", "CP@100"));
    SINGLE.forEach(line -> text.append(line(line)));
    text.append(single("logistic regression, 15 features", result.baselines().logisticDefaults()));
    text.append(single("XGBoost, 15 features", result.baselines().xgboost()));
    text.append(single("own features and tuner", result.own().scores()));
    text.append(
        String.format(
            Locale.ROOT,
            "%n%-44s %8s %8s %8s%n",
            "mean of four test folds",
            "AUC",
            "AP",
            "CP@100"));
    FOLDS.forEach(line -> text.append(line(line)));
    text.append(mean("logistic regression, 15 features", result.baselines().logistic()));
    text.append(mean("XGBoost, 15 features", result.baselines().xgboost()));
    text.append(mean("own features and tuner", result.own().scores()));
    return text.append(String.format(Locale.ROOT, "%n%s%n", CHOICES)).toString();
  }

  private static String line(Published line) {
    return line(line.model(), line.auc(), line.averagePrecision(), line.card());
  }

  private static String single(String model, Scores scores) {
    return line(
        model,
        scores.auc().single(),
        scores.averagePrecision().single(),
        scores.cardPrecision().single());
  }

  private static String mean(String model, Scores scores) {
    return line(
        model,
        scores.auc().mean(),
        scores.averagePrecision().mean(),
        scores.cardPrecision().mean());
  }

  private static String line(String model, double auc, double averagePrecision, double card) {
    return String.format(
        Locale.ROOT, "%-44s %8.4f %8.4f %8.4f%n", model, auc, averagePrecision, card);
  }
}
