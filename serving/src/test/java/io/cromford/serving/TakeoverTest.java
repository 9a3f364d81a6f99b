package io.cromford.serving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cromford.core.CromfordException;
import io.cromford.core.ErrorCode;
import io.cromford.intake.ArrivalStream;
import io.cromford.intake.Arrived;
import io.cromford.ledger.LedgerReader;
import io.cromford.ledger.RecordKind;
import io.cromford.model.LogisticModel;
import io.cromford.model.Model;
import io.cromford.model.ModelContents;
import io.cromford.model.Registry;
import io.cromford.model.RuleModel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// How a model comes to serve in a factory, and how it is taken back.
class TakeoverTest {
  private static final long DAY = Duration.ofDays(1).toMillis();
  private static final List<String> FEATURES =
      List.of("amount", "customer_count", "customer_mean", "terminal_frauds");

  @TempDir private Path folder;

  /// A decision, with who decided and who served.
  private record Seen(long arrival, long entity, DecisionRecord decision, Crew crew) {
    String answered() {
      return crew.version(decision.answer().model());
    }

    OptionalDouble scoreOf(String version) {
      return decision.scoreOf(crew.number(version));
    }
  }

  private static List<Control> controls(Path state) {
    List<Control> controls = new ArrayList<>();
    Control.forEach(state, (_, control) -> controls.add(control));
    return controls;
  }

  private static <T extends Control> List<T> controls(Path state, Class<T> type) {
    return controls(state).stream().filter(type::isInstance).map(type::cast).toList();
  }

  /// The decisions of a time.
  private static List<Seen> decisions(Workshop workshop, long from, long until) {
    List<Seen> seen = new ArrayList<>();
    Crew crew = new Crew();
    FactoryState state =
        FactoryState.empty(
            workshop.checked().definition(),
            new ModelShelf(workshop.state().resolve("models"), workshop.checked().definition()));
    try (LedgerReader reader = LedgerReader.openReadOnly(workshop.state().resolve("ledger"))) {
      long entity = 0;
      while (reader.next()) {
        if (reader.kind() == RecordKind.CONTROL) {
          crew.take(Control.decode(reader.body()));
        }
        if (reader.kind() == RecordKind.DECISION
            && reader.arrivalMillis() >= from
            && reader.arrivalMillis() < until) {
          seen.add(
              new Seen(reader.arrivalMillis(), entity, DecisionRecord.decode(reader.body()), crew));
        }
        state.apply(reader);
        if (reader.kind() == RecordKind.OBSERVATION) {
          entity = state.facts().read(state.books().source(reader.source()).row()).entity();
        }
      }
    }
    return seen;
  }

  @Test
  void leadsWhoPassedThroughShadowAndCanary() {
    Workshop workshop = new Workshop(folder).write(Workshop.payments(1));
    FactoryReport report;
    try (Factory factory = workshop.open()) {
      Workshop.run(factory);
      report = factory.report();
    }
    Path state = workshop.state();
    Control.Promoted promoted = controls(state, Control.Promoted.class).get(1);
    Control.Shadowed shadowed = controls(state, Control.Shadowed.class).getFirst();
    Control.Canaried canaried = controls(state, Control.Canaried.class).getFirst();
    assertThat(List.of(shadowed.model(), canaried.model())).containsOnly(promoted.model());
    assertThat(shadowed.judged()).isEqualTo(promoted.judged()).isNotEqualTo(promoted.model());
    assertThat(canaried.atMillis()).isEqualTo(shadowed.atMillis() + DAY);
    assertThat(promoted.atMillis()).isEqualTo(canaried.atMillis() + DAY);
    assertThat(promoted.dailyScores()).as("it scores already").isEmpty();

    String candidate = promoted.model();
    List<Seen> shadow = decisions(workshop, shadowed.atMillis(), canaried.atMillis());
    assertThat(shadow).hasSizeGreaterThan(50);
    assertThat(shadow).noneMatch(seen -> seen.answered().equals(candidate));
    assertThat(shadow).allMatch(seen -> seen.scoreOf(candidate).isPresent());

    List<Seen> canary = decisions(workshop, canaried.atMillis(), promoted.atMillis());
    Set<Long> tried = new HashSet<>();
    Set<Long> others = new HashSet<>();
    canary.forEach(seen -> (seen.answered().equals(candidate) ? tried : others).add(seen.entity()));
    assertThat(tried).isNotEmpty().doesNotContainAnyElementsOf(others);
    assertThat(tried.size()).isLessThan(others.size());

    List<Seen> after = decisions(workshop, promoted.atMillis(), promoted.atMillis() + DAY);
    assertThat(after).allMatch(seen -> seen.answered().equals(candidate));
    assertThat(report.closing().weeks())
        .allSatisfy(week -> assertThat(week.champions()).doesNotHaveDuplicates());
    assertThat(report.training().rollouts())
        .extracting(FactoryReport.Stage::step)
        .startsWith("shadow", "canary");
    try (Factory again = workshop.open()) {
      assertThat(again.report()).as("the same from the ledger").isEqualTo(report);
    }
  }

  @Test
  void doesWithoutStagesWhereTheFileSaysSo() {
    Workshop workshop =
        new Workshop(folder)
            .withFactory("least-gain: 0}", "least-gain: 0, shadow: 0d}")
            .write(Workshop.payments(1));
    try (Factory factory = workshop.open()) {
      Workshop.run(factory);
    }
    assertThat(controls(workshop.state(), Control.Promoted.class)).hasSizeGreaterThan(1);
    assertThat(controls(workshop.state(), Control.Shadowed.class)).isEmpty();
  }

  /// Puts a model into the registry of a factory, on its features.
  private static String publish(Workshop workshop, Model model) {
    Registry registry = Registry.open(workshop.state().resolve("models"));
    String any = controls(workshop.state(), Control.Promoted.class).getFirst().model();
    ModelContents like = registry.load(any).contents();
    return registry
        .publish(
            new ModelContents(
                model,
                like.featuresSql(),
                like.schema(),
                like.training(),
                like.metricsJson(),
                "made for a test"))
        .id();
  }

  private static Arrived until(
      Factory factory, ArrivalStream arrivals, Arrived first, long millis) {
    Arrived next = first;
    while (next != null && next.arrivalMillis() < millis) {
      Workshop.submit(factory, List.of(Workshop.submission(next)));
      next = arrivals.next();
    }
    return next;
  }

  private static final long FORCED = Workshop.instant(Workshop.START.plusDays(16)).toEpochMilli();
  private static final long END = Workshop.instant(Workshop.END.plusDays(9)).toEpochMilli();

  /// Runs a factory in which a person promotes a bad model after two days.
  private Workshop forced(String flywheel, Model bad) {
    Workshop workshop =
        new Workshop(folder)
            .withFactory("least-gain: 0}", "least-gain: 0" + flywheel + "}")
            .withFactory("promote: auto", "promote: never")
            .write(Workshop.payments(1));
    try (Factory factory = workshop.open();
        ArrivalStream arrivals = factory.arrivals()) {
      Arrived next = until(factory, arrivals, Workshop.build(factory, arrivals), FORCED);
      factory.promote(publish(workshop, bad), "I trust it", "ada");
      until(factory, arrivals, next, END);
    }
    return workshop;
  }

  private static void assertTakenBack(Workshop workshop, String reason) {
    Path state = workshop.state();
    List<Control.Promoted> promoted = controls(state, Control.Promoted.class);
    Control.Breached breached = controls(state, Control.Breached.class).getFirst();
    assertThat(breached.model()).isEqualTo(promoted.get(1).model());
    assertThat(breached.reason()).contains(reason);
    assertThat(promoted.get(2).model()).isEqualTo(promoted.getFirst().model());
    assertThat(promoted.get(2).by()).isEqualTo("factory");
    assertThat(promoted.get(2).atMillis()).isEqualTo(breached.atMillis());
    assertThat(decisions(workshop, breached.atMillis() + 1, END))
        .isNotEmpty()
        .allMatch(seen -> seen.answered().equals(promoted.getFirst().model()));
    assertThat(breached.warning().orElseThrow().message()).contains("was taken back: " + reason);
  }

  @Test
  void takesBackAModelThatFloods() {
    Model everything =
        new RuleModel(4, List.of(RuleModel.Condition.parse("amount >= 0", FEATURES).orElseThrow()));
    Workshop workshop = forced("", everything);
    assertTakenBack(workshop, "17 alerts today, where 16 are too many");
    Control.Breached breached = controls(workshop.state(), Control.Breached.class).getFirst();
    assertThat(breached.atMillis()).isBetween(FORCED, FORCED + DAY);
  }

  @Test
  void takesBackAModelThatItsPredecessorOutdoes() {
    LogisticModel good = (LogisticModel) firstModel();
    Workshop workshop = forced("", inverted(good));
    assertTakenBack(workshop, "its predecessor on what has matured since: average precision");
    List<Control.Compared> compared = controls(workshop.state(), Control.Compared.class);
    assertThat(compared.getLast().isWorse()).isTrue();
    assertThat(compared.getFirst().atMillis()).isBetween(FORCED + 2 * DAY, FORCED + 3 * DAY);
  }

  private Model firstModel() {
    Path other = folder.resolve("other");
    Workshop workshop = new Workshop(other);
    assertThat(other.toFile().mkdirs()).isTrue();
    workshop.write(Workshop.payments(1));
    try (Factory factory = workshop.open()) {
      Workshop.goLive(factory);
      return new ModelShelf(workshop.state().resolve("models"), workshop.checked().definition())
          .model(factory.status().champion());
    }
  }

  /// A model that takes the genuine for frauds.
  private static Model inverted(LogisticModel good) {
    double[] zero = new double[4];
    float[] row = new float[4];
    double[] weights = new double[4];
    float bias = good.margin(row, 0);
    for (int i = 0; i < 4; i++) {
      row = new float[4];
      row[i] = 1;
      weights[i] = bias - good.margin(row, 0);
    }
    double[] ones = {1, 1, 1, 1};
    return new LogisticModel(weights, bias, zero, ones);
  }

  @Test
  void letsAChallengerTakeThePlaceOfTheLastResort() {
    Workshop workshop =
        new Workshop(folder)
            .withFactory("least-gain: 0}", "least-gain: 0, last-resort: [amount >= 150]}")
            .write(Workshop.payments(1));
    String lastResort;
    try (Factory factory = workshop.open();
        ArrivalStream arrivals = factory.arrivals()) {
      Arrived next = until(factory, arrivals, Workshop.build(factory, arrivals), FORCED);
      lastResort =
          controls(workshop.state(), Control.Trained.class).stream()
              .filter(Control.Trained::isLastResort)
              .findFirst()
              .orElseThrow()
              .model();
      factory.promote(lastResort, "no model is trusted", "ada");
      until(factory, arrivals, next, END);
    }
    assertThat(decisions(workshop, FORCED, FORCED + DAY))
        .allMatch(seen -> seen.answered().equals(lastResort))
        .allMatch(seen -> seen.decision().answer().threshold() == RuleModel.THRESHOLD)
        .anyMatch(seen -> seen.decision().answer().action() == Action.ALERT);
    Control.Promoted after = controls(workshop.state(), Control.Promoted.class).get(2);
    assertThat(after.by()).isEqualTo("factory");
    assertThat(after.model()).isNotEqualTo(lastResort);
    assertThat(controls(workshop.state(), Control.Breached.class)).isEmpty();
  }

  @Test
  void refusesAModelWhoseScoresAreNoProbabilities() {
    double[] weights = {1e308, -1e308, 0, 0};
    double[] tiny = {1e-300, 1e-300, 1, 1};
    Model unfit = new LogisticModel(weights, 0, new double[] {-1, -1, 0, 0}, tiny);
    assertThatThrownBy(() -> forced("", unfit))
        .isInstanceOfSatisfying(
            CromfordException.class,
            refused -> assertThat(refused.code()).isEqualTo(ErrorCode.STATE_CONFLICT))
        .hasMessageContaining("gave no probability");
  }
}
