package io.cromford.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelsTest {
  @TempDir Path folder;

  @Test
  void writesAndReadsAFolder() {
    Models.write(new ConstantModel(3, 0.25), folder);
    Model read = Models.read(folder);
    assertThat(read.kind()).isEqualTo("constant");
    assertThat(read.features()).isEqualTo(3);
    assertThat(read.score(new float[3], 0)).isEqualTo(0.25);
    assertThat(read.contributions(new float[3])).startsWith(0, 0, 0).hasSize(4);
    assertThat(read.contributions(new float[3])[3]).isCloseTo(Math.log(1.0 / 3), within(1e-15));
    assertThat(read.margin(new float[3], 0)).isEqualTo((float) Math.log(1.0 / 3));
  }

  @Test
  void saysWhatAFolderLacks() throws IOException {
    assertThatThrownBy(() -> Models.read(folder))
        .hasMessageContaining("holds no model")
        .hasMessageContaining("\nMaybe it is not a model's folder");
    Models.write(new ConstantModel(3, 0.25), folder);
    Files.writeString(folder.resolve("trees.json"), "{}");
    assertThatThrownBy(() -> Models.read(folder)).hasMessageContaining("trees.json, constant.json");
  }

  @Test
  void refusesAConstantThatIsNone() throws IOException {
    Files.writeString(folder.resolve("constant.json"), "{\"features\": 3, \"probability\": 1.5}");
    assertThatThrownBy(() -> Models.read(folder))
        .hasMessageContaining("constant.json: is not a model: 3 features, probability 1.5");
  }
}
