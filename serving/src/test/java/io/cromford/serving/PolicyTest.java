package io.cromford.serving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cromford.core.CromfordException;
import io.cromford.core.ErrorCode;
import io.cromford.core.Progress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Policies that one person proposes and another approves, over a factory that runs.
class PolicyTest {
  private static final PolicyChange MORE = new PolicyChange(20, null);

  @TempDir private Path folder;
  private Workshop workshop = new Workshop(Path.of("."));

  @BeforeEach
  void live() {
    workshop = new Workshop(folder).write(Workshop.payments(1));
    try (Factory factory = workshop.open()) {
      Workshop.run(factory);
    }
  }

  private static Wish by(String who) {
    return new Wish("because", who);
  }

  private static void approved(Factory factory, PolicyChange change) {
    factory.proposePolicy(change, by("ada"));
    factory.approvePolicy("", by("kim"));
  }

  private Factory open() {
    Factory factory = workshop.open();
    factory.buildFeatures(Progress.SILENT);
    return factory;
  }

  private static int alertsPerDay(Factory factory) {
    return factory.overview().subject().alertsPerDay();
  }

  private static Decision pay(Factory factory, String id) {
    Result result =
        Workshop.submit(
                factory,
                List.of(
                    Workshop.live(
                        factory, "payments", id, "2018-04-29T12:00:00", "1", "1", "10.00")))
            .getFirst();
    assertThat(result).isInstanceOf(Result.Decided.class);
    return factory.find(id).orElseThrow().decision();
  }

  @Test
  void holdsFromTheNextDecisionOnAndIsMadeAgainByteForByte() {
    String version;
    double before;
    try (Factory factory = open()) {
      factory.goOn();
      before = pay(factory, "9000").threshold();
      version = factory.proposePolicy(MORE, by("ada"));
      assertThat(pay(factory, "9001").threshold()).isEqualTo(before);
      assertThat(factory.approvePolicy(version.substring(0, 8), by("kim"))).isEqualTo(version);
      assertThat(pay(factory, "9002").threshold()).isLessThan(before);
      assertThat(factory.find("9002").orElseThrow().standing().policies()).isEqualTo(version);
      assertThat(factory.find("9001").orElseThrow().standing().policies()).isNotEqualTo(version);
      assertThat(alertsPerDay(factory)).isEqualTo(20);
    }
    for (String id : List.of("9001", "9002")) {
      DecisionAudit.Rebuilt rebuilt =
          DecisionAudit.of(
              workshop.checked(), workshop.state(), folder.resolve(id), id, Progress.SILENT);
      assertThat(rebuilt.agrees()).as(id).isTrue();
    }
  }

  @Test
  void needsAnotherPersonAndWhatTheySaw() {
    try (Factory factory = open()) {
      String seen = factory.policies().revision();
      refused(ErrorCode.STATE_CONFLICT, () -> factory.approvePolicy("", by("kim")), "proposed");
      refused(
          ErrorCode.STATE_CONFLICT,
          () -> factory.proposePolicy(new PolicyChange(2, null), by("ada")),
          "that is how it is already");
      factory.proposePolicy(MORE, new Wish("because", "ada", seen));
      refused(
          ErrorCode.STATE_CONFLICT,
          () -> factory.approvePolicy("", by(" ADA ")),
          "2 → 20 alerts a day was proposed by  ADA , who cannot approve it too.\nMaybe ask");
      refused(
          ErrorCode.CHANGED_MEANWHILE,
          () -> factory.approvePolicy("", new Wish("because", "kim", seen)),
          "policy-proposed");
      refused(
          ErrorCode.STATE_CONFLICT,
          () -> factory.proposePolicy(new PolicyChange(9, null), by("kim")),
          "is proposed already by ada: because.\nMaybe approve it or withdraw it first");
      refused(
          ErrorCode.STATE_CONFLICT, () -> factory.approvePolicy("zz", by("kim")), "not proposed");
      assertThat(factory.overview().needs())
          .filteredOn(need -> need.kind().equals("policy"))
          .singleElement()
          .satisfies(need -> assertThat(need.text()).startsWith("2 → 20 alerts a day waits"));
      factory.withdrawPolicy("", by("ada"));
      assertThat(factory.policies().proposal()).isEmpty();
      assertThat(alertsPerDay(factory)).isEqualTo(2);
      refused(ErrorCode.USAGE, () -> factory.rollBackPolicy(new Wish(" ", "ada")), "reason");
      refused(ErrorCode.STATE_CONFLICT, () -> factory.rollBackPolicy(by("ada")), "nothing that");
    }
  }

  /// Freezing, and what is said of alarms, is held to what was seen just so.
  @Test
  void holdsWhoFreezesToWhatTheySaw() {
    try (Factory factory = open()) {
      Wish seen = new Wish("because", "ada", factory.overview().service().seen().brake());
      Wish alarms = new Wish("because", "ada", factory.alarms().revision());
      factory.freeze("an audit", "kim");
      factory.resume("it was short", "kim");
      refused(ErrorCode.CHANGED_MEANWHILE, () -> factory.freeze(seen), "by kim: it was short");
      factory.silence("breach/*", Duration.ofHours(1), alarms);
      refused(
          ErrorCode.CHANGED_MEANWHILE,
          () -> factory.silence("breach/*", Duration.ofHours(9), alarms),
          "what persons said of the alarms has changed since you looked: silenced at ");
      factory.freeze(new Wish("a drill", "ada"));
    }
  }

  @Test
  void goesBackTheWayItCame() {
    try (Factory factory = open()) {
      String first = factory.policies().now().version();
      approved(factory, new PolicyChange(20, 7.5));
      approved(factory, new PolicyChange(30, null));
      assertThat(factory.rollBackPolicy(by("ada"))).isNotEqualTo(first);
      assertThat(factory.policies().now().values()).isEqualTo(new PolicyChange(20, 7.5));
      assertThat(factory.rollBackPolicy(by("ada"))).isEqualTo(first);
      refused(ErrorCode.STATE_CONFLICT, () -> factory.rollBackPolicy(by("ada")), "nothing that");
    }
    assertThat(FactoryHistory.of(workshop.state()).entries())
        .extracting(FactoryHistory.Entry::what)
        .filteredOn(what -> what.startsWith("polic"))
        .containsExactly(
            "policy-proposed", "policies", "policy-proposed", "policies", "policies", "policies");
  }

  @Test
  void outlastsRestartsUntilTheFileSaysSomethingElseOfTheSame() {
    try (Factory factory = open()) {
      approved(factory, MORE);
      factory.proposePolicy(new PolicyChange(50, null), by("ada"));
    }
    try (Factory factory = open()) {
      assertThat(alertsPerDay(factory)).isEqualTo(20);
      assertThat(factory.policies().proposal()).isPresent();
    }
    workshop.withFactory("reasons: 1", "reasons: 3");
    try (Factory factory = open()) {
      assertThat(alertsPerDay(factory)).as("the file said nothing of it").isEqualTo(20);
      assertThat(factory.policies().proposal()).as("it was made over others").isEmpty();
      assertThat(factory.policies().versions().getFirst().reason())
          .isEqualTo("decision.reasons: 1 → 3; what ada proposed lapses: because");
      assertThat(factory.policies().againstFile()).isEqualTo("2 → 20 alerts a day");
      assertThat(factory.policies().now().undone()).contains(new PolicyChange(2, null));
    }
    assertThat(atStart()).isEqualTo(new PoliciesView.AtStart("2 → 20 alerts a day", ""));
    workshop.withFactory("alerts-per-day: 2", "alerts-per-day: 5");
    assertThat(atStart()).isEqualTo(new PoliciesView.AtStart("", "20 → 5 alerts a day"));
    try (Factory factory = open()) {
      assertThat(alertsPerDay(factory)).as("the latest change wins").isEqualTo(5);
      assertThat(factory.policies().againstFile()).isEmpty();
      refused(ErrorCode.STATE_CONFLICT, () -> factory.rollBackPolicy(by("ada")), "nothing that");
    }
  }

  private PoliciesView.AtStart atStart() {
    return PoliciesView.AtStart.of(workshop.state(), workshop.checked().definition());
  }

  @Test
  void refusesNumbersThatMakeNoSense() {
    refused(ErrorCode.USAGE, () -> new PolicyChange(0, null), "alerts_per_day is 0.\nMaybe");
    refused(ErrorCode.USAGE, () -> new PolicyChange(null, -1.0), "investigation is -1.0.\nMaybe");
    refused(ErrorCode.USAGE, () -> new PolicyChange(null, Double.NaN), "NaN.\nMaybe an amount");
  }

  private static void refused(ErrorCode code, ThrowingCallable what, String message) {
    assertThatThrownBy(what)
        .isInstanceOfSatisfying(
            CromfordException.class, refused -> assertThat(refused.code()).isEqualTo(code))
        .hasMessageContaining(message);
  }
}
