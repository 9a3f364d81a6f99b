package io.cromford.serving;

import static org.assertj.core.api.Assertions.assertThat;

import io.cromford.model.ModelContents;
import io.cromford.model.Registry;
import io.cromford.model.TrainingRecord;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What the registry holds of a factory's models.
class ModelShelfTest {
  @TempDir private Path folder;

  private ModelContents contents(String version) {
    return Registry.open(folder.resolve("state").resolve("models")).load(version).contents();
  }

  @Test
  void holdsBothFitsAndSaysWhichWasJudged() {
    Workshop workshop =
        new Workshop(folder)
            .withFactory(
                "features: f", "segments: {large: amount >= 40, none: amount < 0}\nfeatures: f")
            .write(Workshop.payments(1));
    try (Factory factory = workshop.open()) {
      Workshop.run(factory);
    }
    List<Promotion> promotions = ModelHistory.of(folder.resolve("state")).promotions();
    Promotion first = promotions.getFirst();
    Promotion last = promotions.getLast();
    assertThat(last.judged()).isNotEqualTo(last.model()).isNotEqualTo(first.model());

    TrainingRecord refit = contents(last.model()).training();
    TrainingRecord judged = contents(last.judged()).training();
    assertThat(refit.judged()).isEqualTo(last.judged());
    assertThat(judged.judged()).isEmpty();
    assertThat(refit.parameters()).isEqualTo(judged.parameters());
    assertThat(refit.interval().toMillis()).isGreaterThan(judged.interval().toMillis());
    assertThat(refit.libraries())
        .containsKeys("cromford", "jdk", "os", "arch", "xgboost", "liblinear")
        .doesNotContainValue("unknown")
        .allSatisfy((name, value) -> assertThat(value).doesNotContain("$"));

    assertThat(contents(first.model()).card())
        .containsPattern("- large \\(amount >= 40\\): \\d+ observations, \\d+ of them positive");
    assertThat(contents(last.judged()).card())
        .contains("- none (amount < 0): 0 observations, none of them positive")
        .containsPattern("- large .*, average precision 0\\.\\d{3}\n");
    assertThat(contents(last.model()).card())
        .contains("the card of " + last.judged().substring(0, 12));
    assertThat(contents(last.model()).schema().features())
        .extracting(feature -> feature.type())
        .contains("double", "bigint");
  }
}
