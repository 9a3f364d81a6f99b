package io.cromford.bench.handbook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.cromford.generator.CardPayments;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The whole bench, with a tuner of two trials: on the study's file where `CROMFORD_HANDBOOK` names
/// it, else on generated payments. On the study's file its figures are within a published standard
/// deviation of the published ones.
class HandbookBenchIT {
  @TempDir Path folder;

  @Test
  void agreesWithDuckDbOnEveryRowAndFillsTheReport() throws IOException {
    String handbook = System.getenv("CROMFORD_HANDBOOK");
    Path data = handbook == null ? generated() : Path.of(handbook);
    Path report = folder.resolve("bench.json");
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    HandbookBench.run(
        new HandbookBench.Options(data, report, factory(), folder.resolve("scratch")),
        new PrintStream(said, true, StandardCharsets.UTF_8));
    String json = Files.readString(report);
    assertThat(json).contains("\"duckdb_mismatches\": 0,");
    assertThat(json).contains("\"xgboost_15\"", "\"logistic_15\"", "\"own\"", "\"choices\"");
    assertThat(said.toString(StandardCharsets.UTF_8)).contains("mean of four test folds");
    if (handbook != null) {
      assertThat(json)
          .contains(
              "\"train_rows\": 67240,",
              "\"train_frauds\": 598,",
              "\"test_rows\": 58264,",
              "\"test_frauds\": 385");
      assertThat(mean(json, "xgboost_15", "auc")).isCloseTo(.859, within(.005));
      assertThat(mean(json, "xgboost_15", "average_precision")).isCloseTo(.659, within(.012));
      assertThat(mean(json, "xgboost_15", "card_precision_100")).isCloseTo(.285, within(.010));
      assertThat(mean(json, "logistic_15", "auc")).isCloseTo(.868, within(.02));
      assertThat(mean(json, "logistic_15", "average_precision")).isCloseTo(.623, within(.02));
      assertThat(mean(json, "logistic_15", "card_precision_100")).isCloseTo(.297, within(.01));
      // Two trials of the tuner; more than .77 would be a leak.
      assertThat(mean(json, "own", "average_precision")).isBetween(.74, .77);
      assertThat(mean(json, "own", "auc")).isGreaterThan(.875);
      assertThat(mean(json, "own", "card_precision_100")).isGreaterThan(.308);
      if (Files.exists(data.resolveSibling("features_published_sample.csv.gz"))) {
        assertThat(json)
            .contains("\"published_mismatches\": 2,")
            .containsPattern("\"published_examples\": \\[\\s*\"1242690\",\\s*\"1472490\"\\s*]");
      }
    }
  }

  /// The mean over the four test folds, of the report.
  private static double mean(String json, String learner, String metric) {
    Matcher found =
        Pattern.compile(
                "\"%s\": \\{.*?\"%s\": \\{\\s*\"mean\": ([0-9.]+)".formatted(learner, metric),
                Pattern.DOTALL)
            .matcher(json);
    assertThat(found.find()).as("%s of %s", metric, learner).isTrue();
    return Double.parseDouble(found.group(1));
  }

  private Path generated() throws IOException {
    System.err.println("CROMFORD_HANDBOOK names no file: the bench runs on generated payments");
    Path file = folder.resolve("payments.csv");
    CardPayments.write(CardPayments.Parameters.full(7), file);
    return file;
  }

  private Path factory() throws IOException {
    Path example = Path.of("").toAbsolutePath().getParent().resolve("examples/card-fraud");
    Path copy = Files.createDirectories(folder.resolve("factory"));
    Files.copy(example.resolve("features.sql"), copy.resolve("features.sql"));
    String text = Files.readString(example.resolve("factory.yaml"));
    Files.writeString(copy.resolve("factory.yaml"), text.replace("trials: 20", "trials: 2"));
    return copy;
  }
}
