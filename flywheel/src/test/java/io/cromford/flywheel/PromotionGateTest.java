package io.cromford.flywheel;

import static org.assertj.core.api.Assertions.assertThat;

import io.cromford.training.PairedBootstrap.Pair;
import io.cromford.training.Scored;
import java.util.List;
import org.junit.jupiter.api.Test;

final class PromotionGateTest {
  private static final PromotionGate.Rule RULE = new PromotionGate.Rule(100, 0.95, 0.01, 0.05, 3);

  private static PromotionGate.Verdict judge(Pair scores, long seed) {
    return PromotionGate.judge(PromotionGate.Contest.of(scores), RULE, seed);
  }

  private static PromotionGate.Verdict judge(Pair scores, Pair onSegment, double work) {
    return PromotionGate.judge(
        new PromotionGate.Contest(
            scores, List.of(new PromotionGate.Part("large", onSegment)), work),
        RULE,
        1);
  }

  @Test
  void passesABetterChallenger() {
    PromotionGate.Verdict verdict = judge(MadeScores.draw(1, 12_000, 3, 2), 1);
    assertThat(verdict).isInstanceOf(PromotionGate.Verdict.Passed.class);
    assertThat(verdict.evidence().gain()).isGreaterThan(0.01);
    assertThat(verdict.reasons().getFirst())
        .startsWith("average precision 0.")
        .contains(" positives: a gain of +0.")
        .contains("with 95 % confidence above +0.");
  }

  @Test
  void holdsAWorseChallenger() {
    PromotionGate.Verdict verdict = judge(MadeScores.draw(1, 12_000, 2, 3), 1);
    assertThat(verdict).isInstanceOf(PromotionGate.Verdict.Held.class);
    assertThat(verdict.reasons()).hasSize(2);
    assertThat(verdict.reasons().getFirst()).startsWith("the gain of −0.");
  }

  @Test
  void seldomPassesAnEqualChallenger() {
    int passed = 0;
    for (int seed = 0; seed < 60; seed++) {
      PromotionGate.Verdict verdict = judge(MadeScores.draw(seed, 6000, 2.5, 2.5), seed);
      passed += verdict instanceof PromotionGate.Verdict.Passed ? 1 : 0;
    }
    assertThat(passed).isLessThanOrEqualTo(8);
  }

  @Test
  void wantsEnoughPositives() {
    PromotionGate.Verdict verdict = judge(MadeScores.draw(1, 2000, 4, 1), 1);
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
    PromotionGate.Verdict verdict = judge(new Pair(none, none), 1);
    assertThat(verdict).isInstanceOf(PromotionGate.Verdict.Held.class);
    assertThat(verdict.evidence().gain()).isNaN();
  }

  @Test
  void holdsOneThatLosesOnASegment() {
    PromotionGate.Verdict verdict =
        judge(MadeScores.draw(1, 12_000, 3, 2), MadeScores.draw(2, 12_000, 2, 3), 1);
    assertThat(verdict).isInstanceOf(PromotionGate.Verdict.Held.class);
    assertThat(verdict.reasons()).hasSize(1);
    assertThat(verdict.reasons().getFirst())
        .startsWith("on `large`, with ")
        .contains("the gain is −0.");
  }

  @Test
  void passesOneThatIsNoWorseOnASegmentOrCannotBeTold() {
    assertThat(judge(MadeScores.draw(1, 12_000, 3, 2), MadeScores.draw(2, 12_000, 3, 2.9), 1))
        .isInstanceOf(PromotionGate.Verdict.Passed.class);
    PromotionGate.Verdict few =
        judge(MadeScores.draw(1, 12_000, 3, 2), MadeScores.draw(2, 240, 2, 2), 1);
    assertThat(few).isInstanceOf(PromotionGate.Verdict.Passed.class);
    assertThat(few.evidence().segments().getFirst().detectable()).isGreaterThan(0.05);
    Scored none = Scored.of(new float[] {1, 2}, new boolean[2]);
    assertThat(judge(MadeScores.draw(1, 12_000, 3, 2), new Pair(none, none), 1))
        .isInstanceOf(PromotionGate.Verdict.Passed.class);
  }

  @Test
  void seesALossOfTheDetectableSizeAsOftenAsItSays() {
    double detectable =
        judge(MadeScores.draw(1, 12_000, 2, 2), MadeScores.draw(1, 12_000, 2, 2), 1)
            .evidence()
            .segments()
            .getFirst()
            .detectable();
    int seen = 0;
    for (int seed = 0; seed < 40; seed++) {
      PromotionGate.OnSegment on =
          judge(MadeScores.draw(1, 2000, 3, 2), MadeScores.draw(seed, 12_000, 2, 2.25), 1)
              .evidence()
              .segments()
              .getFirst();
      seen += on.high() < 0 ? 1 : 0;
    }
    double loss = 0.08;
    assertThat(detectable).isBetween(loss / 2, loss * 2);
    assertThat(seen).isBetween(20, 40);
  }

  @Test
  void holdsOneWhoseScoresAreTooMuchWork() {
    Pair better = MadeScores.draw(1, 12_000, 3, 2);
    PromotionGate.Verdict verdict =
        PromotionGate.judge(new PromotionGate.Contest(better, List.of(), 10), RULE, 1);
    assertThat(verdict.reasons())
        .containsExactly("a score takes 10 times the champion's work, at most 3 is allowed");
  }
}
