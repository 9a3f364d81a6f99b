package io.cromford.serving.definition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cromford.core.CromfordException;
import io.cromford.core.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckTest {
  @TempDir Path folder;

  @Test
  void passesTheExample() {
    CheckedFactory factory = Check.check(FactoryTexts.EXAMPLE, Map.of()).orThrow();
    assertThat(factory.plan().features()).hasSize(26);
    assertThat(Check.catalog(factory.definition()).maturityMillis()).isEqualTo(7 * 86_400_000L);
  }

  @Test
  void passesTheStarterAsItIsWritten() {
    List<Path> files = Starter.write(folder.resolve("My Shop 2"));
    assertThat(files)
        .extracting(file -> file.getFileName().toString())
        .containsExactly(
            ".gitignore", "README.md", "factory.schema.json", "factory.yaml", "features.sql");
    CheckedFactory factory = Check.check(folder.resolve("My Shop 2"), Map.of()).orThrow();
    assertThat(factory.definition().about().name()).isEqualTo("my-shop-2");
  }

  @Test
  void neverOverwritesWhatIsThere() throws IOException {
    Path kept = Files.writeString(folder.resolve("features.sql"), "mine");
    assertThatThrownBy(() -> Starter.write(folder))
        .isInstanceOf(CromfordException.class)
        .hasMessageContaining("features.sql is there already.\nMaybe name an empty folder.");
    assertThat(kept).hasContent("mine");
    assertThat(folder.resolve("factory.yaml")).doesNotExist();
  }

  @Test
  void saysTheQuerysProblemsAlongWithTheFiles() throws IOException {
    FactoryTexts.write(folder, FactoryTexts.exampleWith("trials: 20", "trials: none"));
    Files.writeString(folder.resolve("features.sql"), "SELECT tx_id, amuont FROM payments");
    List<Problem> problems = ((CheckResult.Failed) Check.check(folder, Map.of())).problems();
    assertThat(problems).extracting(Problem::file).containsExactly("factory.yaml", "features.sql");
    assertThat(problems.getLast().message()).contains("amuont");
  }

  @Test
  void refusesAFrameThatSeesOutcomesBeforeTheyAreKnown() throws IOException {
    FactoryTexts.write(folder, FactoryTexts.example());
    Files.writeString(
        folder.resolve("features.sql"),
        """
        SELECT tx_id, COUNT(*) FILTER (WHERE fraud) OVER t AS frauds FROM payments
        WINDOW t AS (PARTITION BY terminal_id ORDER BY ts
                     RANGE BETWEEN INTERVAL '30' DAY PRECEDING AND INTERVAL '6' DAY PRECEDING)
        """);
    assertThat(Check.check(folder, Map.of())).isInstanceOf(CheckResult.Failed.class);
  }

  @Test
  void refusesALastResortThatComparesNoFeature() throws IOException {
    FactoryTexts.write(
        folder,
        FactoryTexts.exampleWith("[amount >= 200]", "[amout >= 200, terminal_risk_7d > high]"));
    List<Problem> problems = ((CheckResult.Failed) Check.check(folder, Map.of())).problems();
    assertThat(problems)
        .extracting(Problem::message)
        .containsExactly(
            "`amout >= 200` does not compare a feature with a number.",
            "`terminal_risk_7d > high` does not compare a feature with a number.");
    assertThat(problems.getFirst().line()).isPositive();
  }

  @Test
  void saysThatTheQueryIsMissing() throws IOException {
    FactoryTexts.write(folder, FactoryTexts.example());
    Files.delete(folder.resolve("features.sql"));
    assertThatThrownBy(() -> Check.check(folder, Map.of()).orThrow())
        .hasMessageContaining("features.sql: there is no such file");
  }
}
