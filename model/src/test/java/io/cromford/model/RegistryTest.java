package io.cromford.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cromford.core.CromfordException;
import io.cromford.core.ErrorCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RegistryTest {
  @TempDir Path folder;

  private static ModelContents contents(Model model, long seed) {
    return new ModelContents(
        model,
        "SELECT tx_id, amount, hour FROM payments",
        new ModelSchema(
            "0123abcd",
            List.of(
                new ModelSchema.Feature("amount", "DECIMAL(10,2)"),
                new ModelSchema.Feature("hour", "BIGINT"))),
        TrainingRecord.of(
            new TrainingRecord.Interval(100, 90_000, 1_523_000_000_000L, 1_524_000_000_000L),
            model.kind(),
            Map.of("max_depth", "3", "eta", "0.1"),
            seed,
            new TrainingRecord.Counts(67_240, 598),
            Map.of("xgboost", "3.4.0", "jdk", "25"),
            ""),
        "{\"average_precision\":0.7}\n",
        new ModelCard("Payments", "Five weeks", "None", "Cards only", "Fraud team").toMarkdown());
  }

  private static Stream<Model> models() {
    return Stream.of(
        TreeText.ensemble(2, List.of(TreeText.stump(), TreeText.stump())),
        new LogisticModel(new double[] {1, 2}, 0, new double[2], new double[] {1, 1}),
        new ConstantModel(2, 0.0084));
  }

  @Test
  void givesBackWhatWasPublished() {
    Registry registry = Registry.open(folder.resolve("models"));
    models()
        .forEach(model -> {
          ModelContents contents = contents(model, 7);
          ModelVersion published = registry.publish(contents);
          ModelVersion loaded = Registry.open(folder.resolve("models")).load(published.id());
          assertThat(loaded.folder()).hasFileName(published.id());
          assertThat(Registry.id(loaded.contents().files())).isEqualTo(published.id());
          assertThat(loaded.contents().training()).isEqualTo(contents.training());
          assertThat(loaded.contents().schema()).isEqualTo(contents.schema());
          float[] row = {0.25f, Float.NaN};
          assertThat(loaded.model().score(row, 0)).isEqualTo(model.score(row, 0));
          assertThat(loaded.model().kind()).isEqualTo(model.kind());
        });
    assertThat(registry.list()).hasSize(3).isSorted();
  }

  @Test
  void namesTheSameContentTheSame() {
    Registry one = Registry.open(folder.resolve("one"));
    Registry other = Registry.open(folder.resolve("other"));
    ModelContents contents = contents(new ConstantModel(2, 0.5), 7);
    assertThat(one.publish(contents).id())
        .isEqualTo(other.publish(contents).id())
        .isEqualTo(one.publish(contents).id())
        .isNotEqualTo(one.publish(contents(new ConstantModel(2, 0.5), 8)).id());
  }

  /// The expected name is what `LC_ALL=C sha256sum * | sha256sum` printed in the folder.
  @Test
  void isNamedAsThePublishedCommandSays() {
    ModelVersion version = Registry.open(folder).publish(contents(new ConstantModel(2, 0.5), 7));
    assertThat(version.id())
        .isEqualTo("587d5e67d6c690e7c5b0078791b2bcbdb038c14fa864744871c20a39e1aa4f4c");
  }

  @Test
  void findsByAUniquePrefix() {
    Registry registry = Registry.open(folder);
    for (int seed = 0; seed < 20; seed++) {
      registry.publish(contents(new ConstantModel(2, 0.5), seed));
    }
    String id = registry.list().getFirst();
    assertThat(registry.find(id)).contains(id);
    assertThat(registry.find(id.substring(0, 20))).contains(id);
    assertThat(registry.find("xyz")).isEmpty();
    assertThatThrownBy(() -> registry.find(""))
        .hasMessageContaining("20 versions start with it")
        .hasMessageContaining("\nMaybe give more digits");
  }

  @Test
  void refusesAVersionThatWasTouched() throws IOException {
    Registry registry = Registry.open(folder);
    ModelVersion version = registry.publish(contents(new ConstantModel(2, 0.5), 7));
    Files.writeString(version.folder().resolve("card.md"), "edited");
    assertCorrupt(registry, version);
    registry.publish(contents(new ConstantModel(2, 0.5), 7));
    assertCorrupt(registry, version);
    Files.delete(version.folder().resolve("card.md"));
    assertCorrupt(registry, version);
  }

  private static void assertCorrupt(Registry registry, ModelVersion version) {
    assertThatThrownBy(() -> registry.load(version.id()))
        .hasMessageContaining("is not what was published")
        .hasMessageContaining("\nMaybe restore the folder")
        .isInstanceOfSatisfying(
            CromfordException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.LEDGER_CORRUPT));
  }

  @Test
  void saysThatAVersionIsUnknown() {
    Registry registry = Registry.open(folder.resolve("none"));
    assertThat(registry.list()).isEmpty();
    for (String id : List.of("0".repeat(64), "../..", "")) {
      assertThatThrownBy(() -> registry.load(id))
          .hasMessageContaining("there is no model version `%s`".formatted(id));
    }
  }

  @Test
  void takesOverFromAnInterruptedPublication() throws IOException {
    Registry registry = Registry.open(folder);
    ModelContents contents = contents(new ConstantModel(2, 0.5), 7);
    String id = Registry.id(contents.files());
    Files.createDirectory(folder.resolve(".unfinished-" + id));
    Files.writeString(folder.resolve(".unfinished-" + id).resolve("card.md"), "half");
    assertThat(registry.list()).isEmpty();
    assertThat(registry.load(registry.publish(contents).id()).id()).isEqualTo(id);
    assertThat(registry.list()).containsExactly(id);
  }

  @Test
  void saysWhereItCannotWrite() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "");
    assertThatThrownBy(() -> Registry.open(file).publish(contents(new ConstantModel(2, 0.5), 7)))
        .hasMessageContaining("cannot be written")
        .isInstanceOfSatisfying(
            CromfordException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.STORAGE));
  }
}
