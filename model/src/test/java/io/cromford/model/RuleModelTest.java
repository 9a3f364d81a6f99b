package io.cromford.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.cromford.core.CromfordException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RuleModelTest {
  private static final List<String> NAMES = List.of("amount", "frauds");
  private static final RuleModel RULES =
      new RuleModel(2, List.of(condition("amount >= 200"), condition("frauds > 0.5")));

  private static RuleModel.Condition condition(String text) {
    return RuleModel.Condition.parse(text, NAMES).orElseThrow();
  }

  @Test
  void saysYesWhereAnyConditionHolds() {
    assertThat(RULES.score(new float[] {200, 0}, 0)).isGreaterThan(RuleModel.THRESHOLD);
    assertThat(RULES.score(new float[] {0, 1}, 0)).isGreaterThan(RuleModel.THRESHOLD);
    assertThat(RULES.score(new float[] {199, 0.5f}, 0)).isLessThan(RuleModel.THRESHOLD);
    assertThat(RULES.score(new float[] {Float.NaN, Float.NaN}, 0)).isLessThan(RuleModel.THRESHOLD);
    RuleModel none = new RuleModel(2, List.of());
    assertThat(none.score(new float[] {1000, 1}, 0)).isLessThan(RuleModel.THRESHOLD);
  }

  @Test
  void comparesInFourWays() {
    assertThat(List.of("amount > 1", "amount >= 1", "amount < 1", "amount <= 1"))
        .extracting(text -> new RuleModel(2, List.of(condition(text))).margin(new float[2], 0) > 0)
        .containsExactly(false, false, true, true);
    assertThat(RuleModel.Condition.parse("amount = 1", NAMES)).isEmpty();
    assertThat(RuleModel.Condition.parse("amout >= 1", NAMES)).isEmpty();
    assertThat(RuleModel.Condition.parse("amount >= x", NAMES)).isEmpty();
  }

  @Test
  void explainsItselfByTheConditionsThatHold() {
    float[] row = {300, 2};
    double[] contributions = RULES.contributions(row);
    assertThat(contributions[0]).isEqualTo(contributions[1]);
    assertThat(Arrays.stream(contributions).sum()).isCloseTo(RULES.margin(row, 0), within(1e-6));
  }

  @Test
  void isReadBackAsItWas(@TempDir Path folder) {
    Models.write(RULES, folder);
    Model read = Models.read(folder);
    assertThat(read.kind()).isEqualTo("rules");
    assertThat(((RuleModel) read).toJson()).isEqualTo(RULES.toJson());
    byte[] broken = "{\"features\": 2, \"any\": [\"7 >= 1\"]}".getBytes(StandardCharsets.UTF_8);
    assertThatThrownBy(() -> RuleModel.read(broken, "rules.json"))
        .isInstanceOf(CromfordException.class);
  }
}
