package io.cromford.flywheel;

import static org.assertj.core.api.Assertions.assertThat;

import io.cromford.training.PairedBootstrap.Pair;
import io.cromford.training.Scored;
import org.junit.jupiter.api.Test;

final class PromotionGateTest {
  private static final PromotionGate.Rule RULE = new PromotionGate.Rule(100, 0.95, 0.01);

  @Test
  void passesABetterChallenger() {
    PromotionGate.Verdict verdict = PromotionGate.judge(MadeScores.draw(1, 12_000, 3, 2), RULE, 1);
    assertThat(verdict).isInstanceOf(PromotionGate.Verdict.Passed.class);
    assertThat(verdict.evidence().gain()).isGreaterThan(0.01);
    assertThat(verdict.reasons().getFirst())
        .startsWith("average precision 0.")
        .contains(" positives: a gain of +0.")
        .contains("with 95 % confidence above +0.");
  }

  @Test
  void holdsAWorseChallenger() {
    PromotionGate.Verdict verdict = PromotionGate.judge(MadeScores.draw(1, 12_000, 2, 3), RULE, 1);
    assertThat(verdict).isInstanceOf(PromotionGate.Verdict.Held.class);
    assertThat(verdict.reasons()).hasSize(2);
    assertThat(verdict.reasons().getFirst()).startsWith("the gain of −0.");
  }

  @Test
  void seldomPassesAnEqualChallenger() {
    int passed = 0;
    for (int seed = 0; seed < 60; seed++) {
      PromotionGate.Verdict verdict =
          PromotionGate.judge(MadeScores.draw(seed, 6000, 2.5, 2.5), RULE, seed);
      passed += verdict instanceof PromotionGate.Verdict.Passed ? 1 : 0;
    }
    assertThat(passed).isLessThanOrEqualTo(8);
  }

  @Test
  void wantsEnoughPositives() {
    PromotionGate.Verdict verdict = PromotionGate.judge(MadeScores.draw(1, 2000, 4, 1), RULE, 1);
    assertThat(verdict).isInstanceOf(PromotionGate.Verdict.Held.class);
    assertThat(verdict.reasons())
        .containsExactly(
            "only "
                + verdict.evidence().positives()
                + " positives to judge by, at least 100 are wanted");
  }

  @Test
  void holdsWithoutAnyPositive() {
    Scored none = Scored.of(new float[] {1, 2}, new boolean[2]);
    PromotionGate.Verdict verdict = PromotionGate.judge(new Pair(none, none), RULE, 1);
    assertThat(verdict).isInstanceOf(PromotionGate.Verdict.Held.class);
    assertThat(verdict.evidence().gain()).isNaN();
  }
}
