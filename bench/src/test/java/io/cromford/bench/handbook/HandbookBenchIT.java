package io.cromford.bench.handbook;

import static org.assertj.core.api.Assertions.assertThat;

import io.cromford.generator.CardPayments;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The whole bench, with a tuner of two trials: on the study's file where `CROMFORD_HANDBOOK` names
/// it, else on generated payments.
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
      if (Files.exists(data.resolveSibling("features_published_sample.csv.gz"))) {
        assertThat(json)
            .contains("\"published_mismatches\": 2,")
            .containsPattern("\"published_examples\": \\[\\s*\"1242690\",\\s*\"1472490\"\\s*]");
      }
    }
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
