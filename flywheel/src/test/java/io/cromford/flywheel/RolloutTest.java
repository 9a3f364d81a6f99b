package io.cromford.flywheel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cromford.flywheel.Rollout.Event;
import io.cromford.flywheel.Rollout.Live;
import io.cromford.flywheel.Rollout.Parity;
import io.cromford.flywheel.Rollout.Stage;
import io.cromford.flywheel.Rollout.Step;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class RolloutTest {
  private static final long DAY = Duration.ofDays(1).toMillis();
  private static final Rollout.Rule RULE = rule(false);
  private static final LiveHealth WELL = health(10_000, 0, 0.01, 100);

  private static Rollout.Rule rule(boolean needsPerson) {
    return new Rollout.Rule(
        Duration.ofDays(1),
        Duration.ofDays(2),
        0.1,
        needsPerson,
        Duration.ofDays(14),
        Duration.ofDays(7),
        300,
        Duration.ofMillis(1));
  }

  private static LiveHealth health(long scores, long unfit, double shift, int alerts) {
    return new LiveHealth(new ScoreWatch.Seen(scores, unfit, 8, shift), alerts, 2000);
  }

  private static Rollout serving(String... versions) {
    Rollout rollout = Rollout.start("rules");
    for (String version : versions) {
      rollout = rollout.on(new Event.Appointed(0, version, version, "it is good"), RULE).next();
    }
    return rollout;
  }

  private static Event looked(long at, LiveHealth champion, LiveHealth candidate) {
    return new Event.Looked(
        at, new Live(champion, Optional.of(WELL), Optional.of(candidate), new Parity(100, 0)));
  }

  private static Rollout shadowing() {
    return serving("a").on(new Event.Passed(0, "b", "b0", "a gain"), RULE).next();
  }

  @Test
  void leadsACandidateThroughShadowAndCanary() {
    Rollout shadow = shadowing();
    assertThat(shadow.candidate().orElseThrow().stage()).isEqualTo(Stage.SHADOW);
    assertThat(shadow.stageEndsMillis()).isEqualTo(DAY);
    assertThat(shadow.on(looked(DAY - 1, WELL, WELL), RULE).steps()).isEmpty();
    Rollout canary = shadow.on(looked(DAY, WELL, WELL), RULE).next();
    assertThat(canary.candidate().orElseThrow().stage()).isEqualTo(Stage.CANARY);
    assertThat(canary.stageEndsMillis()).isEqualTo(3 * DAY);
    Rollout.Decision promoted = canary.on(looked(3 * DAY, WELL, WELL), RULE);
    assertThat(promoted.steps())
        .containsExactly(new Step.Promote(3 * DAY, "b", "b0", 17 * DAY, "a gain"));
    assertThat(promoted.next().candidate()).isEmpty();
    assertThat(promoted.next().former().orElseThrow().version()).isEqualTo("a");
  }

  @Test
  void waitsWhereThereIsTooLittleTraffic() {
    assertThat(shadowing().on(looked(5 * DAY, WELL, health(29, 0, 0, 1)), RULE).steps()).isEmpty();
  }

  @Test
  void asksAPersonAfterTheShadow() {
    Rollout.Decision decision = shadowing().on(looked(DAY, WELL, WELL), rule(true));
    assertThat(decision.steps()).containsExactly(new Step.Propose(DAY, "b", "b0", "a gain"));
    assertThat(decision.next().candidate()).isEmpty();
  }

  @Test
  void withdrawsACandidateThatScoresOtherwiseThanBefore() {
    assertWithdrawn(looked(DAY, WELL, health(10_000, 0, 0.4, 100)), "stability index of 0.400");
    assertWithdrawn(looked(DAY / 2, WELL, health(100, 1, 0, 100)), "no probabilities");
    assertWithdrawn(looked(DAY / 2, WELL, health(9000, 0, 0, 301)), "301 alerts today");
    LiveHealth slow = new LiveHealth(WELL.scores(), 100, 1_200_000);
    assertWithdrawn(looked(DAY, WELL, slow), "a live score takes 1,200 µs, at most 1,000");
    Event differing =
        new Event.Looked(
            DAY, new Live(WELL, Optional.empty(), Optional.of(WELL), new Parity(100, 1)));
    assertWithdrawn(differing, "1 of 100 of its scores differ");
  }

  private static void assertWithdrawn(Event event, String reason) {
    Rollout.Decision decision = shadowing().on(event, RULE);
    assertThat(decision.steps()).hasSize(1);
    assertThat(decision.steps().getFirst())
        .isInstanceOfSatisfying(
            Step.Withdraw.class, step -> assertThat(step.reason()).contains(reason));
    assertThat(decision.next().candidate()).isEmpty();
  }

  @Test
  void doesNotTakeAFloodThatTheChampionSeesTooForAFault() {
    LiveHealth flooded = health(9000, 0, 0, 400);
    Live live = new Live(flooded, Optional.of(flooded), Optional.of(flooded), new Parity(100, 0));
    assertThat(shadowing().on(new Event.Looked(DAY / 2, live), RULE).steps()).isEmpty();
  }

  @Test
  void takesABadChampionBackToItsPredecessorAndCoolsDown() {
    Rollout rollout = serving("a", "b").on(new Event.Passed(DAY, "c", "c0", "gain"), RULE).next();
    Rollout.Decision decision = rollout.on(looked(DAY + 1, health(50, 0, 0, 1000), WELL), RULE);
    assertThat(decision.steps())
        .hasExactlyElementsOfTypes(Step.Breach.class, Step.Withdraw.class, Step.Promote.class);
    Rollout after = decision.next();
    assertThat(after.champion().orElseThrow().version()).isEqualTo("a");
    assertThat(after.former()).isEmpty();
    assertThat(after.breached()).containsExactly("b");
    assertThat(after.holdsBack(7 * DAY)).isPresent();
    assertThat(after.holdsBack(9 * DAY)).isEmpty();
  }

  @Test
  void fallsBackToTheLastResortWhereThePredecessorIsBadOrCold() {
    Event worse = new Event.Compared(DAY, true, "it is worse");
    Rollout back = serving("a", "b").on(worse, RULE).next();
    assertThat(back.champion().orElseThrow().version()).isEqualTo("a");
    Rollout bad = serving("a", "b", "a").on(worse, RULE).next();
    assertThat(bad.champion().orElseThrow().version()).isEqualTo("b");
    Rollout twice =
        back.on(new Event.Appointed(DAY, "c", "c", "it is good"), RULE)
            .next()
            .on(new Event.Appointed(DAY, "b", "b", "it is better now"), RULE)
            .next()
            .on(new Event.Appointed(DAY, "d", "d", "it is better still"), RULE)
            .next()
            .on(looked(DAY, health(50, 1, 0, 100), WELL), RULE)
            .next();
    assertThat(twice.champion().orElseThrow().version())
        .as("the predecessor was taken back before")
        .isEqualTo("rules");
    Rollout cold =
        serving("a", "b").on(new Event.Compared(15 * DAY, true, "it is worse"), RULE).next();
    assertThat(cold.champion().orElseThrow().version()).isEqualTo("rules");
    assertThat(cold.holdsBack(15 * DAY)).as("anything is better than the last resort").isEmpty();
    Rollout next = cold.on(new Event.Passed(16 * DAY, "d", "d0", "gain"), RULE).next();
    assertThat(next.candidate()).isPresent();
  }

  @Test
  void neverTakesTheLastResortBack() {
    Rollout last = serving("rules");
    assertThat(
            last.on(
                    new Event.Looked(
                        DAY,
                        new Live(
                            health(50, 50, 0, 1000),
                            Optional.of(WELL),
                            Optional.empty(),
                            Parity.NONE)),
                    RULE)
                .steps())
        .isEmpty();
  }

  @Test
  void looksAtTheChampionEverRarerAndOnceBeforeItsPredecessorCools() {
    Rollout rollout = serving("a", "b");
    List<Long> looks = new ArrayList<>();
    Duration maturity = Duration.ofDays(7);
    for (long at = rollout.nextComparisonMillis(maturity);
        at < Long.MAX_VALUE;
        at = rollout.nextComparisonMillis(maturity)) {
      looks.add(at * 2 / DAY);
      rollout = rollout.on(new Event.Compared(at, false, "no worse"), RULE).next();
    }
    assertThat(looks).containsExactly(16L, 18L, 22L, 27L);
    assertThat(serving("a").nextComparisonMillis(maturity)).isEqualTo(Long.MAX_VALUE);
    Event last = new Event.Compared(27 * DAY / 2, true, "it is worse");
    assertThat(rollout.on(last, RULE).next().champion().orElseThrow().version())
        .as("the predecessor is still warm then")
        .isEqualTo("a");
  }

  @Test
  void letsAPersonPassTheStages() {
    Rollout.Decision decision = shadowing().on(new Event.Appointed(5, "b", "b0", "now"), RULE);
    assertThat(decision.steps()).hasExactlyElementsOfTypes(Step.Promote.class);
    assertThat(decision.next().candidate()).isEmpty();
    assertThat(shadowing().on(new Event.Appointed(5, "c", "c", "now"), RULE).steps())
        .hasExactlyElementsOfTypes(Step.Withdraw.class, Step.Promote.class);
  }

  @Test
  void canDoWithoutStages() {
    Rollout.Rule atOnce =
        new Rollout.Rule(
            Duration.ZERO,
            Duration.ZERO,
            0.1,
            false,
            Duration.ZERO,
            Duration.ZERO,
            300,
            Duration.ofMillis(1));
    Rollout.Decision decision = serving("a").on(new Event.Passed(0, "b", "b0", "gain"), atOnce);
    assertThat(decision.steps()).hasExactlyElementsOfTypes(Step.Promote.class);
    assertThat(decision.next().former()).as("nothing is kept warm").isEmpty();
    assertThatThrownBy(() ->
            new Rollout.Rule(
                Duration.ZERO,
                Duration.ofDays(1),
                0.1,
                false,
                Duration.ZERO,
                Duration.ZERO,
                300,
                Duration.ofMillis(1)))
        .hasMessageContaining("without a shadow");
  }

  /// Whatever happens, the state is the fold of the steps, somebody serves, and nobody who was
  /// taken back comes back by itself.
  @Test
  void keepsItsPromisesUnderAnyEvents() {
    for (int seed = 0; seed < 200; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      Rollout rollout = serving("v0");
      long at = 0;
      for (int i = 1; i < 60; i++) {
        at += random.nextLong(2 * DAY);
        Rollout.Decision decision = rollout.on(event(random, at, i), RULE);
        Rollout folded = rollout;
        for (Step step : decision.steps()) {
          folded = folded.after(step);
          if (step instanceof Step.Promote promote) {
            assertThat(rollout.breached()).as("seed %d", seed).doesNotContain(promote.version());
          }
        }
        assertThat(folded).isEqualTo(decision.next());
        assertThat(folded.champion()).isPresent();
        rollout = folded;
      }
    }
  }

  private static Event event(SplittableRandom random, long at, int number) {
    LiveHealth any = health(random.nextInt(200), random.nextInt(40) / 39, 0.1, random.nextInt(500));
    return switch (random.nextInt(4)) {
      case 0 -> new Event.Passed(at, "v" + number, "j" + number, "gain");
      case 1 -> new Event.Compared(at, random.nextInt(3) == 0, "worse");
      default -> looked(at, any, any);
    };
  }
}
